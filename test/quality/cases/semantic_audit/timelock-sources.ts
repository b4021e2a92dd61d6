/** What is audited in the fourth lot: a timelock, a subscription service, a pool of two tokens. */
export const TIMELOCK = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract MiniTimelock {
    uint256 public constant MIN_DELAY = 2 days;
    address public proposer;
    mapping(bytes32 => uint256) public readyAt;

    event Queued(bytes32 indexed id, uint256 readyAt);
    event Done(bytes32 indexed id);

    error NotProposer();
    error NotReady();
    error TooShort();

    constructor(address proposer_) {
        proposer = proposer_;
    }

    function queue(address target, bytes calldata data, uint256 delay) external returns (bytes32 id) {
        if (msg.sender != proposer) revert NotProposer();
        if (delay < MIN_DELAY) revert TooShort();
        id = keccak256(abi.encode(target, data));
        readyAt[id] = block.timestamp + delay;
        emit Queued(id, readyAt[id]);
    }

    function execute(address target, bytes calldata data) external payable {
        bytes32 id = keccak256(abi.encode(target, data));
        if (readyAt[id] == 0 || block.timestamp < readyAt[id]) revert NotReady();
        (bool ok, ) = target.call{value: msg.value}(data);
        require(ok, "reverted");
        delete readyAt[id];
        emit Done(id);
    }

    function cancel(bytes32 id) external {
        delete readyAt[id];
    }

    function setProposer(address next) external {
        if (msg.sender != address(this)) revert NotProposer();
        proposer = next;
    }
}`;
export const SUBS = `// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.21;

import "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import "@openzeppelin/contracts/access/Ownable.sol";

contract Subscriptions is Ownable {
    struct Plan { uint256 price; uint256 period; bool active; }

    IERC20 public token;
    Plan[] public plans;
    mapping(address => mapping(uint256 => uint256)) public paidUntil;
    mapping(address => bool) public blocked;

    event Subscribed(address indexed user, uint256 indexed planId, uint256 until);

    constructor(IERC20 token_) Ownable(msg.sender) {
        token = token_;
    }

    function addPlan(uint256 price, uint256 period) external onlyOwner {
        plans.push(Plan(price, period, true));
    }

    function subscribe(uint256 planId) public {
        require(!blocked[msg.sender], "blocked");
        Plan memory p = plans[planId];
        token.transferFrom(msg.sender, address(this), p.price);
        uint256 start = paidUntil[msg.sender][planId] > block.timestamp ? paidUntil[msg.sender][planId] : block.timestamp;
        paidUntil[msg.sender][planId] = start + p.period;
        emit Subscribed(msg.sender, planId, paidUntil[msg.sender][planId]);
    }

    function renewFor(address[] calldata users, uint256 planId) external {
        for (uint256 i; i < users.length; ++i) {
            token.transferFrom(users[i], address(this), plans[planId].price);
            paidUntil[users[i]][planId] += plans[planId].period;
        }
    }

    function retire(uint256 planId) external onlyOwner {
        plans[planId].active = false;
    }

    function block_(address user, bool value) external onlyOwner {
        blocked[user] = value;
    }

    function collect(address to) external onlyOwner {
        token.transfer(to, token.balanceOf(address(this)));
    }
}`;
