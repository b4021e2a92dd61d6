import type { AnswerCase } from "../case.ts";
import { AUCTION, REGISTRY, STAKING, TOKEN, VAULT, VOTING } from "./originals.ts";
import { AIRDROP, MULTISIG } from "./shared-money.ts";
import { asked, edit, fence } from "./shapes.ts";

const IN_CONSTRUCTOR = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
contract Curve {
    uint256 public base;
    uint256 public count;
    constructor() { base = 100; }
    function setBase(uint256 next) public { require(next > 0, "zero"); base = next; }
    function bump() public { count = count + 1; count = count + 1; }
}`;
const AT_DECLARATION = edit(IN_CONSTRUCTOR, [
  ["base;", "base = 100;"],
  ["    constructor() { base = 100; }\n", ""],
  ["count = count + 1; count = count + 1;", "count = count + 2;"],
]);
export const BETTER_TOKEN = edit(TOKEN, [
  ["uint256 public cap = 1000000 ether;", "uint256 public constant cap = 1000000 ether;"],
  ["address public owner;", "address public immutable owner;"],
  ["address[] memory recipients", "address[] calldata recipients"],
  ["i < recipients.length; i++", "i < recipients.length; ++i"],
  [
    `        require(balanceOf[msg.sender] >= amount, "balance");
        balanceOf[msg.sender] = balanceOf[msg.sender] - amount;
        balanceOf[to] = balanceOf[to] + amount;
        emit Transfer(msg.sender, to, amount);`,
    `        uint256 mine = balanceOf[msg.sender];
        if (mine < amount) revert Balance();
        unchecked {
            balanceOf[msg.sender] = mine - amount;
            balanceOf[to] += amount;
        }
        emit Transfer(msg.sender, to, amount);`,
  ],
  ["    event Transfer(", "    error Balance();\n\n    event Transfer("],
]);

export const BETTER_VAULT = edit(VAULT, [
  ["address public owner;", "address public immutable owner;"],
  ["bool private locked;", "uint256 private locked = 1;"],
  [
    `require(!locked, "reentrant");
        locked = true;
        _;
        locked = false;`,
    `require(locked == 1, "reentrant");
        locked = 2;
        _;
        locked = 1;`,
  ],
  [
    `        deposits[msg.sender] = deposits[msg.sender] - amount;
        totalDeposits = totalDeposits - amount;`,
    `        unchecked {
            deposits[msg.sender] -= amount;
            totalDeposits -= amount;
        }`,
  ],
]);

const BETTER_STAKING = edit(STAKING, [
  ["uint256 amount;\n        uint256 since;", "uint256 amount;\n        uint64 since;"],
  ["IERC20 public token;", "IERC20 public immutable token;"],
  ["uint256 public lockPeriod;", "uint256 public immutable lockPeriod;"],
  ["uint256 public rewardPerSecond = 3;", "uint256 public constant rewardPerSecond = 3;"],
  [
    `        require(!stakes[msg.sender].active, "already staked");
        stakes[msg.sender].amount = amount;
        stakes[msg.sender].since = block.timestamp;
        stakes[msg.sender].active = true;`,
    `        Stake storage mine = stakes[msg.sender];
        require(!mine.active, "already staked");
        mine.amount = amount;
        mine.since = uint64(block.timestamp);
        mine.active = true;`,
  ],
]);

const BETTER_VOTING = edit(VOTING, [
  ["address public chair;", "address public immutable chair;"],
  ["address[] memory voters", "address[] calldata voters"],
  ["string memory title, uint256 duration", "string calldata title, uint256 duration"],
  [
    `        for (uint256 i = 0; i < voters.length; i++) {
            isVoter[voters[i]] = true;
        }`,
    `        uint256 length = voters.length;
        for (uint256 i; i < length; ) {
            isVoter[voters[i]] = true;
            unchecked {
                ++i;
            }
        }`,
  ],
  [
    `        uint256 most = 0;
        for (uint256 i = 0; i < proposals.length; i++) {
            if (proposals[i].votes > most) {
                most = proposals[i].votes;
                best = i;
            }
        }`,
    `        uint256 most;
        uint256 length = proposals.length;
        for (uint256 i; i < length; ++i) {
            uint256 votes = proposals[i].votes;
            if (votes > most) {
                most = votes;
                best = i;
            }
        }`,
  ],
]);

const BETTER_REGISTRY = edit(REGISTRY, [
  ["address public admin;", "address public immutable admin;"],
  [
    `        expiresAt[name] = block.timestamp + numYears * 365 days;
        count++;
        emit Registered(name, msg.sender, expiresAt[name]);`,
    `        uint256 expiry = block.timestamp + numYears * 365 days;
        expiresAt[name] = expiry;
        unchecked {
            ++count;
        }
        emit Registered(name, msg.sender, expiry);`,
  ],
  [`require(msg.value >= fee * numYears, "fee");`, `if (msg.value < fee * numYears) revert Fee();`],
  ["    event Registered(", "    error Fee();\n    event Registered("],
]);

const BETTER_AUCTION = edit(AUCTION, [
  ["address public seller;", "address public immutable seller;"],
  ["uint256 public endTime;", "uint256 public immutable endTime;"],
  [
    `        require(msg.value >= highestBid + minIncrement, "too low");
        if (highestBidder != address(0)) {
            refunds[highestBidder] = refunds[highestBidder] + highestBid;
        }`,
    `        uint256 before = highestBid;
        require(msg.value >= before + minIncrement, "too low");
        address leader = highestBidder;
        if (leader != address(0)) {
            refunds[leader] += before;
        }`,
  ],
]);

const BETTER_MULTISIG = edit(MULTISIG, [
  ["uint256 public required;", "uint256 public immutable required;"],
  [
    `        require(id < txs.length, "no tx");
        require(!txs[id].executed, "executed");
        require(txs[id].confirmations >= required, "not enough");
        txs[id].executed = true;
        (bool ok, ) = txs[id].to.call{value: txs[id].value}("");`,
    `        if (id >= txs.length) revert NoTx();
        Tx storage item = txs[id];
        if (item.executed) revert AlreadyExecuted();
        if (item.confirmations < required) revert NotEnough();
        item.executed = true;
        (bool ok, ) = item.to.call{value: item.value}("");`,
  ],
  [
    "    event Submitted(",
    "    error NoTx();\n    error AlreadyExecuted();\n    error NotEnough();\n    event Submitted(",
  ],
  [
    `            require(owners_[i] != address(0), "zero");
            require(!isOwner[owners_[i]], "duplicate");
            isOwner[owners_[i]] = true;
            owners.push(owners_[i]);`,
    `            address each = owners_[i];
            require(each != address(0), "zero");
            require(!isOwner[each], "duplicate");
            isOwner[each] = true;
            owners.push(each);`,
  ],
]);

const BETTER_AIRDROP = edit(AIRDROP, [
  ["address public owner;", "address public immutable owner;"],
  ["address[] memory users, uint256[] memory amounts", "address[] calldata users, uint256[] calldata amounts"],
  [
    `        for (uint256 i = 0; i < users.length; i++) {
            require(users[i] != address(0), "zero");
            claimable[users[i]] += amounts[i];
            totalAllocated += amounts[i];
            emit Allocated(users[i], amounts[i]);
        }`,
    `        uint256 total = totalAllocated;
        for (uint256 i; i < users.length; ++i) {
            address user = users[i];
            uint256 amount = amounts[i];
            require(user != address(0), "zero");
            claimable[user] += amount;
            total += amount;
            emit Allocated(user, amount);
        }
        totalAllocated = total;`,
  ],
]);

const MODIFIER_MOVED = edit(BETTER_TOKEN, [
  [`        require(msg.sender == owner, "not owner");\n        _;`, `        _checkOwner();\n        _;`],
  [
    "    function mint(",
    "    function _checkOwner() internal view {\n        if (owner != msg.sender) revert NotOwner();\n    }\n\n    function mint(",
  ],
  ["    error Balance();", "    error Balance();\n    error NotOwner();"],
]);

const PANIC_INSTEAD = edit(TOKEN, [
  ["address public owner;", "address public immutable owner;"],
  [`        require(balanceOf[msg.sender] >= amount, "balance");\n`, ""],
  [`        require(balanceOf[from] >= amount, "balance");\n`, ""],
  [`        require(allowance[from][msg.sender] >= amount, "allowance");\n`, ""],
]);

const ONE_FUNCTION = `function setMinDeposit(uint256 amount) external {
        if (msg.sender != owner) revert();
        minDeposit = amount;
    }`;

const EXCERPT = `pragma solidity ^0.8.20;

contract Voting {
    // ... existing state, events and constructor unchanged ...

    function addVoters(address[] calldata voters) external {
        require(msg.sender == chair, "only chair");
        uint256 length = voters.length;
        for (uint256 i; i < length; ++i) {
            isVoter[voters[i]] = true;
        }
    }
}`;

const good = (name: string, original: string, answer: string, over: Partial<AnswerCase> = {}): AnswerCase =>
  asked(name, original, answer, "verified", over);

export const GOOD: readonly AnswerCase[] = [
  good("a token with constants, calldata and a cached balance", TOKEN, fence(BETTER_TOKEN)),
  good(
    "a vault under a lock of words",
    VAULT,
    `Here it is:\n\n${fence(BETTER_VAULT)}\n\n| Change | Saving |\n|---|---|\n| immutable | 2100 |`,
  ),
  good("staking with a packed struct", STAKING, fence(BETTER_STAKING)),
  good("voting with cached lengths", VOTING, fence(BETTER_VOTING)),
  good("a registry with an unchecked counter", REGISTRY, fence(BETTER_REGISTRY)),
  good("an auction with cached storage", AUCTION, fence(BETTER_AUCTION)),
  good("a multisig with custom errors and a storage alias", MULTISIG, fence(BETTER_MULTISIG)),
  good("an airdrop that sums in memory", AIRDROP, fence(BETTER_AIRDROP)),
  good("before and after", VAULT, `## Before\n${fence(VAULT)}\n## After\n${fence(BETTER_VAULT)}`),
  good(
    "after, then what it was before",
    VAULT,
    `### Optimised\n${fence(BETTER_VAULT)}\n### For comparison, the original\n${fence(VAULT)}`,
  ),
  good("no fence", AUCTION, BETTER_AUCTION),
  good(
    "JSON",
    VOTING,
    JSON.stringify({ files: [{ path: "Voting.sol", content: BETTER_VOTING }], notes: ["calldata"] }),
  ),
  good(
    "another name of the contract",
    AUCTION,
    fence(BETTER_AUCTION.replace("contract Auction", "contract AuctionOptimized")),
  ),
  good("Windows line ends", AIRDROP, fence(BETTER_AIRDROP).replaceAll("\n", "\r\n")),
  good(
    "an untagged fence and German prose",
    REGISTRY,
    `Hier ist der optimierte Vertrag:\n\n\`\`\`\n${BETTER_REGISTRY}\n\`\`\`\n\nDie Schnittstelle bleibt gleich.`,
  ),
  good("a modifier that calls a function", TOKEN, fence(MODIFIER_MOVED)),
  good("checks that arithmetic makes anyway", TOKEN, fence(PANIC_INSTEAD)),
  good("an excerpt with a comment for the rest", VOTING, fence(EXCERPT)),
  good("the changed function alone", VAULT, `Only this changes:\n\n${fence(ONE_FUNCTION)}`),
  good("the interface left out", STAKING, fence(BETTER_STAKING.replace(/interface IERC20 \{[^}]*\}\n/, ""))),
  good("the original as a file", AUCTION, fence(BETTER_AUCTION), {
    prompt: "Reduce the gas costs of this contract. Keep behaviour identical.",
    context: { files: [{ path: "src/Auction.sol", content: AUCTION }] },
  }),
  good("a payable constructor", TOKEN, fence(BETTER_TOKEN.replace("constructor()", "constructor() payable"))),
  good(
    "a snippet that explains, then the code",
    VOTING,
    `Instead of\n${fence("for (uint256 i = 0; i < voters.length; i++) {}")}\nwe cache:\n${fence(BETTER_VOTING)}`,
  ),
  good("an initialiser instead of the constructor", IN_CONSTRUCTOR, fence(AT_DECLARATION)),
];
