import { good } from "../code.ts";

/** Subscriptions, vouchers, votes, an escrow, and a factory in several files. */
export const SERVICES = [
  good({
    name: "a subscription service in stablecoins",
    prompt:
      "solidity contract for monthly subscriptions paid in USDC: owner creates plans (price, period), users subscribe and renew, isActive(user, planId). Owner withdraws collected fees. Users can cancel.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract Subscriptions is Ownable {
    using SafeERC20 for IERC20;

    struct Plan {
        uint256 price;
        uint64 period;
        bool active;
    }

    IERC20 public immutable usdc;
    Plan[] public plans;
    mapping(address user => mapping(uint256 planId => uint64 expiry)) public expiresAt;

    event PlanCreated(uint256 indexed planId, uint256 price, uint64 period);
    event Subscribed(address indexed user, uint256 indexed planId, uint64 expiry);
    event Cancelled(address indexed user, uint256 indexed planId);
    event Withdrawn(address indexed to, uint256 amount);

    error InvalidPlan();
    error NotSubscribed();

    constructor(IERC20 usdc_) Ownable(msg.sender) {
        usdc = usdc_;
    }

    function createPlan(uint256 price, uint64 period) external onlyOwner returns (uint256 planId) {
        if (price == 0 || period == 0) revert InvalidPlan();
        planId = plans.length;
        plans.push(Plan({price: price, period: period, active: true}));
        emit PlanCreated(planId, price, period);
    }

    function setPlanActive(uint256 planId, bool active) external onlyOwner {
        plans[planId].active = active;
    }

    /// @notice Subscribe, or extend a running subscription.
    function subscribe(uint256 planId) external {
        if (planId >= plans.length || !plans[planId].active) revert InvalidPlan();
        Plan memory plan = plans[planId];
        uint64 current = expiresAt[msg.sender][planId];
        uint64 from = current > block.timestamp ? current : uint64(block.timestamp);
        uint64 expiry = from + plan.period;
        expiresAt[msg.sender][planId] = expiry;
        usdc.safeTransferFrom(msg.sender, address(this), plan.price);
        emit Subscribed(msg.sender, planId, expiry);
    }

    function cancel(uint256 planId) external {
        if (!isActive(msg.sender, planId)) revert NotSubscribed();
        delete expiresAt[msg.sender][planId];
        emit Cancelled(msg.sender, planId);
    }

    function isActive(address user, uint256 planId) public view returns (bool) {
        return expiresAt[user][planId] > block.timestamp;
    }

    function withdraw(address to) external onlyOwner {
        uint256 amount = usdc.balanceOf(address(this));
        usdc.safeTransfer(to, amount);
        emit Withdrawn(to, amount);
    }
}
\`\`\``,
  }),
  good({
    name: "a claim by signature",
    prompt:
      "Write a rewards contract where a backend signer authorizes claims with EIP-712 signatures: claim(uint256 amount, uint256 nonce, uint256 deadline, bytes signature). Each nonce is single use per user; expired signatures are rejected. Owner can change the signer and recover unspent tokens.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract SignedRewards is EIP712, Ownable {
    using SafeERC20 for IERC20;

    bytes32 private constant CLAIM_TYPEHASH =
        keccak256("Claim(address account,uint256 amount,uint256 nonce,uint256 deadline)");

    IERC20 public immutable rewardToken;
    address public signer;
    mapping(address => mapping(uint256 => bool)) public usedNonces;

    event Claimed(address indexed account, uint256 amount, uint256 nonce);
    event SignerChanged(address indexed oldSigner, address indexed newSigner);

    error SignatureExpired();
    error NonceAlreadyUsed();
    error InvalidSignature();
    error ZeroAddress();

    constructor(IERC20 token, address signer_) EIP712("SignedRewards", "1") Ownable(msg.sender) {
        if (signer_ == address(0)) revert ZeroAddress();
        rewardToken = token;
        signer = signer_;
    }

    function claim(uint256 amount, uint256 nonce, uint256 deadline, bytes calldata signature) external {
        if (block.timestamp > deadline) revert SignatureExpired();
        if (usedNonces[msg.sender][nonce]) revert NonceAlreadyUsed();

        bytes32 structHash = keccak256(abi.encode(CLAIM_TYPEHASH, msg.sender, amount, nonce, deadline));
        if (ECDSA.recover(_hashTypedDataV4(structHash), signature) != signer) revert InvalidSignature();

        usedNonces[msg.sender][nonce] = true;
        rewardToken.safeTransfer(msg.sender, amount);
        emit Claimed(msg.sender, amount, nonce);
    }

    function setSigner(address newSigner) external onlyOwner {
        if (newSigner == address(0)) revert ZeroAddress();
        emit SignerChanged(signer, newSigner);
        signer = newSigner;
    }

    function recoverTokens(address to, uint256 amount) external onlyOwner {
        rewardToken.safeTransfer(to, amount);
    }
}
\`\`\``,
  }),
  good({
    name: "a small DAO with proposals",
    prompt:
      "Minimal DAO voting contract: members are added by the chairperson in the constructor list or later by addMember. Any member can create a proposal with a description and a voting period of 3 days. One vote per member per proposal, yes or no. After the deadline anyone can call finalize(proposalId), which stores if it passed (more yes than no and at least a quorum of half of the members voted).",
    answer: `Sure, here it is:

\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract MinimalDAO {
    struct Proposal {
        string description;
        uint256 deadline;
        uint256 yes;
        uint256 no;
        bool finalized;
        bool passed;
    }

    uint256 public constant VOTING_PERIOD = 3 days;

    address public immutable chairperson;
    mapping(address => bool) public isMember;
    uint256 public memberCount;

    Proposal[] private _proposals;
    mapping(uint256 => mapping(address => bool)) public hasVoted;

    event MemberAdded(address indexed member);
    event ProposalCreated(uint256 indexed id, address indexed proposer, string description);
    event Voted(uint256 indexed id, address indexed voter, bool support);
    event ProposalFinalized(uint256 indexed id, bool passed);

    error NotMember();
    error NotChairperson();
    error AlreadyMember();
    error UnknownProposal();
    error VotingClosed();
    error VotingOpen();
    error AlreadyVoted();
    error AlreadyFinalized();

    modifier onlyMember() {
        if (!isMember[msg.sender]) revert NotMember();
        _;
    }

    constructor(address[] memory members) {
        chairperson = msg.sender;
        for (uint256 i; i < members.length; ++i) {
            _addMember(members[i]);
        }
    }

    function addMember(address member) external {
        if (msg.sender != chairperson) revert NotChairperson();
        _addMember(member);
    }

    function propose(string calldata description) external onlyMember returns (uint256 id) {
        id = _proposals.length;
        Proposal storage p = _proposals.push();
        p.description = description;
        p.deadline = block.timestamp + VOTING_PERIOD;
        emit ProposalCreated(id, msg.sender, description);
    }

    function vote(uint256 id, bool support) external onlyMember {
        Proposal storage p = _get(id);
        if (block.timestamp >= p.deadline) revert VotingClosed();
        if (hasVoted[id][msg.sender]) revert AlreadyVoted();
        hasVoted[id][msg.sender] = true;
        if (support) p.yes++;
        else p.no++;
        emit Voted(id, msg.sender, support);
    }

    function finalize(uint256 id) external {
        Proposal storage p = _get(id);
        if (block.timestamp < p.deadline) revert VotingOpen();
        if (p.finalized) revert AlreadyFinalized();
        p.finalized = true;
        bool quorum = (p.yes + p.no) * 2 >= memberCount;
        p.passed = quorum && p.yes > p.no;
        emit ProposalFinalized(id, p.passed);
    }

    function getProposal(uint256 id) external view returns (Proposal memory) {
        return _get(id);
    }

    function _get(uint256 id) private view returns (Proposal storage) {
        if (id >= _proposals.length) revert UnknownProposal();
        return _proposals[id];
    }

    function _addMember(address member) private {
        if (isMember[member]) revert AlreadyMember();
        isMember[member] = true;
        memberCount++;
        emit MemberAdded(member);
    }
}
\`\`\``,
  }),
  good({
    name: "a factory of clones in two files",
    prompt:
      "Write a factory that deploys minimal proxies (EIP-1167) of a `Locker` contract. Locker: initialize(address owner_, uint256 unlockTime_), receives ETH, withdraw() by the owner after unlockTime. Factory: createLocker(uint256 unlockTime) and getLockers(address user). Put each contract in its own file.",
    answer: `**src/Locker.sol**

\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";

contract Locker is Initializable {
    address public owner;
    uint256 public unlockTime;

    event Withdrawn(address indexed to, uint256 amount);

    error NotOwner();
    error StillLocked();
    error TransferFailed();

    constructor() {
        _disableInitializers();
    }

    function initialize(address owner_, uint256 unlockTime_) external initializer {
        owner = owner_;
        unlockTime = unlockTime_;
    }

    receive() external payable {}

    function withdraw() external {
        if (msg.sender != owner) revert NotOwner();
        if (block.timestamp < unlockTime) revert StillLocked();
        uint256 amount = address(this).balance;
        (bool ok, ) = payable(owner).call{value: amount}("");
        if (!ok) revert TransferFailed();
        emit Withdrawn(owner, amount);
    }
}
\`\`\`

**src/LockerFactory.sol**

\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Locker} from "./Locker.sol";

contract LockerFactory {
    address public immutable implementation;
    mapping(address => address[]) private _lockers;

    event LockerCreated(address indexed user, address locker, uint256 unlockTime);

    constructor() {
        implementation = address(new Locker());
    }

    function createLocker(uint256 unlockTime) external returns (address locker) {
        locker = Clones.clone(implementation);
        Locker(payable(locker)).initialize(msg.sender, unlockTime);
        _lockers[msg.sender].push(locker);
        emit LockerCreated(msg.sender, locker, unlockTime);
    }

    function getLockers(address user) external view returns (address[] memory) {
        return _lockers[user];
    }
}
\`\`\``,
  }),
  good({
    name: "an escrow in three roles",
    prompt:
      "simple escrow: buyer, seller, arbiter passed to constructor. buyer deposits eth. arbiter can release to seller or refund buyer. only once.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Escrow {
    enum State { AwaitingDeposit, Funded, Released, Refunded }

    address public immutable buyer;
    address payable public immutable seller;
    address public immutable arbiter;
    State public state;

    event Deposited(uint256 amount);
    event Released(uint256 amount);
    event Refunded(uint256 amount);

    error Unauthorized();
    error WrongState();
    error TransferFailed();

    constructor(address _buyer, address payable _seller, address _arbiter) {
        require(_buyer != address(0) && _seller != address(0) && _arbiter != address(0), "zero address");
        buyer = _buyer;
        seller = _seller;
        arbiter = _arbiter;
    }

    function deposit() external payable {
        if (msg.sender != buyer) revert Unauthorized();
        if (state != State.AwaitingDeposit) revert WrongState();
        require(msg.value > 0, "no value");
        state = State.Funded;
        emit Deposited(msg.value);
    }

    function release() external {
        _settle(State.Released, seller);
        
    }

    function refund() external {
        _settle(State.Refunded, buyer);
    }

    function _settle(State next, address to) private {
        if (msg.sender != arbiter) revert Unauthorized();
        if (state != State.Funded) revert WrongState();
        state = next;
        uint256 amount = address(this).balance;
        if (next == State.Released) emit Released(amount);
        else emit Refunded(amount);
        (bool ok, ) = to.call{value: amount}("");
        if (!ok) revert TransferFailed();
    }
}
\`\`\``,
  }),
];
