/** The audited contracts of the cases. */
export const BANK = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract PiggyBank {
    address public owner;
    mapping(address => uint256) public savings;
    uint256 public totalSaved;

    event Saved(address indexed who, uint256 amount);

    modifier onlyOwner() {
        require(msg.sender == owner, "not owner");
        _;
    }

    constructor() {
        owner = msg.sender;
    }

    function save() external payable {
        savings[msg.sender] += msg.value;
        totalSaved += msg.value;
        emit Saved(msg.sender, msg.value);
    }

    function breakOpen(uint256 amount) external {
        require(savings[msg.sender] >= amount, "too much");
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "failed");
        savings[msg.sender] -= amount;
        totalSaved -= amount;
    }

    function changeOwner(address next) external onlyOwner {
        owner = next;
    }
}
`;

export const LOTTERY = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.19;

contract Lottery {
    address[] public players;
    address public manager;
    uint256 public constant TICKET = 0.1 ether;

    constructor() {
        manager = msg.sender;
    }

    function enter() external payable {
        require(msg.value == TICKET, "price");
        players.push(msg.sender);
    }

    function pickWinner() external {
        uint256 index = uint256(keccak256(abi.encodePacked(block.timestamp, block.prevrandao, players.length))) % players.length;
        payable(players[index]).send(address(this).balance);
        delete players;
    }

    function setManager(address next) external {
        require(tx.origin == manager, "manager");
        manager = next;
    }
}
`;

export const STAKING = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.24;

import "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import "@openzeppelin/contracts/access/Ownable.sol";
import "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

contract Staking is Ownable, ReentrancyGuard {
    using SafeERC20 for IERC20;

    IERC20 public immutable token;
    uint256 public rewardRate;
    mapping(address => uint256) public staked;
    mapping(address => uint256) public since;

    event Staked(address indexed user, uint256 amount);
    event Unstaked(address indexed user, uint256 amount);

    constructor(IERC20 token_, uint256 rate) Ownable(msg.sender) {
        token = token_;
        rewardRate = rate;
    }

    function stake(uint256 amount) external nonReentrant {
        require(amount > 0, "zero");
        token.safeTransferFrom(msg.sender, address(this), amount);
        staked[msg.sender] += amount;
        since[msg.sender] = block.timestamp;
        emit Staked(msg.sender, amount);
    }

    function unstake(uint256 amount) external nonReentrant {
        require(staked[msg.sender] >= amount, "amount");
        uint256 reward = (staked[msg.sender] * rewardRate * (block.timestamp - since[msg.sender])) / 1e18;
        staked[msg.sender] -= amount;
        since[msg.sender] = block.timestamp;
        token.safeTransfer(msg.sender, amount + reward);
        emit Unstaked(msg.sender, amount);
    }

    function setRewardRate(uint256 rate) external onlyOwner {
        rewardRate = rate;
    }
}
`;

export const WALLET = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.0;

contract Wallet {
    address public owner;
    bool private initialized;

    function initialize(address owner_) external {
        require(!initialized, "done");
        initialized = true;
        owner = owner_;
    }

    function run(address target, bytes calldata data) external payable returns (bytes memory) {
        (bool ok, bytes memory result) = target.delegatecall(data);
        require(ok, "failed");
        return result;
    }

    function pay(address payable to, uint256 amount) external {
        require(msg.sender == owner, "owner only");
        to.call{value: amount}("");
    }

    receive() external payable {}
}
`;

export const REGISTRY = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.26;

/// A register of names. Clean.
contract NameRegistry {
    error Taken();
    error NotHolder();
    error ZeroAddress();

    mapping(bytes32 => address) public holderOf;

    event Registered(bytes32 indexed name, address indexed holder);
    event Transferred(bytes32 indexed name, address indexed to);

    function register(bytes32 name) external {
        if (holderOf[name] != address(0)) revert Taken();
        holderOf[name] = msg.sender;
        emit Registered(name, msg.sender);
    }

    function transfer(bytes32 name, address to) external {
        if (holderOf[name] != msg.sender) revert NotHolder();
        if (to == address(0)) revert ZeroAddress();
        holderOf[name] = to;
        emit Transferred(name, to);
    }
}
`;

export const TOKEN = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

contract RewardToken is ERC20 {
    address public minter;
    uint256 public maxSupply = 1_000_000 ether;

    constructor() ERC20("Reward", "RWD") {
        minter = msg.sender;
    }

    function setMinter(address newMinter) public {
        minter = newMinter;
    }

    function mint(address to, uint256 amount) external {
        require(msg.sender == minter, "minter only");
        _mint(to, amount);
    }

    function burnFrom(address from, uint256 amount) external {
        _burn(from, amount);
    }
}
`;

export const AUCTION = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.17;

contract Auction {
    address payable public seller;
    address payable public highestBidder;
    uint256 public highestBid;
    uint256 public endsAt;
    bool public ended;

    event NewBid(address indexed bidder, uint256 amount);

    constructor(uint256 duration) {
        seller = payable(msg.sender);
        endsAt = block.timestamp + duration;
    }

    function bid() external payable {
        require(block.timestamp < endsAt, "over");
        require(msg.value > highestBid, "low");
        if (highestBidder != address(0)) {
            highestBidder.transfer(highestBid);
        }
        highestBidder = payable(msg.sender);
        highestBid = msg.value;
        emit NewBid(msg.sender, msg.value);
    }

    function end() external {
        require(block.timestamp >= endsAt, "running");
        require(!ended, "ended");
        ended = true;
        seller.transfer(highestBid);
    }
}
`;

export const OLD_SALE = `pragma solidity ^0.4.24;

contract TokenSale {
    mapping(address => uint256) public balanceOf;
    uint256 constant PRICE = 1 ether;

    function buy(uint256 count) public payable {
        require(msg.value == count * PRICE);
        balanceOf[msg.sender] += count;
    }

    function sell(uint256 count) public {
        require(balanceOf[msg.sender] >= count);
        balanceOf[msg.sender] -= count;
        msg.sender.transfer(count * PRICE);
    }
}
`;

export const ESCROW = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import "./EscrowStorage.sol";

contract Escrow is EscrowStorage {
    function release(uint256 id) external {
        Deal storage deal = deals[id];
        require(msg.sender == deal.buyer, "buyer only");
        require(!deal.released, "released");
        deal.released = true;
        (bool ok, ) = deal.seller.call{value: deal.amount}("");
        require(ok, "send failed");
    }

    function refund(uint256 id) external {
        Deal storage deal = deals[id];
        deal.released = true;
        payable(deal.buyer).transfer(deal.amount);
    }
}
`;

export const ESCROW_STORAGE = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

abstract contract EscrowStorage {
    struct Deal {
        address buyer;
        address seller;
        uint256 amount;
        bool released;
    }

    mapping(uint256 => Deal) internal deals;
    uint256 internal nextId;

    function open(address seller) external payable returns (uint256 id) {
        id = nextId++;
        deals[id] = Deal(msg.sender, seller, msg.value, false);
    }
}
`;
