import type { AnswerCase } from "../case.ts";
import { DROP, VAULT } from "./vault-and-bridge-sources.ts";

const F = "```";
const VAULT_ASK = `You are a senior smart contract auditor. Audit this vault:\n\n${F}solidity\n${VAULT}\n${F}`;
const DROP_ASK = `Can you check my NFT contract for bugs before mint day?\n\n${F}\n${DROP}\n${F}`;

const c = (name: string, expect: AnswerCase["expect"], prompt: string, answer: string): AnswerCase => ({
  name,
  task: "semantic_audit",
  prompt,
  answer,
  expect,
});

/** Audits of a token vault and of an NFT drop: long reports full of new names, and short ones that are not true. */
export const VAULT_AND_DROP: readonly AnswerCase[] = [
  c(
    "writes a long vault report with a test and new names in the fixes",
    "verified",
    VAULT_ASK,
    `# YieldVault Security Assessment

**Auditor:** AI-assisted review
**Commit:** n/a
**Compiler:** ^0.8.20

## Executive Summary

\`YieldVault\` is a minimal tokenised vault on top of OpenZeppelin's \`ERC20\`. I identified **1 High**, **3 Medium**, **2 Low** and **2 Informational** issues. Reentrancy is well handled: both \`deposit\` and \`withdraw\` carry the \`nonReentrant\` modifier.

## Findings

### H-01: First-depositor share inflation attack

| | |
|---|---|
| **Severity** | High |
| **Location** | \`YieldVault.deposit()\` L39-L47, \`totalAssets()\` L34-L37 |

**Description.** Shares are computed as \`(assets * supply) / totalAssets()\`. \`totalAssets()\` uses \`asset.balanceOf(address(this))\`, which anyone may inflate by a direct transfer ("donation").

**Attack scenario**
1. Alice front-runs Bob's first deposit and deposits 1 wei, receiving 1 share.
2. She transfers 10,000e18 tokens directly to the vault.
3. Bob deposits 19,999e18 and gets \`19_999e18 * 1 / 10_000e18 = 1\` share (rounded down).
4. Alice redeems her share for roughly half of the pool.

**Proof of concept**
${F}solidity
function test_inflation() public {
    vm.startPrank(alice);
    token.approve(address(vault), type(uint256).max);
    vault.deposit(1);
    token.transfer(address(vault), 10_000e18);
    vm.stopPrank();
    vm.prank(bob);
    uint256 bobShares = vault.deposit(19_999e18);
    assertEq(bobShares, 1);
}
${F}

**Impact.** Early depositors lose a large part of their funds; with bigger donations victims receive 0 shares.

**Recommendation.** Use OpenZeppelin's \`ERC4626\` with \`_decimalsOffset()\`, or mint dead shares in the constructor, and revert on zero shares:

${F}solidity
require(shares > 0, "zero shares");
uint256 constant VIRTUAL_SHARES = 1e3;
shares = (assets * (supply + VIRTUAL_SHARES)) / (totalAssets() + 1);
${F}

### M-01: Unbounded withdrawal fee

**Severity:** Medium — **Location:** \`setWithdrawalFee\` (L71)

The owner may set \`withdrawalFeeBps\` to any value. At 10,000 users receive nothing; above that \`withdraw\` reverts due to underflow in \`assets - fee\` and funds are frozen.

**Impact:** Rug-pull vector or permanent freeze.

**Recommendation:** Introduce \`MAX_FEE_BPS\` (e.g. 500) and check \`bps <= MAX_FEE_BPS\`.

### M-02: \`setStrategy\` strands invested funds

**Severity:** Medium — **Location:** \`setStrategy\` (L67)

Swapping the strategy doesn't call \`divest\` on the old one, so \`totalAssets()\` collapses, and share price with it.

**Impact:** Users who withdraw after the switch receive far too little; whoever deposits gets too many shares.

**Recommendation:** Divest everything first, e.g. \`strategy.divest(strategy.balance())\`, and put the change behind a timelock.

### M-03: Return value of \`divest\` is ignored

**Severity:** Medium — **Location:** \`withdraw\` (L54)

If the strategy returns less than \`assets - idle\` (slippage, loss), the following \`safeTransfer\` reverts or other users pay.

**Impact:** Withdrawals are blocked when the strategy is short.

**Recommendation:** Use the \`received\` amount and introduce a \`maxLoss\` parameter.

### L-01: \`feeRecipient\` isn't validated and cannot be changed

**Severity:** Low — **Location:** constructor (L29)

**Impact:** With the zero address as recipient every withdrawal would revert for most ERC-20s.

**Recommendation:** Check \`feeRecipient_ != address(0)\` and add \`setFeeRecipient\`.

### L-02: Fee-on-transfer tokens are unsupported

**Severity:** Low — **Location:** \`deposit\` (L43)

**Impact:** Shares are minted for more than what arrived.

**Recommendation:** Measure \`balanceBefore\`/\`balanceAfter\`.

### I-01: \`lastDeposit\` is written but never read

**Severity:** Informational — **Location:** L44

**Recommendation:** Remove it or use it for a withdrawal lock such as \`MIN_LOCK\`.

### I-02: No events in setters

**Severity:** Informational — **Location:** \`setStrategy\`, \`setWithdrawalFee\`, \`investIdle\`

**Recommendation:** Emit \`StrategyUpdated\` and \`WithdrawalFeeUpdated\`.

## Conclusion

Not production-ready until H-01 and the medium issues are resolved.`,
  ),
  c(
    "praises a lock on a vault function that has none",
    "failed",
    VAULT_ASK,
    `## Summary
The vault is decent. \`deposit\`, \`withdraw\` and \`investIdle\` are all protected by the \`nonReentrant\` modifier.

## [H-1] Share inflation
- **Severity**: High
- **Location**: \`deposit\` (line 42)
- **Impact**: First depositor can steal from later ones.
- **Fix**: virtual shares.

## [M-1] Unbounded fee
- **Severity**: Medium
- **Location**: \`setWithdrawalFee\` (line 71)
- **Impact**: The owner can take everything.
- **Fix**: cap the fee.`,
  ),
  c(
    "claims reentrancy in the locked withdraw of the vault",
    "failed",
    VAULT_ASK,
    `**H-1 Reentrancy in \`withdraw\`**
Severity: High
Location: \`withdraw\`, lines 49-60
Impact: With an ERC-777 asset an attacker may re-enter \`withdraw\` during \`safeTransfer\` and withdraw more than they own, because the function lacks a reentrancy guard.
Fix: add \`nonReentrant\`.

**M-1 Unbounded fee**
Severity: Medium
Location: \`setWithdrawalFee\`, line 71
Impact: Owner may freeze withdrawals.
Fix: cap it.`,
  ),
  c(
    "says that deposits of zero are taken though they are not",
    "failed",
    VAULT_ASK,
    `| Severity | Location | Issue | Impact | Recommendation |
|---|---|---|---|---|
| High | \`deposit\` L42 | Inflation attack through donations | Loss for early depositors | Virtual shares |
| Low | \`deposit\` L39 | The function does not check that the amount is greater than zero | Spam of zero deposits and events | Require \`assets > 0\` |
| Medium | \`setWithdrawalFee\` L71 | No upper bound | Owner can take all | Cap |`,
  ),
  c(
    "uses a state variable of the vault that it made up",
    "failed",
    VAULT_ASK,
    `### [High] Share inflation in \`deposit\`
Location: line 42.
Impact: A donation before the first deposit makes later deposits round down to zero shares. The variable \`totalDebt\` is not updated in \`investIdle\`, which worsens the effect.
Recommendation: virtual shares.

### [Medium] Fee without limit
Location: \`setWithdrawalFee\`, line 71.
Impact: Owner can confiscate withdrawals.
Recommendation: cap the fee at 5%.

### [Medium] Harvest sandwiching
Location: \`investIdle\`, line 62.
Impact: When the keeper triggers \`_harvestRewards()\`, the jump of the share price can be sandwiched.
Recommendation: stream profits over time.`,
  ),
  c(
    "puts the vault's functions on lines where other ones are",
    "failed",
    VAULT_ASK,
    `1. **Severity: High** – Share inflation. Location: \`deposit\`, line 67. Impact: theft from the second depositor. Recommendation: virtual shares.
2. **Severity: Medium** – Fee without bound. Location: \`setWithdrawalFee\`, line 41. Impact: withdrawals freeze. Recommendation: cap.
3. **Severity: Medium** – Strategy swap. Location: \`setStrategy\`, line 20. Impact: funds are stranded. Recommendation: divest first.`,
  ),
  c(
    "reports the drop's findings as a dialogue of emoji bullets",
    "verified",
    DROP_ASK,
    `Hey! Nice clean contract. Here's what I'd fix before mint day 👇

- 🔴 **High – Reentrancy lets a wallet exceed the limit** (\`mint\`, lines 25–28)
  - **What happens:** \`_safeMint\` calls \`onERC721Received\` on the buyer before \`minted[msg.sender]\` is increased. A contract can call \`mint\` again from the hook and get past \`MAX_PER_WALLET\`.
  - **Impact:** One buyer may grab the whole supply.
  - **Fix:** Increase \`minted[msg.sender]\` before the loop, and add OpenZeppelin's \`ReentrancyGuard\`.

- 🟠 **Medium – Predictable reveal** (\`reveal\`, line 40)
  - **What happens:** the number is derived from \`block.prevrandao\` and \`block.timestamp\`, and it's a \`view\`, so it changes with each block.
  - **Impact:** Validators or simulations can choose a favourable moment; rarity is not fair.
  - **Fix:** Chainlink VRF: request once in \`requestReveal()\` and store the offset in \`fulfillRandomWords\`.

- 🟡 **Low – Overpayment isn't refunded** (\`mint\`, line 24)
  - **Impact:** Buyers who send too much lose the difference.
  - **Fix:** \`require(msg.value == price * quantity)\`.

- 🟡 **Low – Zero quantity accepted** (\`mint\`, line 20)
  - **Impact:** Harmless no-op, wastes gas.
  - **Fix:** \`require(quantity > 0)\`.

- 🟡 **Low – \`transfer\` forwards only 2300 gas** (\`withdraw\`, line 44)
  - **Impact:** Fails for a multisig owner such as Safe.
  - **Fix:** use \`call\` and check the result.

- 🔵 **Info – Base URI can't be changed**: \`_base\` (line 13) has no setter, so a reveal of metadata won't be possible. **Fix:** add \`setBaseURI\` guarded by \`onlyOwner\`, maybe with a \`frozen\` flag.

Good luck with the drop! 🚀`,
  ),
  c(
    "says that the drop's withdraw is open",
    "failed",
    DROP_ASK,
    `- **High – Anyone can withdraw** (\`withdraw\`, line 43)
  - **Impact:** \`withdraw()\` can be called by anyone and sends all ETH away.
  - **Fix:** add \`onlyOwner\`.
- **High – Reentrancy in mint** (\`mint\`, line 26)
  - **Impact:** exceeds the wallet limit.
  - **Fix:** effects first.
- **Medium – Weak randomness** (\`reveal\`, line 40)
  - **Impact:** predictable.
  - **Fix:** VRF.`,
  ),
  c(
    "quotes a line of the drop with another number in it",
    "failed",
    DROP_ASK,
    `## High: the wallet limit can be bypassed

**Location:** \`mint\`, line 23

The contract checks the limit like this:

${F}solidity
require(minted[msg.sender] + quantity <= 10, "limit");
...
minted[msg.sender] += quantity;
${F}

**Impact:** through \`onERC721Received\` a contract may mint more.
**Recommendation:** update \`minted\` first.

## Medium: weak randomness

**Location:** \`reveal\`, line 40
**Impact:** rarity can be predicted.
**Recommendation:** Chainlink VRF.`,
  ),
  c(
    "speaks of an allow-list which the drop does not have",
    "failed",
    DROP_ASK,
    `**1. High — Allow-list signatures can be replayed**
Location: \`mint\` (line 20)
Impact: \`mint\` verifies the ECDSA signature of \`allowlistSigner\` without a nonce, so one signature buys any number of tokens.
Fix: include a nonce.

**2. Medium — Predictable randomness**
Location: \`reveal\` (line 40)
Impact: rarity sniping.
Fix: VRF.

**3. High — Reentrancy through \`_safeMint\`**
Location: \`mint\` (line 26)
Impact: limit per wallet is bypassed.
Fix: effects before interactions.`,
  ),
];
