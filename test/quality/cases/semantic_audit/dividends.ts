import type { AnswerCase } from "../case.ts";
import { DIVIDENDS } from "./dividend-sources.ts";

const F = "```";
const ASK = `Please audit these contracts and report each issue with severity, affected code, impact and remediation.\n\n${F}solidity\n${DIVIDENDS}\n${F}`;
const RESCUE = `### 1. Unprotected \`rescue\`
- **Severity:** Critical
- **Affected code:** \`Dividends.rescue\`, line 69
- **Impact:** anyone can send all ETH to themselves.
- **Remediation:** add \`onlyAdmin\`.
`;
const c = (name: string, expect: AnswerCase["expect"], answer: string): AnswerCase => ({
  name,
  task: "semantic_audit",
  prompt: ASK,
  answer,
  expect,
});

/** Audits of dividends that are paid by a contract with a base and a library. */
export const DIVIDEND_AUDITS: readonly AnswerCase[] = [
  c(
    "audits the dividends with a table of contents and appendices",
    "verified",
    `# Audit Report – Dividends

## Table of contents
1. Overview
2. Findings
3. Gas notes
4. Appendix

## 1. Overview
The code base consists of the library \`Ratio\`, the base contract \`Administered\` and \`Dividends\`, which distributes incoming ETH pro rata by means of a cumulative \`index\`. Access to \`setShares\` and \`changeAdmin\` is restricted by \`onlyAdmin\`; \`claim\` follows checks-effects-interactions.

## 2. Findings

### 2.1 [Critical] Anyone can withdraw all funds via \`rescue\`
**Affected code:** \`Dividends.rescue(address,uint256)\` (lines 69–72)
${F}solidity
function rescue(address payable to, uint256 amount) external {
    (bool ok, ) = to.call{value: amount}("");
    require(ok, "rescue failed");
}
${F}
**Impact:** The function has neither \`onlyAdmin\` nor any other check, so the whole balance can be stolen in one call.
**Remediation:** Add \`onlyAdmin\` and limit the amount to what isn't owed to holders, e.g. by tracking \`totalOwed\`.

### 2.2 [High] New shares receive past dividends
**Affected code:** \`setShares\` (lines 51–55), \`claimable\` (lines 57–59)
**Impact:** \`claimedIndex[who]\` of a new holder is 0, hence \`index - claimedIndex[who]\` covers everything ever paid. A holder who is added late takes the money of the others and the contract becomes insolvent.
**Remediation:** Settle before changing the shares:
${F}solidity
function setShares(address who, uint256 amount) external onlyAdmin {
    _settle(who);
    claimedIndex[who] = index;
    totalShares = totalShares - shares[who] + amount;
    shares[who] = amount;
    emit SharesSet(who, amount);
}
${F}

### 2.3 [Medium] Lowering shares destroys what was earned
**Affected code:** \`setShares\`, line 53
**Impact:** unclaimed dividends are computed with the new, lower number of shares; the difference is stuck.
**Remediation:** As in 2.2, pay out or credit \`pendingOf[who]\` first.

### 2.4 [Low] Single-step admin change without zero check
**Affected code:** \`changeAdmin\` (line 30)
**Impact:** a typo hands control to nobody.
**Remediation:** Two steps with \`pendingAdmin\` and \`acceptAdmin\`; reject the zero address.

### 2.5 [Informational] Rounding dust
**Affected code:** \`receive\` (line 48)
**Impact:** up to \`totalShares\` wei of each payment remain in the contract.
**Remediation:** Carry the remainder over.

## 3. Gas notes
- \`totalShares\` is read twice in \`receive\`; cache it.

## 4. Appendix
Severity follows the usual likelihood × impact matrix. Tools: manual review, Slither, Foundry fuzzing (\`forge test --fuzz-runs 10000\`).`,
  ),
  c(
    "audits the dividends tersely with code places in links",
    "verified",
    `**Critical — [\`rescue()\`](Dividends.sol#L69) is public and unguarded.** Impact: theft of the full balance. Remediation: \`onlyAdmin\`.

**High — [\`setShares()\`](Dividends.sol#L51) doesn't set \`claimedIndex\`.** Impact: late joiners drain earlier dividends. Remediation: \`claimedIndex[who] = index\` after settling.

**Low — [\`changeAdmin()\`](Dividends.sol#L30) lacks a zero-address check.** Impact: control may be lost. Remediation: two-step handover.`,
  ),
  c(
    "claims that setShares is open through its modifier of two levels",
    "failed",
    `${RESCUE}
### 2. \`setShares\` can be called by anyone
- **Severity:** Critical
- **Affected code:** \`Dividends.setShares\`, line 51
- **Impact:** any account can give itself all shares.
- **Remediation:** restrict it to the admin.`,
  ),
  c(
    "claims that claim can be re-entered",
    "failed",
    `${RESCUE}
### 2. Reentrancy in \`claim\`
- **Severity:** High
- **Affected code:** \`Dividends.claim\`, line 61
- **Impact:** \`claimedIndex\` is updated after the ETH is sent, so a contract can claim again and again.
- **Remediation:** update it before the call.`,
  ),
  c(
    "gives claim to the base contract",
    "failed",
    `${RESCUE}
### 2. Old index
- **Severity:** High
- **Affected code:** \`Administered.claim\`, line 61
- **Impact:** late joiners are paid too much.
- **Remediation:** set \`claimedIndex\`.`,
  ),
  c(
    "makes up a fee that is taken in claim",
    "failed",
    `${RESCUE}
### 2. Fee is not capped
- **Severity:** Medium
- **Affected code:** \`Dividends.claim\`, line 61
- **Impact:** \`claim\` deducts \`protocolFeeBps\` from the amount; the admin may set it to 100 %.
- **Remediation:** cap it.`,
  ),
  c(
    "says that admin changes leave no trace",
    "failed",
    `${RESCUE}
### 2. No event when the admin changes
- **Severity:** Low
- **Affected code:** \`Administered.changeAdmin\`, line 30
- **Impact:** \`changeAdmin\` does not emit an event, so that monitoring misses it.
- **Remediation:** emit \`AdminChanged\`.`,
  ),
  c(
    "calls rescue safe and reports only small things",
    "failed",
    `### Overview
\`rescue\` and \`setShares\` are both restricted to the admin, and \`claim\` is safe.

### 1. Rounding dust
- **Severity:** Low
- **Affected code:** \`receive\`, line 48
- **Impact:** some wei remain.
- **Remediation:** carry the remainder.`,
  ),
  c(
    "reports with severity words of its own",
    "verified",
    `#### Issue 1 (Severity: Severe) – unrestricted \`rescue\`
Affected code: \`rescue\`, line 69. Impact: total loss of funds. Remediation: guard it with \`onlyAdmin\`.

#### Issue 2 (Severity: Major) – retroactive dividends
Affected code: \`setShares\`, line 51. Impact: insolvency, as new holders are paid for the past. Remediation: initialise \`claimedIndex[who]\` with \`index\`.

#### Issue 3 (Severity: Minor) – no zero check for \`next\`
Affected code: \`changeAdmin\`, line 30. Impact: admin may be lost. Remediation: \`require(next != address(0))\`.`,
  ),
  c(
    "looks only at the gas of the dividends",
    "failed",
    `### Gas
- **Severity:** Gas
- **Affected code:** \`receive\`, line 47
- **Impact:** two reads of \`totalShares\`.
- **Remediation:** cache it.

### Style
- **Severity:** Informational
- **Affected code:** \`Ratio\`, line 4
- **Impact:** naming.
- **Remediation:** rename.`,
  ),
];
