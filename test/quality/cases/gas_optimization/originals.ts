const HEAD = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

`;

export const TOKEN = `${HEAD}contract Token {
    string public name = "Token";
    uint256 public totalSupply;
    uint256 public cap = 1000000 ether;
    address public owner;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    modifier onlyOwner() {
        require(msg.sender == owner, "not owner");
        _;
    }

    constructor() {
        owner = msg.sender;
    }

    function mint(address to, uint256 amount) external onlyOwner {
        require(to != address(0), "zero address");
        require(totalSupply + amount <= cap, "cap exceeded");
        totalSupply = totalSupply + amount;
        balanceOf[to] = balanceOf[to] + amount;
        emit Transfer(address(0), to, amount);
    }

    function transfer(address to, uint256 amount) public returns (bool) {
        require(to != address(0), "zero address");
        require(balanceOf[msg.sender] >= amount, "balance");
        balanceOf[msg.sender] = balanceOf[msg.sender] - amount;
        balanceOf[to] = balanceOf[to] + amount;
        emit Transfer(msg.sender, to, amount);
        return true;
    }

    function approve(address spender, uint256 amount) public returns (bool) {
        allowance[msg.sender][spender] = amount;
        emit Approval(msg.sender, spender, amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) public returns (bool) {
        require(to != address(0), "zero address");
        require(balanceOf[from] >= amount, "balance");
        require(allowance[from][msg.sender] >= amount, "allowance");
        allowance[from][msg.sender] = allowance[from][msg.sender] - amount;
        balanceOf[from] = balanceOf[from] - amount;
        balanceOf[to] = balanceOf[to] + amount;
        emit Transfer(from, to, amount);
        return true;
    }

    function batchTransfer(address[] memory recipients, uint256 amount) public {
        for (uint256 i = 0; i < recipients.length; i++) {
            transfer(recipients[i], amount);
        }
    }
}
`;

export const VAULT = `${HEAD}contract EtherVault {
    mapping(address => uint256) public deposits;
    uint256 public totalDeposits;
    uint256 public minDeposit = 1000;
    address public owner;
    bool private locked;

    event Deposited(address indexed account, uint256 amount);
    event Withdrawn(address indexed account, uint256 amount);

    modifier nonReentrant() {
        require(!locked, "reentrant");
        locked = true;
        _;
        locked = false;
    }

    constructor() {
        owner = msg.sender;
    }

    function deposit() external payable {
        require(msg.value >= minDeposit, "too small");
        deposits[msg.sender] = deposits[msg.sender] + msg.value;
        totalDeposits = totalDeposits + msg.value;
        emit Deposited(msg.sender, msg.value);
    }

    function withdraw(uint256 amount) external nonReentrant {
        require(amount > 0, "zero");
        require(deposits[msg.sender] >= amount, "insufficient");
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "transfer failed");
        deposits[msg.sender] = deposits[msg.sender] - amount;
        totalDeposits = totalDeposits - amount;
        emit Withdrawn(msg.sender, amount);
    }

    function setMinDeposit(uint256 amount) external {
        require(msg.sender == owner, "not owner");
        minDeposit = amount;
    }
}
`;

export const STAKING = `${HEAD}interface IERC20 {
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

contract Staking {
    struct Stake {
        uint256 amount;
        uint256 since;
        bool active;
    }

    IERC20 public token;
    uint256 public lockPeriod;
    uint256 public rewardPerSecond = 3;
    mapping(address => Stake) internal stakes;

    event Staked(address indexed user, uint256 amount);
    event Unstaked(address indexed user, uint256 amount, uint256 reward);

    constructor(IERC20 token_, uint256 lockPeriod_) {
        require(address(token_) != address(0), "no token");
        require(lockPeriod_ <= 30 days, "lock too long");
        token = token_;
        lockPeriod = lockPeriod_;
    }

    function stake(uint256 amount) external {
        require(amount > 0, "zero");
        require(!stakes[msg.sender].active, "already staked");
        stakes[msg.sender].amount = amount;
        stakes[msg.sender].since = block.timestamp;
        stakes[msg.sender].active = true;
        require(token.transferFrom(msg.sender, address(this), amount), "transfer");
        emit Staked(msg.sender, amount);
    }

    function pendingReward(address user) public view returns (uint256) {
        if (!stakes[user].active) {
            return 0;
        }
        return (block.timestamp - stakes[user].since) * rewardPerSecond;
    }

    function unstake() external {
        require(stakes[msg.sender].active, "nothing staked");
        require(block.timestamp >= stakes[msg.sender].since + lockPeriod, "locked");
        uint256 reward = pendingReward(msg.sender);
        uint256 amount = stakes[msg.sender].amount;
        delete stakes[msg.sender];
        require(token.transfer(msg.sender, amount + reward), "transfer");
        emit Unstaked(msg.sender, amount, reward);
    }
}
`;

export const VOTING = `${HEAD}contract Voting {
    struct Proposal {
        string title;
        uint256 votes;
        uint256 deadline;
    }

    Proposal[] public proposals;
    address public chair;
    mapping(address => bool) public isVoter;
    mapping(uint256 => mapping(address => bool)) public hasVoted;

    event Proposed(uint256 indexed id, string title);
    event Voted(uint256 indexed id, address indexed voter);

    constructor() {
        chair = msg.sender;
    }

    function addVoters(address[] memory voters) external {
        require(msg.sender == chair, "only chair");
        for (uint256 i = 0; i < voters.length; i++) {
            isVoter[voters[i]] = true;
        }
    }

    function propose(string memory title, uint256 duration) external {
        require(isVoter[msg.sender], "not a voter");
        require(duration >= 1 days && duration <= 14 days, "duration");
        proposals.push(Proposal(title, 0, block.timestamp + duration));
        emit Proposed(proposals.length - 1, title);
    }

    function vote(uint256 id) external {
        require(isVoter[msg.sender], "not a voter");
        require(id < proposals.length, "no proposal");
        require(block.timestamp < proposals[id].deadline, "ended");
        require(!hasVoted[id][msg.sender], "voted");
        hasVoted[id][msg.sender] = true;
        proposals[id].votes += 1;
        emit Voted(id, msg.sender);
    }

    function winner() external view returns (uint256 best) {
        uint256 most = 0;
        for (uint256 i = 0; i < proposals.length; i++) {
            if (proposals[i].votes > most) {
                most = proposals[i].votes;
                best = i;
            }
        }
    }
}
`;

export const REGISTRY = `${HEAD}contract NameRegistry {
    uint256 public fee = 0.01 ether;
    address public admin;
    mapping(bytes32 => address) public ownerOf;
    mapping(bytes32 => uint256) public expiresAt;
    uint256 public count;

    event Registered(bytes32 indexed name, address indexed owner, uint256 expiresAt);
    event Transferred(bytes32 indexed name, address indexed from, address indexed to);

    constructor() {
        admin = msg.sender;
    }

    function register(bytes32 name, uint256 numYears) external payable {
        require(numYears > 0 && numYears <= 10, "years");
        require(msg.value >= fee * numYears, "fee");
        require(ownerOf[name] == address(0) || expiresAt[name] < block.timestamp, "taken");
        ownerOf[name] = msg.sender;
        expiresAt[name] = block.timestamp + numYears * 365 days;
        count++;
        emit Registered(name, msg.sender, expiresAt[name]);
    }

    function transfer(bytes32 name, address to) external {
        require(ownerOf[name] == msg.sender, "not owner");
        require(to != address(0), "zero");
        ownerOf[name] = to;
        emit Transferred(name, msg.sender, to);
    }

    function setFee(uint256 newFee) external {
        require(msg.sender == admin, "not admin");
        fee = newFee;
    }

    function withdraw() external {
        require(msg.sender == admin, "not admin");
        payable(admin).transfer(address(this).balance);
    }
}
`;

export const AUCTION = `${HEAD}contract Auction {
    address public seller;
    uint256 public endTime;
    uint256 public minIncrement = 100;
    address public highestBidder;
    uint256 public highestBid;
    bool public ended;
    mapping(address => uint256) public refunds;

    event Bid(address indexed bidder, uint256 amount);
    event Ended(address winner, uint256 amount);

    constructor() {
        seller = msg.sender;
        endTime = block.timestamp + 1 days;
    }

    function bid() external payable {
        require(block.timestamp <= endTime, "over");
        require(msg.value >= highestBid + minIncrement, "too low");
        if (highestBidder != address(0)) {
            refunds[highestBidder] = refunds[highestBidder] + highestBid;
        }
        highestBidder = msg.sender;
        highestBid = msg.value;
        emit Bid(msg.sender, msg.value);
    }

    function claimRefund() external {
        uint256 amount = refunds[msg.sender];
        require(amount > 0, "nothing");
        refunds[msg.sender] = 0;
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "send");
    }

    function end() external {
        require(block.timestamp > endTime, "running");
        require(!ended, "ended");
        ended = true;
        emit Ended(highestBidder, highestBid);
        if (highestBid > 0) {
            payable(seller).transfer(highestBid);
        }
    }
}
`;
