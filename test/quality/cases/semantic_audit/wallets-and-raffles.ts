import type { AnswerCase } from "../case.ts";
import { RAFFLE, VOTES, WALLET } from "./wallet-sources.ts";

const F = "```";
const P = (source: string, ask: string) => `${ask}\n\n${F}solidity\n${source}\n${F}`;
const VOTES_ASK = P(
  VOTES,
  "Review the token below. Structure: Findings with Severity / Location / Description / Impact / Recommendation.",
);
const WALLET_ASK = P(WALLET, "Audit our upgradeable smart wallet implementation. We deploy it behind ERC1967 proxies.");
const RAFFLE_ASK = P(RAFFLE, "Security review of this raffle, please. Sort by severity.");

const c = (name: string, expect: AnswerCase["expect"], prompt: string, answer: string): AnswerCase => ({
  name,
  task: "semantic_audit",
  prompt,
  answer,
  expect,
});

/** Audits of a token with votes, an upgradeable wallet and a raffle. */
export const WALLETS_AND_RAFFLES: readonly AnswerCase[] = [
  c(
    "reports the token's vote accounting like a contest submission",
    "verified",
    VOTES_ASK,
    `# High Risk Findings

## [H-01] Voting power is not moved on transfers

### Severity
High

### Location
https://github.com/example/vote/blob/main/VoteToken.sol#L58-L64, function \`_move\`

### Description
\`delegate\` credits the delegatee with the holder's balance (L38), but \`_move\` does not touch \`votes\`. After Alice has delegated her 100 tokens to Bob she may send the tokens to Carol, who delegates the same 100 tokens to Bob again.

### Impact
Votes may be multiplied without limit, any proposal can be forced through.

### Recommendation
Call an internal helper from \`_move\`, \`mint\` and \`delegate\`:

${F}solidity
function _moveVotes(address src, address dst, uint256 amount) internal {
    if (src != address(0)) votes[src] -= amount;
    if (dst != address(0)) votes[dst] += amount;
}
${F}

or inherit OpenZeppelin's \`ERC20Votes\`, which keeps checkpoints.

## [H-02] Delegating after receiving tokens reverts or corrupts votes

### Severity
High

### Location
VoteToken.sol#L36

### Description
\`votes[delegates[msg.sender]] -= balanceOf[msg.sender]\` takes the present balance off, though the former delegatee was credited with the balance at that time. For a first delegation \`delegates[msg.sender]\` is the zero address, whose votes are 0, so the subtraction reverts for every holder with a balance.

### Impact
Nobody who holds tokens can delegate at all: the governance is dead.

### Recommendation
Skip the subtraction where no delegatee is set and track the delegated amount per holder, e.g. in \`mapping(address => uint256) delegatedAmount\`.

# Medium Risk Findings

## [M-01] \`mint\` is unlimited

### Severity
Medium

### Location
VoteToken.sol#L29-L33

### Description
The minter may create any amount.

### Impact
Holders are diluted if the minter's key leaks.

### Recommendation
Introduce a cap and a timelock.

# Low Risk Findings

## [L-01] \`approve\` doesn't emit an event

### Severity
Low

### Location
VoteToken.sol#L53-L56

### Description
ERC-20 requires \`Approval\` to be emitted; the contract doesn't even declare the event.

### Impact
Wallets and explorers show stale allowances.

### Recommendation
Declare and emit \`Approval\`.`,
  ),
  c(
    "says the token's addition in _move overflows, and that its mint is open",
    "failed",
    VOTES_ASK,
    `## Finding 1
Severity: Critical
Location: \`mint\`, line 29
Description: There is no access control on \`mint\`.
Impact: Infinite supply.
Recommendation: Add a role.

## Finding 2
Severity: High
Location: \`_move\`, line 58
Description: Votes stay with the old delegatee.
Impact: Double voting.
Recommendation: Move votes too.`,
  ),
  c(
    "speaks of the token's checkpoints and permit",
    "failed",
    VOTES_ASK,
    `## Finding 1
Severity: High
Location: \`_move\`, line 58
Description: Votes stay with the old delegatee.
Impact: Double voting.
Recommendation: Move votes too.

## Finding 2
Severity: Medium
Location: \`delegate\`, line 35
Description: \`delegate\` pushes to the \`checkpoints\` array on each call, and \`getPastVotes()\` iterates over it linearly.
Impact: Reading votes may run out of gas.
Recommendation: Binary search.`,
  ),
  c(
    "finds the wallet's open upgrade and its replayed signatures",
    "verified",
    WALLET_ASK,
    `## SmartWallet – audit notes

**TL;DR** two criticals: anyone can upgrade the wallet, and signed calls can be replayed. Don't ship.

| ID | Severity | Title |
|----|----------|-------|
| C-1 | Critical | \`_authorizeUpgrade\` is empty |
| C-2 | Critical | \`executeSigned\` has no replay protection |
| H-1 | High | Owner of zero makes invalid signatures pass |
| M-1 | Medium | Session keys can't be revoked |
| M-2 | Medium | Implementation isn't initialised |
| L-1 | Low | Daily limit counts ETH only |

### C-1 \`_authorizeUpgrade\` is empty (Critical)
Location: \`SmartWallet._authorizeUpgrade\`, line 45.
\`UUPSUpgradeable.upgradeToAndCall\` relies on this hook for authorisation; since the body is empty, any address can point the proxy at an implementation of its own and take the funds.
Impact: total loss of all assets in every wallet.
Recommendation: \`function _authorizeUpgrade(address) internal override onlyOwner {}\`.

### C-2 \`executeSigned\` has no replay protection (Critical)
Location: \`executeSigned\`, lines 38–43.
The digest covers \`target\`, \`value\` and \`data\` only. \`nonce\` (line 12) is declared but never used; neither the chain id nor the wallet's address is signed.
Impact: whoever sees a signature can repeat the call until the wallet is empty, also on other chains and other wallets of the same owner.
Recommendation: include \`nonce++\`, \`block.chainid\` and \`address(this)\`, preferably through EIP-712 and a \`deadline\`.

### H-1 Owner of zero makes invalid signatures pass (High)
Location: line 40.
\`ecrecover\` gives \`address(0)\` for malformed signatures. After \`renounceOwnership()\` the owner is \`address(0)\`, so that everything passes.
Impact: anybody controls a renounced wallet.
Recommendation: use \`ECDSA.recover\` and disable renouncing.

### M-1 Session keys can't be revoked (Medium)
Location: \`addSessionKey\`, lines 20–23.
Impact: a leaked key keeps its access for good.
Recommendation: add \`removeSessionKey\` and an expiry (\`validUntil\`).

### M-2 Implementation isn't initialised (Medium)
Location: contract level, line 16.
Impact: anyone may call \`initialize\` on the implementation itself and, thanks to C-1, upgrade it.
Recommendation: \`constructor() { _disableInitializers(); }\`.

### L-1 Daily limit counts ETH only (Low)
Location: \`execute\`, lines 27–31.
Session keys can call \`transfer\` on any ERC-20 with \`value\` 0.
Impact: tokens aren't protected by the limit.
Recommendation: restrict targets and selectors per key.`,
  ),
  c(
    "says that the wallet's upgrade is reserved for its owner",
    "failed",
    WALLET_ASK,
    `### Replay (Critical)
Location: \`executeSigned\`, line 38.
Impact: signatures can be reused.
Recommendation: use \`nonce\`.

### Upgrade path (Informational)
Location: \`_authorizeUpgrade\`, line 45.
\`_authorizeUpgrade\` is restricted to the owner by \`onlyOwner\`, which is correct.
Recommendation: nothing to do.`,
  ),
  c(
    "makes up a guardian for the wallet",
    "failed",
    WALLET_ASK,
    `### Replay (Critical)
Location: \`executeSigned\`, line 38.
Impact: signatures can be reused.
Recommendation: use \`nonce\`.

### Empty authorisation of upgrades (Critical)
Location: \`_authorizeUpgrade\`, line 45.
Impact: anyone can replace the implementation.
Recommendation: \`onlyOwner\`.

### Social recovery can be abused (High)
Location: line 20.
Impact: A majority of \`recoveryGuardians\` can call \`recoverOwner\` without delay and steal the wallet.
Recommendation: add a delay of 48 hours.`,
  ),
  c(
    "claims that the wallet's initialiser can be run twice",
    "failed",
    WALLET_ASK,
    `### Re-initialisation (Critical)
Location: \`initialize\`, line 16.
Description: \`initialize\` lacks the \`initializer\` modifier, so anyone can call it again and become owner.
Impact: takeover.
Recommendation: add \`initializer\`.

### Empty authorisation of upgrades (Critical)
Location: \`_authorizeUpgrade\`, line 45.
Impact: anyone can replace the implementation.
Recommendation: \`onlyOwner\`.`,
  ),
  c(
    "sorts the raffle's findings by severity",
    "verified",
    RAFFLE_ASK,
    `### 🔍 Overview
The raffle sells tickets (\`buy\`), draws a winner (\`draw\`), and pays out (\`claim\`). \`refundAll\` is a kill switch for \`host\`.

### ⚠️ Findings

#### 1. Winner can be predicted and chosen — **Severity: High**
- **Location:** \`draw()\` (line 32)
- **Description:** \`blockhash(block.number - 1)\` and \`tickets.length\` are known in the same block, so a contract calculates \`index\` first and calls \`draw\` only if it wins.
- **Impact:** An attacker with one ticket wins the pot with certainty after some tries.
- **Recommendation:** Chainlink VRF (\`requestRandomWords\`) or commit–reveal.

#### 2. \`refundAll\` can be blocked by a single buyer — **Severity: High**
- **Location:** \`refundAll()\` (lines 46-48)
- **Description:** one ticket holder whose contract reverts in \`receive()\` makes the loop revert; with thousands of tickets it also exceeds the block gas limit.
- **Impact:** Refunds become impossible, ETH is stuck.
- **Recommendation:** Pull payments: a \`refund()\` that pays \`count[msg.sender] * PRICE\`.

#### 3. Host may refund after the draw — **Severity: Medium**
- **Location:** \`refundAll()\` (line 44)
- **Description:** nothing stops the host from calling \`refundAll\` when \`winner\` is already set.
- **Impact:** The winner loses the prize.
- **Recommendation:** \`require(winner == address(0))\` in \`refundAll\`.

#### 4. \`draw\` reverts without tickets — **Severity: Low**
- **Location:** \`draw()\` (line 32)
- **Impact:** Modulo by zero panics; harmless, as no money is held.
- **Recommendation:** \`require(tickets.length > 0)\`.

#### 5. \`transfer\` with a 2300 gas stipend — **Severity: Low**
- **Location:** \`claim()\` (line 41)
- **Impact:** A multisig that wins may be unable to take its prize.
- **Recommendation:** Use \`call\` with a reentrancy guard.

### ✅ What is fine
- \`buy\` checks the exact payment.
- \`claim\` sets \`winner\` before the transfer.`,
  ),
  c(
    "says that the raffle's claim pays before it writes",
    "failed",
    RAFFLE_ASK,
    `#### 1. Predictable draw — High
- **Location:** \`draw()\` (line 32)
- **Impact:** the winner can be chosen.
- **Recommendation:** VRF.

#### 2. Reentrancy in claim — High
- **Location:** \`claim()\` (line 41)
- **Description:** \`claim\` transfers the prize before it updates \`winner\`, so the winner can re-enter and claim several times.
- **Impact:** drained pot.
- **Recommendation:** update the state first.`,
  ),
  c(
    "says that anyone can trigger the raffle's refunds",
    "failed",
    RAFFLE_ASK,
    `#### 1. Predictable draw — High
- **Location:** \`draw()\` (line 32)
- **Impact:** the winner can be chosen.
- **Recommendation:** VRF.

#### 2. Unprotected refundAll — Critical
- **Location:** \`refundAll()\` (line 44)
- **Impact:** anyone is able to call refundAll and end the raffle.
- **Recommendation:** restrict it to the host.`,
  ),
  c(
    "says that the raffle's price is not enforced",
    "failed",
    RAFFLE_ASK,
    `#### 1. Predictable draw — High
- **Location:** \`draw()\` (line 32)
- **Impact:** the winner can be chosen.
- **Recommendation:** VRF.

#### 2. Tickets for free — Critical
- **Location:** \`buy()\` (line 19)
- **Description:** \`buy\` never compares \`msg.value\` with the price of the tickets.
- **Impact:** free tickets.
- **Recommendation:** require the exact payment.`,
  ),
  c(
    "invents a line in a quotation of the raffle",
    "failed",
    RAFFLE_ASK,
    `#### 1. Predictable draw — High
- **Location:** \`draw()\` (line 32)
- **Vulnerable code:**
${F}solidity
uint256 index = uint256(keccak256(abi.encodePacked(block.timestamp, block.difficulty, msg.sender))) % tickets.length;
${F}
- **Impact:** the winner can be chosen.
- **Recommendation:** VRF.

#### 2. Loop in refundAll — Medium
- **Location:** \`refundAll()\` (line 46)
- **Impact:** out of gas.
- **Recommendation:** pull payments.`,
  ),
  c(
    "is a terse list that is right nonetheless",
    "verified",
    RAFFLE_ASK,
    `1. [High] \`draw\` (L32): randomness from \`blockhash\` and \`tickets.length\` is predictable → the pot can be won at will. Fix: VRF or commit-reveal.
2. [High] \`refundAll\` (L46-48): push payments in an unbounded loop → one reverting holder blocks all refunds. Fix: let users pull their refund.
3. [Medium] \`refundAll\` (L44): callable after \`draw\` → winner's prize can be taken away. Fix: forbid it once \`winner\` is set.
4. [Low] \`claim\` (L41): \`transfer\` stipend may be too small for contract wallets → prize stuck. Fix: use \`call\`.`,
  ),
  c(
    "is a short paragraph for each finding",
    "verified",
    VOTES_ASK,
    `**High severity – double voting.** Location: \`_move\` (lines 58-64). Description: transferring tokens doesn't move \`votes\`, so the same tokens can be delegated over and over by different holders. Impact: an attacker gains unlimited voting power. Recommendation: update votes in \`_move\` or use \`ERC20Votes\`.

**High severity – delegation reverts for holders.** Location: \`delegate\` (line 36). Description: for somebody who has not yet delegated, \`delegates[msg.sender]\` is the zero address and the subtraction underflows. Impact: delegation is unusable. Recommendation: only subtract when a delegate is set.

**Low severity – no \`Approval\` event.** Location: \`approve\` (line 53). Description: the standard event is missing. Impact: integrations can't follow allowances. Recommendation: emit it.`,
  ),
  c(
    "finds the wallet sound",
    "failed",
    WALLET_ASK,
    `After reviewing \`initialize\`, \`addSessionKey\`, \`execute\`, \`executeSigned\`, \`_authorizeUpgrade\` and \`receive\`, I found no vulnerabilities. \`initialize\` can only run once, \`addSessionKey\` is \`onlyOwner\`, \`execute\` checks the owner or a session key and enforces the daily limit, and \`executeSigned\` verifies the owner's signature with a nonce that prevents replays. Upgrades are limited to the owner. The wallet is safe to deploy.`,
  ),
];
