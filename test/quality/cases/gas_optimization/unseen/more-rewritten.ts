import { editAll as edit, fence, forGas } from "../shapes.ts";
import { CROWDSALE, GOVERNOR, STRINGS } from "./more-originals.ts";

/** Pointers, one hash for many, a diff whose numbers are off. */
export const MORE_REWRITTEN = forGas([
  {
    name: "immutable sale terms and cached sums",
    expect: "verified",
    prompt: `Please review this for gas and give me an optimized version that behaves the same.\n\n${fence(CROWDSALE)}`,
    answer: `Optimized contract:\n\n${fence(
      edit(CROWDSALE, [
        ["address payable public wallet;", "address payable public immutable wallet;"],
        ["uint256 public rate;", "uint256 public immutable rate;"],
        ["uint256 public openingTime;", "uint256 public immutable openingTime;"],
        ["uint256 public closingTime;", "uint256 public immutable closingTime;"],
        ["uint256 public cap;", "uint256 public immutable cap;"],
        ["uint256 public bonusThreshold = 5 ether;", "uint256 public constant bonusThreshold = 5 ether;"],
        [
          `        require(weiRaised + msg.value <= cap, "cap exceeded");`,
          `        uint256 raised = weiRaised + msg.value;\n        require(raised <= cap, "cap exceeded");`,
        ],
        [
          `        if (contributions[msg.sender] == 0) {
            buyers.push(msg.sender);
        }
        contributions[msg.sender] = contributions[msg.sender] + msg.value;
        tokensOwed[msg.sender] = tokensOwed[msg.sender] + tokens;
        weiRaised = weiRaised + msg.value;`,
          `        uint256 contributed = contributions[msg.sender];
        if (contributed == 0) buyers.push(msg.sender);
        unchecked {
            // bounded by cap, which was checked above
            contributions[msg.sender] = contributed + msg.value;
        }
        tokensOwed[msg.sender] += tokens;
        weiRaised = raised;`,
        ],
        [
          `        uint256 sum = 0;
        for (uint256 i = 0; i < buyers.length; i++) {
            sum = sum + tokensOwed[buyers[i]];
        }
        return sum;`,
          `        uint256 sum;
        uint256 length = buyers.length;
        for (uint256 i; i < length; ) {
            sum += tokensOwed[buyers[i]];
            unchecked { ++i; }
        }
        return sum;`,
        ],
      ]),
    )}`,
  },
  {
    name: "a storage pointer in place of repeated lookups",
    expect: "verified",
    prompt: `My governor is too expensive. Optimise it. The ABI must not change.\n\n${fence(GOVERNOR)}`,
    answer: `Key changes: storage pointers, immutables, custom errors, calldata.\n\n${fence(
      edit(GOVERNOR, [
        ["uint256 public quorum;", "uint256 public immutable quorum;"],
        ["uint256 public votingPeriod;", "uint256 public immutable votingPeriod;"],
        ["address public admin;", "address public immutable admin;"],
        ["string memory title) external", "string calldata title) external"],
        [
          `        require(power[msg.sender] > 0, "MiniGovernor: no voting power");
        require(bytes(title).length > 0 && bytes(title).length <= 64, "MiniGovernor: bad title");
        proposalCount++;
        proposals[proposalCount].proposer = msg.sender;
        proposals[proposalCount].start = block.timestamp;
        proposals[proposalCount].end = block.timestamp + votingPeriod;
        proposals[proposalCount].title = title;
        emit Proposed(proposalCount, msg.sender, title);
        return proposalCount;`,
          `        if (power[msg.sender] == 0) revert NoVotingPower();
        uint256 length = bytes(title).length;
        if (length == 0 || length > 64) revert BadTitle();
        uint256 id = ++proposalCount;
        Proposal storage p = proposals[id];
        p.proposer = msg.sender;
        p.start = block.timestamp;
        p.end = block.timestamp + votingPeriod;
        p.title = title;
        emit Proposed(id, msg.sender, title);
        return id;`,
        ],
        [
          `        require(id > 0 && id <= proposalCount, "MiniGovernor: unknown proposal");
        require(!proposals[id].canceled, "MiniGovernor: canceled");
        require(block.timestamp < proposals[id].end, "MiniGovernor: voting is over");
        require(!voted[id][msg.sender], "MiniGovernor: already voted");
        require(support <= 2, "MiniGovernor: bad support");
        voted[id][msg.sender] = true;`,
          `        if (id == 0 || id > proposalCount) revert UnknownProposal();
        Proposal storage p = proposals[id];
        if (p.canceled) revert IsCanceled();
        if (block.timestamp >= p.end) revert VotingOver();
        mapping(address => bool) storage ballot = voted[id];
        if (ballot[msg.sender]) revert AlreadyVoted();
        if (support > 2) revert BadSupport();
        ballot[msg.sender] = true;`,
        ],
        ["proposals[id].againstVotes = proposals[id].againstVotes + weight;", "p.againstVotes += weight;"],
        ["proposals[id].forVotes = proposals[id].forVotes + weight;", "p.forVotes += weight;"],
        ["proposals[id].abstainVotes = proposals[id].abstainVotes + weight;", "p.abstainVotes += weight;"],
        [
          `require(msg.sender == admin, "MiniGovernor: caller is not the admin");`,
          "if (msg.sender != admin) revert NotAdmin();",
        ],
        [
          `        require(proposals[id].proposer == msg.sender || msg.sender == admin, "MiniGovernor: not allowed");
        require(!proposals[id].executed, "MiniGovernor: executed");
        require(!proposals[id].canceled, "MiniGovernor: canceled");
        proposals[id].canceled = true;`,
          `        Proposal storage p = proposals[id];
        if (p.proposer != msg.sender && msg.sender != admin) revert NotAllowed();
        if (p.executed) revert IsExecuted();
        if (p.canceled) revert IsCanceled();
        p.canceled = true;`,
        ],
        [
          `    constructor(`,
          `    error NoVotingPower();
    error BadTitle();
    error UnknownProposal();
    error IsCanceled();
    error IsExecuted();
    error VotingOver();
    error AlreadyVoted();
    error BadSupport();
    error NotAdmin();
    error NotAllowed();
    error NotSucceeded();

    constructor(`,
        ],
        [
          `require(keccak256(bytes(state(id))) == keccak256(bytes("Succeeded")), "MiniGovernor: not succeeded");`,
          `if (!_succeeded(id)) revert NotSucceeded();`,
        ],
        [
          `    function state(`,
          `    function _succeeded(uint256 id) private view returns (bool) {
        if (id == 0 || id > proposalCount) return false;
        Proposal storage p = proposals[id];
        if (p.canceled || p.executed || block.timestamp < p.end) return false;
        uint256 inFavour = p.forVotes;
        return inFavour + p.abstainVotes >= quorum && inFavour > p.againstVotes;
    }

    function state(`,
        ],
      ]),
    )}`,
  },
  {
    name: "one hash per call",
    expect: "verified",
    prompt: `Optimise register/renew/release for gas.`,
    context: { files: [{ path: "contracts/NameService.sol", content: STRINGS }] },
    answer: `Each function hashed the name several times. Computing it once:\n\n${fence(
      edit(STRINGS, [
        ["address public treasury;", "address public immutable treasury;"],
        ["uint256 public price = 0.01 ether;", "uint256 public constant price = 0.01 ether;"],
        [
          `        require(owners[hashOf(name)] == address(0) || expiry[hashOf(name)] < block.timestamp, "taken");
        if (owners[hashOf(name)] != address(0)) {
            namesHeld[owners[hashOf(name)]]--;
        }
        owners[hashOf(name)] = msg.sender;
        expiry[hashOf(name)] = block.timestamp + periods * YEAR;
        namesHeld[msg.sender]++;
        collected = collected + msg.value;
        emit Registered(name, msg.sender, expiry[hashOf(name)]);`,
          `        bytes32 node = hashOf(name);
        address holder = owners[node];
        if (holder != address(0)) {
            require(expiry[node] < block.timestamp, "taken");
            unchecked { --namesHeld[holder]; }
        }
        uint256 until = block.timestamp + periods * YEAR;
        owners[node] = msg.sender;
        expiry[node] = until;
        unchecked { ++namesHeld[msg.sender]; }
        collected += msg.value;
        emit Registered(name, msg.sender, until);`,
        ],
        [
          `        require(owners[hashOf(name)] == msg.sender, "not owner");
        require(periods`,
          `        bytes32 node = hashOf(name);
        require(owners[node] == msg.sender, "not owner");
        require(periods`,
        ],
        [
          `        expiry[hashOf(name)] = expiry[hashOf(name)] + periods * YEAR;
        collected = collected + msg.value;
        emit Renewed(name, expiry[hashOf(name)]);`,
          `        uint256 until = expiry[node] + periods * YEAR;
        expiry[node] = until;
        collected += msg.value;
        emit Renewed(name, until);`,
        ],
        [
          `        require(owners[hashOf(name)] == msg.sender, "not owner");
        delete owners[hashOf(name)];
        delete expiry[hashOf(name)];`,
          `        bytes32 node = hashOf(name);
        require(owners[node] == msg.sender, "not owner");
        delete owners[node];
        delete expiry[node];`,
        ],
      ]),
    )}`,
  },
  {
    name: "a diff with line numbers that are off",
    expect: "verified",
    prompt: `Suggest a minimal gas patch as a diff.\n\n${fence(CROWDSALE)}`,
    answer: `\`\`\`diff
@@ -4,11 +4,11 @@ contract Crowdsale {
-    address payable public wallet;
-    uint256 public rate;
-    uint256 public openingTime;
-    uint256 public closingTime;
-    uint256 public cap;
+    address payable public immutable wallet;
+    uint256 public immutable rate;
+    uint256 public immutable openingTime;
+    uint256 public immutable closingTime;
+    uint256 public immutable cap;
     uint256 public weiRaised;
@@ -60,8 +60,9 @@
         uint256 sum = 0;
-        for (uint256 i = 0; i < buyers.length; i++) {
+        uint256 n = buyers.length;
+        for (uint256 i = 0; i < n; ++i) {
             sum = sum + tokensOwed[buyers[i]];
         }
         return sum;
\`\`\``,
  },
]);
