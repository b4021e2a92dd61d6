import type { TaskScript } from "./answer.ts";

const CONTRACT = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title TimeVault
/// @author Scripted answer of the Signalbox sandbox
/// @notice Holds ether for its depositors until a time lock of their own has passed.
/// @dev State is updated before ether leaves the contract, and a guard rejects nested calls.
contract TimeVault {
    /// @notice A deposit and the moment from which it may be withdrawn.
    struct Deposit {
        uint128 amount;
        uint64 unlockTime;
    }

    /// @notice The longest time lock, in seconds.
    uint64 public constant MAX_LOCK = 365 days;

    /// @notice The deposit of each account.
    mapping(address account => Deposit held) public deposits;

    bool private entered;

    /// @notice Emitted when an account adds to its deposit.
    event Deposited(address indexed account, uint256 amount, uint256 unlockTime);

    /// @notice Emitted when an account takes ether out.
    event Withdrawn(address indexed account, uint256 amount);

    /// @notice The amount is zero.
    error ZeroAmount();

    /// @notice The amount does not fit into a deposit.
    error AmountTooLarge(uint256 amount);

    /// @notice The time lock is longer than MAX_LOCK.
    error LockTooLong(uint64 lockSeconds);

    /// @notice The deposit is locked until unlockTime.
    error StillLocked(uint256 unlockTime);

    /// @notice The account holds less than it asks for.
    error InsufficientBalance(uint256 available, uint256 requested);

    /// @notice The receiver did not take the ether.
    error TransferFailed();

    /// @notice A nested call was rejected.
    error Reentered();

    modifier nonReentrant() {
        if (entered) revert Reentered();
        entered = true;
        _;
        entered = false;
    }

    /// @notice Adds the sent ether to the caller's deposit. A new lock never shortens an older one.
    /// @param lockSeconds Seconds from now until the whole deposit may be withdrawn.
    function deposit(uint64 lockSeconds) external payable {
        if (msg.value == 0) revert ZeroAmount();
        if (lockSeconds > MAX_LOCK) revert LockTooLong(lockSeconds);
        Deposit storage held = deposits[msg.sender];
        uint256 total = uint256(held.amount) + msg.value;
        if (total > type(uint128).max) revert AmountTooLarge(total);
        uint64 unlockTime = uint64(block.timestamp) + lockSeconds;
        if (unlockTime < held.unlockTime) unlockTime = held.unlockTime;
        held.amount = uint128(total);
        held.unlockTime = unlockTime;
        emit Deposited(msg.sender, msg.value, unlockTime);
    }

    /// @notice Sends part of the caller's unlocked deposit back to the caller.
    /// @param amount Wei to withdraw.
    function withdraw(uint256 amount) external nonReentrant {
        if (amount == 0) revert ZeroAmount();
        Deposit storage held = deposits[msg.sender];
        if (block.timestamp < held.unlockTime) revert StillLocked(held.unlockTime);
        if (amount > held.amount) revert InsufficientBalance(held.amount, amount);
        held.amount -= uint128(amount);
        emit Withdrawn(msg.sender, amount);
        (bool sent, ) = payable(msg.sender).call{value: amount}("");
        if (!sent) revert TransferFailed();
    }

    /// @notice Tells what an account holds.
    /// @param account The account to look up.
    /// @return amount Wei held for the account.
    function balanceOf(address account) external view returns (uint256 amount) {
        return deposits[account].amount;
    }
}
`;

/** Writing a contract. The bad answer breaks off in the middle of a function, so that it does not parse. */
export const solidity: TaskScript = {
  task: "solidity_codegen",
  matches: /\bsolidity\b|smart contract|pragma solidity/i,
  prompt:
    "Write a Solidity 0.8 contract `TimeVault` in which each account deposits ether under a time lock of its own. It needs " +
    "`deposit(uint64 lockSeconds)` payable, `withdraw(uint256 amount)` and `balanceOf(address account)` view, the events " +
    "`Deposited` and `Withdrawn`, custom errors instead of strings, protection against reentrancy, and NatSpec.",
  good: `\`\`\`solidity\n${CONTRACT}\`\`\`\n`,
  bad: `\`\`\`solidity
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// sandbox: a deliberately broken answer
contract TimeVault {
    mapping(address => uint256 public balances;

    function deposit(uint64 lockSeconds) external payable {
        balances[msg.sender] += msg.value

    function withdraw(uint256 amount) external {
        payable(msg.sender).transfer(amount);
    }
\`\`\`
`,
};
