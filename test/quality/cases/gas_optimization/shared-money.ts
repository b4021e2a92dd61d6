const HEAD = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

`;

export const MULTISIG = `${HEAD}contract MultiSig {
    address[] public owners;
    mapping(address => bool) public isOwner;
    uint256 public required;

    struct Tx {
        address to;
        uint256 value;
        bool executed;
        uint256 confirmations;
    }

    Tx[] public txs;
    mapping(uint256 => mapping(address => bool)) public confirmed;

    event Submitted(uint256 indexed id);
    event Confirmed(uint256 indexed id, address indexed owner);
    event Executed(uint256 indexed id);

    modifier onlyOwner() {
        require(isOwner[msg.sender], "not owner");
        _;
    }

    constructor(address[] memory owners_, uint256 required_) {
        require(owners_.length > 0, "owners");
        require(required_ > 0 && required_ <= owners_.length, "required");
        for (uint256 i = 0; i < owners_.length; i++) {
            require(owners_[i] != address(0), "zero");
            require(!isOwner[owners_[i]], "duplicate");
            isOwner[owners_[i]] = true;
            owners.push(owners_[i]);
        }
        required = required_;
    }

    receive() external payable {}

    function submit(address to, uint256 value) external onlyOwner {
        txs.push(Tx(to, value, false, 0));
        emit Submitted(txs.length - 1);
    }

    function confirm(uint256 id) external onlyOwner {
        require(id < txs.length, "no tx");
        require(!confirmed[id][msg.sender], "confirmed");
        confirmed[id][msg.sender] = true;
        txs[id].confirmations += 1;
        emit Confirmed(id, msg.sender);
    }

    function execute(uint256 id) external onlyOwner {
        require(id < txs.length, "no tx");
        require(!txs[id].executed, "executed");
        require(txs[id].confirmations >= required, "not enough");
        txs[id].executed = true;
        (bool ok, ) = txs[id].to.call{value: txs[id].value}("");
        require(ok, "failed");
        emit Executed(id);
    }
}
`;

export const AIRDROP = `${HEAD}contract Airdrop {
    address public owner;
    mapping(address => uint256) public claimable;
    mapping(address => bool) public claimed;
    uint256 public totalAllocated;
    bool public paused;

    event Allocated(address indexed user, uint256 amount);
    event Claimed(address indexed user, uint256 amount);

    modifier onlyOwner() {
        require(msg.sender == owner, "not owner");
        _;
    }

    constructor() payable {
        owner = msg.sender;
    }

    function allocate(address[] memory users, uint256[] memory amounts) external onlyOwner {
        require(users.length == amounts.length, "length mismatch");
        require(users.length <= 4, "too many");
        for (uint256 i = 0; i < users.length; i++) {
            require(users[i] != address(0), "zero");
            claimable[users[i]] += amounts[i];
            totalAllocated += amounts[i];
            emit Allocated(users[i], amounts[i]);
        }
    }

    function setPaused(bool value) external onlyOwner {
        paused = value;
    }

    function claim() external {
        require(!paused, "paused");
        require(!claimed[msg.sender], "claimed");
        require(claimable[msg.sender] > 0, "nothing");
        claimed[msg.sender] = true;
        uint256 amount = claimable[msg.sender];
        claimable[msg.sender] = 0;
        totalAllocated -= amount;
        payable(msg.sender).transfer(amount);
        emit Claimed(msg.sender, amount);
    }
}
`;
