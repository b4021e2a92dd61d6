/** What is audited in the third lot: a token with votes, an upgradeable wallet, a splitter, a raffle, an auction house with a base contract. */
export const VOTES = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.19;

contract VoteToken {
    string public name = "Vote";
    string public symbol = "VOTE";
    uint8 public constant decimals = 18;
    uint256 public totalSupply;

    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;
    mapping(address => address) public delegates;
    mapping(address => uint256) public votes;

    address public minter;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event DelegateChanged(address indexed who, address indexed to);

    modifier onlyMinter() {
        require(msg.sender == minter, "not minter");
        _;
    }

    constructor() {
        minter = msg.sender;
    }

    function mint(address to, uint256 value) external onlyMinter {
        totalSupply += value;
        balanceOf[to] += value;
        emit Transfer(address(0), to, value);
    }

    function delegate(address to) external {
        votes[delegates[msg.sender]] -= balanceOf[msg.sender];
        delegates[msg.sender] = to;
        votes[to] += balanceOf[msg.sender];
        emit DelegateChanged(msg.sender, to);
    }

    function transfer(address to, uint256 value) external returns (bool) {
        _move(msg.sender, to, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        allowance[from][msg.sender] -= value;
        _move(from, to, value);
        return true;
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        return true;
    }

    function _move(address from, address to, uint256 value) internal {
        balanceOf[from] -= value;
        unchecked {
            balanceOf[to] += value;
        }
        emit Transfer(from, to, value);
    }

    function setMinter(address next) external onlyMinter {
        minter = next;
    }
}`;

export const WALLET = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.22;

import {Initializable} from "@openzeppelin/contracts-upgradeable/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts-upgradeable/proxy/utils/UUPSUpgradeable.sol";
import {OwnableUpgradeable} from "@openzeppelin/contracts-upgradeable/access/OwnableUpgradeable.sol";

contract SmartWallet is Initializable, UUPSUpgradeable, OwnableUpgradeable {
    mapping(address => uint256) public dailyLimit;
    mapping(address => mapping(uint256 => uint256)) public spent;
    mapping(address => bool) public sessionKeys;
    uint256 public nonce;

    event Executed(address indexed target, uint256 value, bytes data);

    function initialize(address owner_) external initializer {
        __Ownable_init(owner_);
    }

    function addSessionKey(address key, uint256 limit) external onlyOwner {
        sessionKeys[key] = true;
        dailyLimit[key] = limit;
    }

    function execute(address target, uint256 value, bytes calldata data) external returns (bytes memory) {
        require(msg.sender == owner() || sessionKeys[msg.sender], "denied");
        if (sessionKeys[msg.sender]) {
            uint256 day = block.timestamp / 1 days;
            require(spent[msg.sender][day] + value <= dailyLimit[msg.sender], "limit");
            spent[msg.sender][day] += value;
        }
        (bool ok, bytes memory result) = target.call{value: value}(data);
        require(ok, "call failed");
        emit Executed(target, value, data);
        return result;
    }

    function executeSigned(address target, uint256 value, bytes calldata data, uint8 v, bytes32 r, bytes32 s) external {
        bytes32 digest = keccak256(abi.encode(target, value, data));
        require(ecrecover(digest, v, r, s) == owner(), "bad signature");
        (bool ok, ) = target.call{value: value}(data);
        require(ok, "call failed");
    }

    function _authorizeUpgrade(address) internal override {}

    receive() external payable {}
}`;

export const RAFFLE = `pragma solidity 0.8.20;

contract Raffle {
    uint256 public constant PRICE = 0.1 ether;
    address public immutable host;
    uint256 public closesAt;
    address[] public tickets;
    address public winner;
    mapping(address => uint256) public count;

    event Bought(address indexed who, uint256 amount);
    event Drawn(address indexed winner, uint256 prize);

    constructor(uint256 duration) {
        host = msg.sender;
        closesAt = block.timestamp + duration;
    }

    function buy(uint256 amount) external payable {
        require(block.timestamp < closesAt, "closed");
        require(msg.value == PRICE * amount, "price");
        for (uint256 i = 0; i < amount; i++) {
            tickets.push(msg.sender);
        }
        count[msg.sender] += amount;
        emit Bought(msg.sender, amount);
    }

    function draw() external {
        require(block.timestamp >= closesAt, "open");
        require(winner == address(0), "drawn");
        uint256 index = uint256(keccak256(abi.encodePacked(blockhash(block.number - 1), tickets.length))) % tickets.length;
        winner = tickets[index];
        emit Drawn(winner, address(this).balance);
    }

    function claim() external {
        require(msg.sender == winner, "not winner");
        uint256 prize = address(this).balance;
        winner = address(1);
        payable(msg.sender).transfer(prize);
    }

    function refundAll() external {
        require(msg.sender == host, "not host");
        for (uint256 i = 0; i < tickets.length; i++) {
            payable(tickets[i]).transfer(PRICE);
        }
        delete tickets;
    }
}`;
