import { good } from "../code.ts";

/** Contracts that keep what belongs to others and hand it out by their rules. */
export const KEEPERS = [
  good({
    name: "a linear vesting wallet with a cliff, constructor as asked",
    prompt:
      "Write a token vesting contract in Solidity. Constructor: token address, beneficiary, start timestamp, cliff duration and total duration (seconds). `releasable()` returns what can be claimed now, `release()` sends it to the beneficiary and emits `TokensReleased(uint256 amount)`. Nothing vests before the cliff; linear after that. Revert with custom error NothingToRelease if there is nothing.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity 0.8.26;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

contract LinearVesting {
    using SafeERC20 for IERC20;

    IERC20 public immutable token;
    address public immutable beneficiary;
    uint64 public immutable start;
    uint64 public immutable cliff;
    uint64 public immutable duration;

    uint256 public released;

    event TokensReleased(uint256 amount);

    error NothingToRelease();
    error ZeroAddress();
    error InvalidSchedule();

    constructor(address token_, address beneficiary_, uint64 start_, uint64 cliffDuration_, uint64 duration_) {
        if (token_ == address(0) || beneficiary_ == address(0)) revert ZeroAddress();
        if (duration_ == 0 || cliffDuration_ > duration_) revert InvalidSchedule();
        token = IERC20(token_);
        beneficiary = beneficiary_;
        start = start_;
        cliff = start_ + cliffDuration_;
        duration = duration_;
    }

    function releasable() public view returns (uint256) {
        return vestedAmount(uint64(block.timestamp)) - released;
    }

    function release() external {
        uint256 amount = releasable();
        if (amount == 0) revert NothingToRelease();
        released += amount;
        emit TokensReleased(amount);
        token.safeTransfer(beneficiary, amount);
    }

    function vestedAmount(uint64 timestamp) public view returns (uint256) {
        uint256 total = token.balanceOf(address(this)) + released;
        if (timestamp < cliff) return 0;
        if (timestamp >= start + duration) return total;
        return (total * (timestamp - start)) / duration;
    }
}
\`\`\`

\`release()\` is deliberately permissionless: the tokens can only go to the beneficiary.`,
  }),
  good({
    name: "a pausable tokenised vault from one line",
    prompt: "erc4626 vault, owner can pause deposits & mints, withdrawals always open. oz v5",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC4626, ERC20, IERC20} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";

contract PausableVault is ERC4626, Ownable, Pausable {
    constructor(IERC20 asset_, address owner_)
        ERC4626(asset_)
        ERC20("Vault Share", "vSHARE")
        Ownable(owner_)
    {}

    function pause() external onlyOwner { _pause(); }
    function unpause() external onlyOwner { _unpause(); }

    function maxDeposit(address receiver) public view override returns (uint256) {
        return paused() ? 0 : super.maxDeposit(receiver);
    }

    function maxMint(address receiver) public view override returns (uint256) {
        return paused() ? 0 : super.maxMint(receiver);
    }

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares)
        internal
        override
        whenNotPaused
    {
        super._deposit(caller, receiver, assets, shares);
    }
}
\`\`\`
Withdrawals and redemptions are untouched, so users can always exit.`,
  }),
  good({
    name: "staking with rewards per second",
    prompt:
      "Build a staking contract: users stake an ERC20 and earn another ERC20 at a fixed reward rate per second shared pro rata. Functions stake(uint256), withdraw(uint256), claim(), earned(address). Owner can change rewardRate. Events Staked, Withdrawn, RewardPaid. Protect against reentrancy.",
    answer: `This uses the well-known Synthetix accumulator pattern.

\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

contract StakingRewards is Ownable, ReentrancyGuard {
    using SafeERC20 for IERC20;

    IERC20 public immutable stakingToken;
    IERC20 public immutable rewardToken;

    uint256 public rewardRate;
    uint256 public lastUpdate;
    uint256 public rewardPerTokenStored;
    uint256 public totalStaked;

    mapping(address => uint256) public balanceOf;
    mapping(address => uint256) public rewards;
    mapping(address => uint256) public userRewardPerTokenPaid;

    event Staked(address indexed user, uint256 amount);
    event Withdrawn(address indexed user, uint256 amount);
    event RewardPaid(address indexed user, uint256 reward);
    event RewardRateUpdated(uint256 oldRate, uint256 newRate);

    error ZeroAmount();
    error InsufficientStake();

    constructor(IERC20 _stakingToken, IERC20 _rewardToken, uint256 _rewardRate) Ownable(msg.sender) {
        stakingToken = _stakingToken;
        rewardToken = _rewardToken;
        rewardRate = _rewardRate;
        lastUpdate = block.timestamp;
    }

    modifier updateReward(address account) {
        rewardPerTokenStored = rewardPerToken();
        lastUpdate = block.timestamp;
        if (account != address(0)) {
            rewards[account] = earned(account);
            userRewardPerTokenPaid[account] = rewardPerTokenStored;
        }
        _;
    }

    function rewardPerToken() public view returns (uint256) {
        if (totalStaked == 0) return rewardPerTokenStored;
        return rewardPerTokenStored + ((block.timestamp - lastUpdate) * rewardRate * 1e18) / totalStaked;
    }

    function earned(address account) public view returns (uint256) {
        return (balanceOf[account] * (rewardPerToken() - userRewardPerTokenPaid[account])) / 1e18 + rewards[account];
    }

    function stake(uint256 amount) external nonReentrant updateReward(msg.sender) {
        if (amount == 0) revert ZeroAmount();
        totalStaked += amount;
        balanceOf[msg.sender] += amount;
        stakingToken.safeTransferFrom(msg.sender, address(this), amount);
        emit Staked(msg.sender, amount);
    }

    function withdraw(uint256 amount) external nonReentrant updateReward(msg.sender) {
        if (amount == 0) revert ZeroAmount();
        if (balanceOf[msg.sender] < amount) revert InsufficientStake();
        totalStaked -= amount;
        balanceOf[msg.sender] -= amount;
        stakingToken.safeTransfer(msg.sender, amount);
        emit Withdrawn(msg.sender, amount);
    }

    function claim() external nonReentrant updateReward(msg.sender) {
        uint256 reward = rewards[msg.sender];
        if (reward > 0) {
            rewards[msg.sender] = 0;
            rewardToken.safeTransfer(msg.sender, reward);
            emit RewardPaid(msg.sender, reward);
        }
    }

    function setRewardRate(uint256 newRate) external onlyOwner updateReward(address(0)) {
        emit RewardRateUpdated(rewardRate, newRate);
        rewardRate = newRate;
    }
}
\`\`\`

**Security considerations**: state is updated before transfers, \`nonReentrant\` is on every entry point.`,
  }),
  good({
    name: "a merkle airdrop with a deadline",
    prompt: `We need a Merkle airdrop contract for our token.

Requirements:
1. merkle root and claim deadline fixed at deployment
2. claim(index, account, amount, proof) — each index only once
3. after the deadline the owner may sweep the leftover tokens
4. isClaimed(index) view
5. event Claimed(uint256 index, address account, uint256 amount)`,
    answer: `Here you go — claims are tracked in a bitmap, as in Uniswap's distributor.

\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Ownable2Step, Ownable} from "@openzeppelin/contracts/access/Ownable2Step.sol";

contract MerkleAirdrop is Ownable2Step {
    using SafeERC20 for IERC20;

    IERC20 public immutable token;
    bytes32 public immutable merkleRoot;
    uint256 public immutable deadline;

    mapping(uint256 => uint256) private claimedBitMap;

    event Claimed(uint256 index, address account, uint256 amount);
    event Swept(address indexed to, uint256 amount);

    error AlreadyClaimed();
    error InvalidProof();
    error ClaimPeriodOver();
    error ClaimPeriodActive();

    constructor(IERC20 token_, bytes32 merkleRoot_, uint256 deadline_) Ownable(msg.sender) {
        token = token_;
        merkleRoot = merkleRoot_;
        deadline = deadline_;
    }

    function isClaimed(uint256 index) public view returns (bool) {
        uint256 word = claimedBitMap[index / 256];
        uint256 mask = 1 << (index % 256);
        return word & mask == mask;
    }

    function claim(uint256 index, address account, uint256 amount, bytes32[] calldata proof) external {
        if (block.timestamp > deadline) revert ClaimPeriodOver();
        if (isClaimed(index)) revert AlreadyClaimed();

        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(index, account, amount))));
        if (!MerkleProof.verifyCalldata(proof, merkleRoot, leaf)) revert InvalidProof();

        _setClaimed(index);
        token.safeTransfer(account, amount);
        emit Claimed(index, account, amount);
    }

    function sweep(address to) external onlyOwner {
        if (block.timestamp <= deadline) revert ClaimPeriodActive();
        uint256 amount = token.balanceOf(address(this));
        token.safeTransfer(to, amount);
        emit Swept(to, amount);
    }

    function _setClaimed(uint256 index) private {
        claimedBitMap[index / 256] |= 1 << (index % 256);
    }
}
\`\`\``,
  }),
  good({
    name: "an upgradeable donation vault on the 4.x paths",
    prompt:
      "Write an upgradeable donation vault in Solidity. Owner set in initialize(). Anyone can donate ETH, donations are recorded per donor; only the owner can withdraw, protected from reentrancy.",
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.9;

import "@openzeppelin/contracts-upgradeable/proxy/utils/Initializable.sol";
import "@openzeppelin/contracts-upgradeable/access/OwnableUpgradeable.sol";
import "@openzeppelin/contracts-upgradeable/security/ReentrancyGuardUpgradeable.sol";

contract DonationVault is Initializable, OwnableUpgradeable, ReentrancyGuardUpgradeable {
    mapping(address => uint256) public donations;
    uint256 public totalDonated;

    event Donated(address indexed donor, uint256 amount);
    event Withdrawn(address indexed to, uint256 amount);

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor() {
        _disableInitializers();
    }

    function initialize() public initializer {
        __Ownable_init();
        __ReentrancyGuard_init();
    }

    function donate() external payable {
        require(msg.value > 0, "No ETH sent");
        donations[msg.sender] += msg.value;
        totalDonated += msg.value;
        emit Donated(msg.sender, msg.value);
    }

    function withdraw(uint256 amount) external onlyOwner nonReentrant {
        require(amount <= address(this).balance, "Insufficient balance");
        (bool ok, ) = payable(owner()).call{value: amount}("");
        require(ok, "Transfer failed");
        emit Withdrawn(owner(), amount);
    }
}
\`\`\``,
  }),
  good({
    name: "a payment splitter",
    prompt: `Revenue split contract please.

* constructor(address[] payees, uint256[] shares)
* receives ETH
* release(address payable account) pays what is due to that payee (anyone may trigger)
* view functions: totalShares, totalReleased, pending(address)
* events PayeeAdded, PaymentReceived, PaymentReleased`,
    answer: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract RevenueSplit {
    uint256 public totalShares;
    uint256 public totalReleased;

    mapping(address => uint256) public shares;
    mapping(address => uint256) public released;
    address[] public payees;

    event PayeeAdded(address account, uint256 shares);
    event PaymentReceived(address from, uint256 amount);
    event PaymentReleased(address to, uint256 amount);

    error LengthMismatch();
    error NoPayees();
    error InvalidPayee();
    error NothingDue();
    error PaymentFailed();

    constructor(address[] memory payees_, uint256[] memory shares_) payable {
        if (payees_.length != shares_.length) revert LengthMismatch();
        if (payees_.length == 0) revert NoPayees();
        for (uint256 i = 0; i < payees_.length; ++i) {
            _addPayee(payees_[i], shares_[i]);
        }
    }

    receive() external payable {
        emit PaymentReceived(msg.sender, msg.value);
    }

    function pending(address account) public view returns (uint256) {
        uint256 totalReceived = address(this).balance + totalReleased;
        return (totalReceived * shares[account]) / totalShares - released[account];
    }

    function release(address payable account) external {
        uint256 amount = pending(account);
        if (amount == 0) revert NothingDue();
        released[account] += amount;
        totalReleased += amount;
        (bool ok, ) = account.call{value: amount}("");
        if (!ok) revert PaymentFailed();
        emit PaymentReleased(account, amount);
    }

    function _addPayee(address account, uint256 shares_) private {
        if (account == address(0) || shares_ == 0 || shares[account] != 0) revert InvalidPayee();
        payees.push(account);
        shares[account] = shares_;
        totalShares += shares_;
        emit PayeeAdded(account, shares_);
    }
}
\`\`\`

Rounding dust stays in the contract and is paid out with the next payment.`,
  }),
];
