const H = "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.20;\n\n";

/** A sale, a governor, a name service, a vesting. */
export const CROWDSALE = `${H}contract Crowdsale {
    address payable public wallet;
    uint256 public rate;
    uint256 public openingTime;
    uint256 public closingTime;
    uint256 public cap;
    uint256 public weiRaised;
    bool public finalized;
    mapping(address => uint256) public contributions;
    mapping(address => uint256) public tokensOwed;
    address[] public buyers;

    uint256 public bonusThreshold = 5 ether;

    event TokensPurchased(address indexed buyer, uint256 value, uint256 amount);
    event Finalized(uint256 total);

    constructor(address payable _wallet, uint256 _rate, uint256 _cap, uint256 _duration) {
        require(_wallet != address(0), "wallet is the zero address");
        require(_rate > 0, "rate is 0");
        wallet = _wallet;
        rate = _rate;
        cap = _cap;
        openingTime = block.timestamp;
        closingTime = block.timestamp + _duration;
    }

    function isOpen() public view returns (bool) {
        return block.timestamp >= openingTime && block.timestamp <= closingTime;
    }

    function getTokenAmount(uint256 weiAmount) public view returns (uint256) {
        uint256 tokens = weiAmount * rate;
        if (weiAmount >= bonusThreshold) {
            tokens = tokens + tokens / 10;
        }
        return tokens;
    }

    function buy() public payable {
        require(isOpen(), "not open");
        require(msg.value != 0, "weiAmount is 0");
        require(weiRaised + msg.value <= cap, "cap exceeded");
        uint256 tokens = getTokenAmount(msg.value);
        if (contributions[msg.sender] == 0) {
            buyers.push(msg.sender);
        }
        contributions[msg.sender] = contributions[msg.sender] + msg.value;
        tokensOwed[msg.sender] = tokensOwed[msg.sender] + tokens;
        weiRaised = weiRaised + msg.value;
        emit TokensPurchased(msg.sender, msg.value, tokens);
    }

    function totalOwed() public view returns (uint256) {
        uint256 sum = 0;
        for (uint256 i = 0; i < buyers.length; i++) {
            sum = sum + tokensOwed[buyers[i]];
        }
        return sum;
    }

    function finalize() public {
        require(!finalized, "already finalized");
        require(block.timestamp > closingTime || weiRaised >= cap, "not closed");
        finalized = true;
        emit Finalized(weiRaised);
        (bool ok, ) = wallet.call{value: address(this).balance}("");
        require(ok, "transfer failed");
    }
}`;

export const GOVERNOR = `${H}contract MiniGovernor {
    struct Proposal {
        address proposer;
        uint256 start;
        uint256 end;
        uint256 forVotes;
        uint256 againstVotes;
        uint256 abstainVotes;
        bool canceled;
        bool executed;
        string title;
    }

    mapping(uint256 => Proposal) public proposals;
    mapping(uint256 => mapping(address => bool)) public voted;
    mapping(address => uint256) public power;
    uint256 public proposalCount;
    uint256 public quorum;
    uint256 public votingPeriod;
    address public admin;

    event Proposed(uint256 id, address proposer, string title);
    event VoteCast(address indexed voter, uint256 id, uint8 support, uint256 weight);
    event Canceled(uint256 id);
    event Executed(uint256 id);

    constructor(uint256 _quorum, uint256 _votingPeriod) {
        admin = msg.sender;
        quorum = _quorum;
        votingPeriod = _votingPeriod;
        power[msg.sender] = 1000;
    }

    function setPower(address who, uint256 amount) external {
        require(msg.sender == admin, "MiniGovernor: caller is not the admin");
        power[who] = amount;
    }

    function propose(string memory title) external returns (uint256) {
        require(power[msg.sender] > 0, "MiniGovernor: no voting power");
        require(bytes(title).length > 0 && bytes(title).length <= 64, "MiniGovernor: bad title");
        proposalCount++;
        proposals[proposalCount].proposer = msg.sender;
        proposals[proposalCount].start = block.timestamp;
        proposals[proposalCount].end = block.timestamp + votingPeriod;
        proposals[proposalCount].title = title;
        emit Proposed(proposalCount, msg.sender, title);
        return proposalCount;
    }

    function vote(uint256 id, uint8 support) external {
        require(id > 0 && id <= proposalCount, "MiniGovernor: unknown proposal");
        require(!proposals[id].canceled, "MiniGovernor: canceled");
        require(block.timestamp < proposals[id].end, "MiniGovernor: voting is over");
        require(!voted[id][msg.sender], "MiniGovernor: already voted");
        require(support <= 2, "MiniGovernor: bad support");
        voted[id][msg.sender] = true;
        uint256 weight = power[msg.sender];
        if (support == 0) {
            proposals[id].againstVotes = proposals[id].againstVotes + weight;
        } else if (support == 1) {
            proposals[id].forVotes = proposals[id].forVotes + weight;
        } else {
            proposals[id].abstainVotes = proposals[id].abstainVotes + weight;
        }
        emit VoteCast(msg.sender, id, support, weight);
    }

    function cancel(uint256 id) external {
        require(proposals[id].proposer == msg.sender || msg.sender == admin, "MiniGovernor: not allowed");
        require(!proposals[id].executed, "MiniGovernor: executed");
        require(!proposals[id].canceled, "MiniGovernor: canceled");
        proposals[id].canceled = true;
        emit Canceled(id);
    }

    function state(uint256 id) public view returns (string memory) {
        if (id == 0 || id > proposalCount) {
            return "Unknown";
        } else if (proposals[id].canceled) {
            return "Canceled";
        } else if (proposals[id].executed) {
            return "Executed";
        } else if (block.timestamp < proposals[id].end) {
            return "Active";
        } else if (proposals[id].forVotes + proposals[id].abstainVotes < quorum) {
            return "Defeated";
        } else if (proposals[id].forVotes > proposals[id].againstVotes) {
            return "Succeeded";
        }
        return "Defeated";
    }

    function execute(uint256 id) external {
        require(keccak256(bytes(state(id))) == keccak256(bytes("Succeeded")), "MiniGovernor: not succeeded");
        proposals[id].executed = true;
        emit Executed(id);
    }
}`;

export const STRINGS = `${H}contract NameService {
    mapping(bytes32 => address) public owners;
    mapping(bytes32 => uint256) public expiry;
    mapping(address => uint256) public namesHeld;
    uint256 public price = 0.01 ether;
    uint256 public constant YEAR = 365 days;
    address public treasury;
    uint256 public collected;

    event Registered(string name, address indexed owner, uint256 expiry);
    event Renewed(string name, uint256 expiry);
    event Released(string name);

    constructor(address t) {
        treasury = t;
    }

    function hashOf(string memory name) public pure returns (bytes32) {
        return keccak256(abi.encodePacked(name));
    }

    function isValid(string memory name) public pure returns (bool) {
        bytes memory b = bytes(name);
        if (b.length < 3) return false;
        if (b.length > 20) return false;
        for (uint256 i = 0; i < b.length; i++) {
            bytes1 char = b[i];
            bool isLower = char >= 0x61 && char <= 0x7a;
            bool isDigit = char >= 0x30 && char <= 0x39;
            if (!isLower && !isDigit && char != 0x2d) return false;
        }
        return true;
    }

    function register(string memory name, uint256 periods) public payable {
        require(isValid(name), "invalid name");
        require(periods > 0 && periods <= 5, "invalid periods");
        require(msg.value == price * periods, "wrong payment");
        require(owners[hashOf(name)] == address(0) || expiry[hashOf(name)] < block.timestamp, "taken");
        if (owners[hashOf(name)] != address(0)) {
            namesHeld[owners[hashOf(name)]]--;
        }
        owners[hashOf(name)] = msg.sender;
        expiry[hashOf(name)] = block.timestamp + periods * YEAR;
        namesHeld[msg.sender]++;
        collected = collected + msg.value;
        emit Registered(name, msg.sender, expiry[hashOf(name)]);
    }

    function renew(string memory name, uint256 periods) public payable {
        require(owners[hashOf(name)] == msg.sender, "not owner");
        require(periods > 0 && periods <= 5, "invalid periods");
        require(msg.value == price * periods, "wrong payment");
        expiry[hashOf(name)] = expiry[hashOf(name)] + periods * YEAR;
        collected = collected + msg.value;
        emit Renewed(name, expiry[hashOf(name)]);
    }

    function release(string memory name) public {
        require(owners[hashOf(name)] == msg.sender, "not owner");
        delete owners[hashOf(name)];
        delete expiry[hashOf(name)];
        namesHeld[msg.sender]--;
        emit Released(name);
    }

    function sweep() public {
        require(msg.sender == treasury, "not treasury");
        uint256 amount = collected;
        collected = 0;
        payable(treasury).transfer(amount);
    }
}`;

export const VESTING = `${H}contract TeamVesting {
    address public admin;
    uint256 public startTime;
    uint256 public duration;
    uint256 public cliff;
    uint256 public totalAllocated;
    uint256 public penaltyBps = 1000;

    mapping(address => uint256) public allocation;
    mapping(address => uint256) public claimedAmount;

    event Allocated(address indexed who, uint256 amount);
    event Claimed(address indexed who, uint256 amount);

    constructor(uint256 _cliff, uint256 _duration) {
        admin = msg.sender;
        startTime = block.timestamp;
        cliff = _cliff;
        duration = _duration;
    }

    function allocate(address who, uint256 amount) external {
        require(msg.sender == admin, "not admin");
        require(who != address(0), "zero address");
        allocation[who] += amount;
        totalAllocated += amount;
        emit Allocated(who, amount);
    }

    function vested(address who) public view returns (uint256) {
        if (block.timestamp < startTime + cliff) {
            return 0;
        }
        if (block.timestamp >= startTime + duration) {
            return allocation[who];
        }
        return allocation[who] * (block.timestamp - startTime) / duration;
    }

    function claim() external returns (uint256) {
        uint256 amount = vested(msg.sender) - claimedAmount[msg.sender];
        require(amount > 0, "nothing to claim");
        claimedAmount[msg.sender] = claimedAmount[msg.sender] + amount;
        emit Claimed(msg.sender, amount);
        return amount;
    }

    function penaltyOn(uint256 amount) public view returns (uint256) {
        return (amount * penaltyBps + 9999) / 10000;
    }
}`;
