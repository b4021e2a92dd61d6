import type { AnswerCase } from "../case.ts";
import { ESCROW, LENDING, PAIR } from "./lending-sources.ts";

const F = "```";
const LEND = {
  files: [
    { path: "src/LendingPool.sol", content: LENDING },
    { path: "src/IPair.sol", content: PAIR },
  ],
};
const LEND_ASK =
  "Review the attached lending pool. I want to know whether it can be exploited, how badly, and what to change.";
const ESC_ASK = `Is this escrow safe to deploy?\n\n${F}solidity\n${ESCROW}\n${F}\n\nPlease audit it and rate each finding.`;
const c = (
  name: string,
  expect: AnswerCase["expect"],
  prompt: string,
  answer: string,
  context?: Readonly<Record<string, unknown>>,
): AnswerCase => ({
  name,
  task: "semantic_audit",
  prompt,
  answer,
  expect,
  ...(context === undefined ? {} : { context }),
});

/** Audits of a lending pool and of a sound escrow. */
export const LENDING_AND_ESCROW: readonly AnswerCase[] = [
  c(
    "reports on the lending pool in prose sections with attack steps",
    "verified",
    LEND_ASK,
    `## Executive summary

The pool can be drained in one transaction. I found two critical and one high-severity issue, plus smaller ones. File references are to \`src/LendingPool.sol\`.

## Critical findings

### CRIT-1: Spot price from \`pair.getReserves()\` can be manipulated

*Where:* \`LendingPool.price()\` (lines 26–29), used in \`borrow\` (37) and \`liquidate\` (54).

*Attack:*
1. Take a flash loan of the debt token.
2. Swap it into the pair so \`r1 / r0\` soars.
3. Call \`borrow\` with little collateral.
4. Swap back, repay the flash loan, keep the profit.

*Impact:* All \`debtToken\` reserves of the pool are lost.

*Remediation:* Use a Chainlink feed (\`AggregatorV3Interface.latestRoundData\`) with staleness checks, or a TWAP of at least 30 minutes.

### CRIT-2: \`withdraw\` ignores outstanding debt

*Where:* \`withdraw(uint256)\` (lines 48–51).

*Impact:* A borrower withdraws all collateral right after borrowing, leaving bad debt.

*Remediation:* After the decrement require \`debtOf[msg.sender] <= (collateralOf[msg.sender] * price() / 1e18) * LTV / 100\`.

## High findings

### HIGH-1: \`rescue\` delegatecalls to any target and authenticates with \`tx.origin\`

*Where:* lines 64–68.

*Impact:* A phishing contract called by \`guardian\` can execute arbitrary code in the pool's storage context, or selfdestruct-like wipe-outs, and move all tokens.

*Remediation:* Compare \`msg.sender\`, replace \`delegatecall\` by an explicit \`rescueToken(IERC20 token, address to)\`.

## Medium findings

### MED-1: No liquidation incentive or close factor

*Where:* \`liquidate\` (line 53).

*Impact:* Seizing the entire collateral for the entire debt punishes borrowers and fails for large positions.

*Remediation:* Add a close factor and a bonus.

## Low findings

### LOW-1: \`LTV\` equals the liquidation threshold

*Where:* line 13.

*Impact:* Positions may be liquidated immediately after borrowing.

*Remediation:* Use two constants, e.g. \`MAX_LTV = 70\` and \`LIQ_THRESHOLD = 75\`.

### LOW-2: No events

*Where:* \`deposit\`, \`borrow\`, \`repay\`, \`withdraw\`, \`liquidate\`.

*Impact:* Hard to monitor.

*Remediation:* Emit \`Deposited\`, \`Borrowed\`, and so on.`,
    LEND,
  ),
  c(
    "speaks of the lending pool's interest accrual, which there is none of",
    "failed",
    LEND_ASK,
    `## Findings

### 1. \`accrueInterest()\` can be front-run (High)
*Where:* \`accrueInterest()\`, line 81
*Impact:* borrowers pay interest on stale \`borrowIndex\`.
*Remediation:* accrue before each state change.

### 2. Manipulable price (Critical)
*Where:* \`price()\`, line 26
*Impact:* drained reserves.
*Remediation:* Chainlink oracle.

### 3. tx.origin in \`rescue\` (High)
*Where:* line 65
*Impact:* phishing leads to arbitrary delegatecall.
*Remediation:* use msg.sender.`,
    LEND,
  ),
  c(
    "says that the pool guards rescue with msg.sender",
    "failed",
    LEND_ASK,
    `**Critical — oracle manipulation.** Location: \`price()\`. Impact: the pool can be drained with a flash loan. Fix: TWAP.

**Critical — undercollateralised withdrawal.** Location: \`withdraw\`. Impact: bad debt. Fix: check health after withdrawal.

**Informational — privileged rescue.** Location: \`rescue\` (line 64). The function correctly requires \`msg.sender == guardian\` and never uses \`tx.origin\`, so no change is needed. Impact: none. Fix: none.`,
    LEND,
  ),
  c(
    "finds only small matters in a sound escrow",
    "verified",
    ESC_ASK,
    `**Verdict:** I found no critical, high or medium severity vulnerabilities in \`Escrow\`. The state machine is enforced by \`inState\`, privileged functions are protected by \`onlyArbiter\`, and \`release\`/\`refund\` follow checks-effects-interactions (state is changed before the external call). Remaining remarks:

1. **[Low] Single arbiter can stall funds** — \`release()\` / \`refund()\` (lines 40, 48).
   Impact: if the arbiter loses the key, ETH is locked for good.
   Recommendation: add a timeout after which the buyer can reclaim, e.g. \`claimAfter(uint256 deadline)\`.

2. **[Low] \`fund()\` accepts zero value** — line 34.
   Impact: the escrow can become \`Funded\` without any money.
   Recommendation: \`require(msg.value > 0)\`.

3. **[Informational] Forced ETH** — \`address(this).balance\` on lines 42 and 50.
   Impact: ETH sent through \`selfdestruct\` is paid out as well; harmless.
   Recommendation: store the funded amount.

4. **[Informational] Floating pragma** — line 1.
   Impact: builds may differ.
   Recommendation: pin \`0.8.21\` or newer.`,
  ),
  c(
    "calls the escrow's release open and re-enterable",
    "failed",
    ESC_ASK,
    `1. **[Critical] Missing access control on release()** — line 40.
   Impact: \`release()\` can be called by anyone, who can thereby force a payout.
   Recommendation: add onlyArbiter.

2. **[High] Reentrancy in release()** — line 43.
   Impact: state is updated after the external call, so the seller can drain the contract.
   Recommendation: set state before the call.`,
  ),
];
