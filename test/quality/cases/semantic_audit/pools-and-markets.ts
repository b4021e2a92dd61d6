import type { AnswerCase } from "../case.ts";
import { MARKET, STAKING } from "./pool-sources.ts";

const F = "```";
const sol = (source: string, ask: string) => `${ask}\n\n${F}solidity\n${source}\n${F}`;
const STAKE_ASK = sol(
  STAKING,
  "Please do a security audit of the following contract. List every finding with severity, location, impact and a recommended fix.",
);
const MARKET_ASK = sol(MARKET, "Audit this NFT marketplace before we deploy it to mainnet.");

const c = (name: string, expect: AnswerCase["expect"], prompt: string, answer: string): AnswerCase => ({
  name,
  task: "semantic_audit",
  prompt,
  answer,
  expect,
});

/** Audits of a staking pool and a market, written by somebody who had not seen the checks. */
export const POOLS_AND_MARKETS: readonly AnswerCase[] = [
  c(
    "reports the staking pool under headings with bold fields",
    "verified",
    STAKE_ASK,
    `# Security Audit: StakingPool

## Summary

| Severity | Count |
|----------|-------|
| Critical | 1 |
| High | 1 |
| Medium | 2 |
| Low | 1 |
| Informational | 1 |

---

## [C-01] Reentrancy in \`unstake()\` lets an attacker drain the pool

**Severity:** Critical
**Location:** \`StakingPool.unstake()\`, lines 44-51

**Description**

The ETH transfer on line 46 is made before \`stakes[msg.sender]\` is reduced on line 48:

${F}solidity
(bool ok, ) = msg.sender.call{value: amount}("");
require(ok, "transfer failed");
stakes[msg.sender] -= amount;
${F}

A contract can re-enter \`unstake()\` from its \`receive()\` function while the balance check still passes.

> Note: with Solidity 0.8 the nested decrement underflows once the recursion unwinds if the attacker asks for more than the stake in total, which reverts the outer frames. An attacker can still re-enter other entry points, and the pattern must not be relied upon.

**Impact:** All ETH held by the pool may be stolen or accounting corrupted.

**Recommendation:** Apply checks-effects-interactions and add OpenZeppelin's \`ReentrancyGuard\`:

${F}solidity
function unstake(uint256 amount) external nonReentrant {
    require(stakes[msg.sender] >= amount, "insufficient stake");
    stakes[msg.sender] -= amount;
    totalStaked -= amount;
    (bool ok, ) = msg.sender.call{value: amount}("");
    require(ok, "transfer failed");
    emit Unstaked(msg.sender, amount);
}
${F}

---

## [H-01] Anyone can change the reward rate

**Severity:** High
**Location:** \`setRewardRate(uint256)\`, line 60

**Description:** \`setRewardRate\` has no access control, whereas \`setPaused\` is protected by \`onlyOwner\`.

**Impact:** An attacker sets an enormous \`rewardRate\`, calls \`claim()\` and empties the reward token balance.

**Recommendation:** Add the \`onlyOwner\` modifier and emit an event such as \`RewardRateUpdated\`.

---

## [M-01] Return value of \`rewardToken.transfer\` is ignored

**Severity:** Medium
**Location:** \`claim()\`, line 57

**Impact:** Tokens that return \`false\` instead of reverting make users lose their reward, since \`lastUpdate\` has been advanced.

**Recommendation:** Use \`SafeERC20.safeTransfer\`.

---

## [M-02] Staking again wipes out pending rewards

**Severity:** Medium
**Location:** \`stake()\`, line 40

**Impact:** \`lastUpdate[msg.sender]\` is overwritten without paying what accrued, so users forfeit rewards each time they top up.

**Recommendation:** Settle the pending reward before updating \`stakes\`.

---

## [L-01] \`unstake\` does not settle rewards either

**Severity:** Low
**Location:** \`unstake()\`, line 44

**Impact:** Rewards on the withdrawn part are lost.

**Recommendation:** Call an internal \`_settle(msg.sender)\` first.

---

## [I-01] No ownership transfer

**Severity:** Informational
**Location:** \`owner\`, line 9

**Impact:** If the owner key is lost, \`setPaused\` can never be used again.

**Recommendation:** Inherit from \`Ownable2Step\`.
`,
  ),
  c(
    "puts the staking pool's findings into one table",
    "verified",
    STAKE_ASK,
    `I reviewed \`StakingPool\` (64 lines). Findings, most severe first:

| # | Severity | Location | Issue | Impact | Fix |
|---|---|---|---|---|---|
| 1 | **Critical** | \`unstake\` (L44–51) | External call before state update → reentrancy | Re-entering caller can corrupt \`stakes\`/\`totalStaked\` and pull out other users' ETH | Move the two decrements above the call; add \`nonReentrant\` |
| 2 | **High** | \`setRewardRate\` (L60) | Missing access control | Anyone may set \`rewardRate\` and drain the reward tokens via \`claim\` | Add \`onlyOwner\` |
| 3 | **Medium** | \`claim\` (L57) | Unchecked ERC-20 return value | Reward silently lost with non-reverting tokens | Use \`SafeERC20\` |
| 4 | **Medium** | \`stake\` (L40) | \`lastUpdate\` reset discards accrued rewards | Users lose rewards on top-up | Claim before changing the stake |
| 5 | **Low** | \`setRewardRate\`, \`setPaused\` | No events | Off-chain monitoring is blind | Emit events on both |
| 6 | **Info** | \`unstake\` | Works while \`paused\` | Probably intended so users can always exit | Document the decision |

**Overall:** not ready for deployment until 1 and 2 are fixed.`,
  ),
  c(
    "names a function of the pool that is not there",
    "failed",
    STAKE_ASK,
    `## Findings

### 1. Reentrancy in \`unstake()\` (Critical)
- **Location:** lines 44-51
- **Impact:** ETH of the pool can be drained since the call on line 46 comes before the update of \`stakes\`.
- **Fix:** update state first, add \`ReentrancyGuard\`.

### 2. Missing access control on \`setRewardRate()\` (High)
- **Location:** line 60
- **Impact:** anyone can inflate the rewards.
- **Fix:** add \`onlyOwner\`.

### 3. \`emergencyWithdraw()\` lets the owner take all stakes (High)
- **Location:** \`emergencyWithdraw()\`
- **Impact:** a malicious owner can rug all users.
- **Fix:** remove the function or put it behind a timelock.`,
  ),
  c(
    "gives lines of the pool that are far off",
    "failed",
    STAKE_ASK,
    `**1. [Critical] Reentrancy – unstake() – line 121**
The external call happens before the state change. Impact: theft of the whole ETH balance. Recommendation: checks-effects-interactions.

**2. [High] No access control – setRewardRate() – line 158**
Impact: any caller can set the rate. Recommendation: onlyOwner.

**3. [Medium] Unchecked transfer – claim() – line 147**
Impact: lost rewards. Recommendation: SafeERC20.`,
  ),
  c(
    "says that setPaused is open though onlyOwner guards it",
    "failed",
    STAKE_ASK,
    `## Audit report

### High: Missing access control in setPaused
**Location:** \`setPaused(bool)\` (line 64)
**Description:** The function \`setPaused\` has no access control, so any account can pause the protocol.
**Impact:** Denial of service for every staker.
**Recommendation:** Add an \`onlyOwner\` modifier.

### Critical: Reentrancy in unstake
**Location:** \`unstake(uint256)\` (line 44)
**Description:** ETH is sent before \`stakes\` is decreased.
**Impact:** Attackers can drain the pool.
**Recommendation:** Follow checks-effects-interactions.

### High: Missing access control in setRewardRate
**Location:** \`setRewardRate(uint256)\` (line 60)
**Description:** Anyone can call it.
**Impact:** Reward tokens are drained.
**Recommendation:** Restrict to the owner.`,
  ),
  c(
    "finds nothing in the holed pool",
    "failed",
    STAKE_ASK,
    `# Audit of StakingPool

I carefully reviewed the contract \`StakingPool\` and its functions \`stake\`, \`unstake\`, \`claim\`, \`setRewardRate\` and \`setPaused\`.

**Result: no issues found.** The contract uses Solidity 0.8, so arithmetic is safe, all privileged functions are protected and the code follows best practices. It is ready for deployment.`,
  ),
  c(
    "lists the pool's problems without severity, impact or fix",
    "failed",
    STAKE_ASK,
    `Here are the things I noticed:

- unstake sends ETH on line 46
- setRewardRate is on line 60
- claim uses rewardToken.transfer
- stake sets lastUpdate`,
  ),
  c(
    "invents a modifier in passing beside true findings",
    "failed",
    STAKE_ASK,
    `### 1. Critical – Reentrancy in \`unstake\`
**Where:** line 46
**Impact:** The \`noReentry\` modifier that is applied to \`stake\` is not applied here, so a contract may call back before \`stakes\` is lowered and drain ETH.
**Fix:** Apply the same modifier and move the effects up.

### 2. High – Open \`setRewardRate\`
**Where:** line 60
**Impact:** Anybody can set the rate.
**Fix:** Add \`onlyOwner\`.`,
  ),
  c(
    "audits the pool as if it were another contract",
    "failed",
    STAKE_ASK,
    `# Audit of TokenVesting

## H-1: Owner can revoke vested tokens
**Severity:** High
**Location:** \`TokenVesting.revoke()\`
**Impact:** Beneficiaries lose tokens which had already vested.
**Recommendation:** Compute \`vestedAmount()\` and pay it out before revoking.

## M-1: No zero-address check for beneficiary
**Severity:** Medium
**Location:** \`TokenVesting.constructor\`
**Impact:** Tokens might be locked for ever.
**Recommendation:** \`require(beneficiary != address(0))\`.`,
  ),
  c(
    "reports the market in numbered findings with snippets",
    "verified",
    MARKET_ASK,
    `# NftMarket – Security Review

**Scope:** \`NftMarket\` (1 contract, Solidity 0.8.24)

### 1. 🔴 Critical: \`updatePrice\` lacks authorization
\`NftMarket.updatePrice\` (L62-64) writes \`listings[nft][id].price\` without checking that the caller is the seller:

${F}solidity
function updatePrice(address nft, uint256 id, uint256 price) external {
    listings[nft][id].price = price;
}
${F}

**Impact:** An attacker sets the price of any listing to 0 and immediately calls \`buy\`, taking the NFT for nothing.

**Recommendation:**
${F}diff
 function updatePrice(address nft, uint256 id, uint256 price) external {
+    Listing storage l = listings[nft][id];
+    if (!l.active) revert NotListed();
+    if (l.seller != msg.sender) revert NotSeller();
-    listings[nft][id].price = price;
+    l.price = price;
+    emit PriceUpdated(nft, id, price);
 }
${F}

### 2. 🟠 Medium: Overpayment is kept
\`buy\` (L46) only checks \`msg.value < l.price\`. **Impact:** a buyer that sends too much pays the surplus to the seller, and a seller can front-run. **Recommendation:** require \`msg.value == l.price\` or refund the difference.

### 3. 🟠 Medium: Arbitrary \`nft\` contracts are accepted
\`list\` (L30) takes any address. **Impact:** malicious token contracts can pretend to transfer, so that buyers pay for nothing; only \`list\` has no \`nonReentrant\`. **Recommendation:** keep an allow-list of collections and verify \`ownerOf\` after the transfer.

### 4. 🟡 Low: \`transferFrom\` rather than \`safeTransferFrom\`
\`buy\` (L51). **Impact:** NFTs sent to contracts which cannot handle ERC-721 are stuck. **Recommendation:** use \`safeTransferFrom\`; the state has been updated before, so a callback is harmless.

### 5. 🟡 Low: missing zero-address checks
\`constructor\` and \`setTreasury\` (L66). **Impact:** fees could be locked. **Recommendation:** \`require(next != address(0))\`.

Positive: \`withdraw\` uses pull payments and zeroes \`proceeds\` before the call.`,
  ),
  c(
    "says the market's withdraw can be re-entered though it cannot",
    "failed",
    MARKET_ASK,
    `## 1. Reentrancy in withdraw (High)
**Location:** \`withdraw()\`, L55-60
**Impact:** \`withdraw\` has no reentrancy protection and updates \`proceeds\` after the call, so an attacker can drain all proceeds.
**Fix:** Add \`nonReentrant\` and zero the balance first.

## 2. No authorization on updatePrice (Critical)
**Location:** \`updatePrice\`, L62
**Impact:** NFTs can be bought for 0.
**Fix:** check \`seller\`.`,
  ),
  c(
    "misquotes the market's code",
    "failed",
    MARKET_ASK,
    `### Finding 1 — Unrestricted price update
- Severity: Critical
- Location: \`updatePrice()\` L62
- Impact: any listing can be repriced to 0 and bought.
- Recommendation: require the caller to be the seller.

### Finding 2 — tx.origin authentication in setTreasury
- Severity: High
- Location: \`setTreasury()\` L66
- Code:
${F}solidity
function setTreasury(address payable next) external {
    require(tx.origin == treasury, "not treasury");
    treasury = next;
}
${F}
- Impact: phishing contracts can redirect the treasury.
- Recommendation: use msg.sender.`,
  ),
  c(
    "claims a check that the market does not make",
    "failed",
    MARKET_ASK,
    `# Review

**Low – \`updatePrice\` emits no event.** Location: \`updatePrice\` (L62). The function properly verifies that the caller is the seller before it changes the price, but no event is emitted. Impact: indexers show stale prices. Fix: emit \`PriceUpdated\`.

**Medium – overpayment in \`buy\`.** Location: \`buy\` (L46). Impact: surplus goes to the seller. Fix: require the exact price.`,
  ),
];
