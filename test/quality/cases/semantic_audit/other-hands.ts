import type { VerdictStatus } from "../../../../src/core/verdict.ts";
import type { AnswerCase } from "../case.ts";
import { AUCTION, BANK, ESCROW, ESCROW_STORAGE, LOTTERY, STAKING, TOKEN, WALLET } from "./sources.ts";
import { VESTING } from "./vesting.ts";

type Given = Readonly<Record<string, unknown>>;

const prompt = "Please do a security audit of the attached contract.";
const given = (path: string, content: string): Given => ({ files: [{ path, content }] });
const vesting = given("Vesting.sol", VESTING);

const ROWS: readonly (readonly [
  name: string,
  expect: VerdictStatus,
  context: Given,
  prompt: string,
  answer: string,
])[] = [
  [
    "good code4rena",
    "verified",
    vesting,
    prompt,
    `# Vesting – audit

## [M-01] Unsafe downcast truncates \`total\` in \`createSchedule\`

## Lines of code
https://github.com/x/y/blob/main/Vesting.sol#L26

## Vulnerability details
\`uint128(total)\` silently truncates values above \`type(uint128).max\`, i.e. the amount overflows the packed slot.

## Impact
Beneficiaries receive fewer tokens than promised.

## Recommended Mitigation Steps
Use OpenZeppelin \`SafeCast.toUint128(total)\`.

**Severity:** Medium

## [H-01] State is updated after the token transfer in \`claim\`

**Severity:** High

## Lines of code
Vesting.sol#L38-L41

## Vulnerability details
\`\`\`solidity
38:        token.transfer(msg.sender, due);
39:        schedules[msg.sender].claimed += uint128(due);
\`\`\`
If the token has hooks (ERC777), the receiver can reenter \`claim\` before \`claimed\` is raised.

## Impact
Draining of the vesting contract.

## Recommended Mitigation Steps
Swap the two lines.
`,
  ],
  [
    "good short table emoji",
    "verified",
    vesting,
    prompt,
    `Overall risk: **medium**.

| # | Sev | Function | Issue | Fix |
|:-|:-|:-|:-|:-|
| 1 | High | \`claim()\` | Effects after interaction; a hook token lets the caller reenter and claim twice | update \`claimed\` before \`token.transfer\` |
| 2 | Medium | \`claim()\` | Return value of \`transfer\` is ignored, tokens that return false lead to lost claims | use SafeERC20 |
| 3 | Medium | \`revoke()\` | Already vested tokens are lost on revoke, admin can rug | pay out vested part first |
| 4 | Low | \`createSchedule()\` | Overwrites an existing schedule, which resets \`claimed\` | require no active schedule |
`,
  ],
  [
    "good yaml",
    "verified",
    vesting,
    prompt,
    `\`\`\`yaml
findings:
  - title: Reentrancy in claim
    severity: high
    location: Vesting.claim (lines 36-41)
    impact: A token with callbacks lets the beneficiary claim repeatedly.
    recommendation: Update claimed before the transfer.
  - title: Division by zero duration
    severity: low
    location: Vesting.vested (line 33)
    impact: None today, since elapsed >= 0 returns early; misleading input is accepted.
    recommendation: Require duration > 0.
\`\`\``,
  ],
  [
    "good lettered headings",
    "verified",
    vesting,
    prompt,
    `Finding A — Revocation confiscates vested tokens
================================================

Severity: Medium
Affected: \`revoke\`, L44-47
What happens: \`delete schedules[who]\` wipes the entry including tokens that are vested but unclaimed.
Consequence: Beneficiaries lose earned tokens.
Remediation: Send \`vested(who) - schedules[who].claimed\` first.

Finding B — claim() ignores the bool of transfer
================================================

Severity: Medium
Affected: \`claim\`, L38
What happens: The result of \`token.transfer\` is dropped.
Consequence: With a token that returns false, \`claimed\` rises and nothing is paid.
Remediation: \`safeTransfer\`.

Finding C — reentrancy through hooks
====================================

Severity: Low
Affected: \`claim\`, L38-39
What happens: The state is written after the transfer.
Consequence: A hooked token allows repeated claims.
Remediation: Reorder.
`,
  ],
  [
    "bad hallucinated fn",
    "failed",
    vesting,
    prompt,
    `### High: withdrawUnvested lets admin steal
Location: \`withdrawUnvested()\`, line 45
Impact: admin steals all tokens
Recommendation: add a timelock

### Medium: transfer ignored
Location: \`claim\`, line 38
Impact: lost claims
Recommendation: SafeERC20`,
  ],
  [
    "bad access claim",
    "failed",
    vesting,
    prompt,
    `### High: Anyone can create schedules
**Location:** \`createSchedule\` (line 24)
**Description:** There is no access control on this function, so any user can call it.
**Impact:** Attackers allocate themselves all tokens.
**Recommendation:** Add \`onlyOwner\`.

### Medium: Ignored return value
**Location:** \`claim\` (line 38)
**Impact:** Tokens that return false lead to lost claims.
**Recommendation:** Use SafeERC20.`,
  ],
  [
    "bad overflow",
    "failed",
    vesting,
    prompt,
    `1. **Arithmetic overflow (High)** - \`vested\` line 33: \`s.total * elapsed\` may overflow and wrap, letting users claim too much. Fix: use SafeMath.
2. **Unsafe ERC20 (Medium)** - \`claim\` line 38: transfer result ignored, can lead to loss. Fix: SafeERC20.`,
  ],
  [
    "good access nuance",
    "verified",
    given("Lottery.sol", LOTTERY),
    prompt,
    `**[C-1] Predictable randomness**
- Severity: Critical
- Location: \`Lottery.pickWinner\`, L19
- Description: \`block.timestamp\` and \`block.prevrandao\` are known in the block.
- Impact: attackers win at will.
- Fix: VRF.

**[H-1] tx.origin auth in setManager**
- Severity: High
- Location: \`setManager\`, L24-27
- Description: \`require(tx.origin == manager, "manager")\` can be bypassed by phishing. An attacker who gets the manager to call its contract can set any manager.
- Impact: takeover.
- Fix: use \`msg.sender\`.

**[H-2] Prize may be lost**
- Severity: High
- Location: L20
- Description: \`payable(players[index]).send(address(this).balance);\` – the boolean is ignored.
- Impact: the winner gets nothing and \`delete players\` goes ahead.
- Fix: \`(bool ok,) = winner.call{value: bal}(""); require(ok);\`

**[M-1] Division by zero without players**
- Severity: Medium
- Location: \`pickWinner\` L19
- Impact: reverts with a panic when \`players\` is empty.
- Fix: \`require(players.length > 0)\`.`,
  ],
  [
    "good exploit scenario",
    "verified",
    given("W.sol", WALLET),
    prompt,
    `# Report

### 1. \`run\` executes arbitrary code (CRITICAL)

**File:** W.sol  **Lines:** 14–18

Anyone may call \`run(address,bytes)\`; \`target.delegatecall(data)\` runs in the wallet's context.

*Exploit scenario:* Mallory deploys \`Pwn\` whose \`pwn()\` writes slot 0, calls \`wallet.run(pwn, abi.encodeCall(Pwn.pwn, ()))\`, becomes owner and calls \`pay\`.

*Recommendation:* add \`onlyOwner\`; use an allow-list.

### 2. \`initialize\` may be front-run (HIGH)

**File:** W.sol  **Lines:** 8–12

*Impact:* whoever comes first owns the wallet.

*Recommendation:* use a constructor or OpenZeppelin's \`initializer\` with \`_disableInitializers()\`.

### 3. Silent failure in \`pay\` (MEDIUM)

**File:** W.sol  **Line:** 22

\`to.call{value: amount}("")\` drops the success flag.

*Impact:* accounting outside believes that a payment was made.

*Recommendation:* check it.`,
  ],
  [
    "good two files",
    "verified",
    {
      files: [
        { path: "Escrow.sol", content: ESCROW },
        { path: "EscrowStorage.sol", content: ESCROW_STORAGE },
      ],
    },
    prompt,
    JSON.stringify({
      audit: {
        contract: "Escrow",
        findings: [
          {
            id: "ESC-1",
            severity: "Critical",
            title: "refund() can be called by anyone at any time",
            location: "Escrow.sol:16-20",
            description: "refund has no caller check and ignores deal.released",
            impact: "Released deals can be refunded again; funds of other deals are drained.",
            recommendation: "Check deal.released and the caller",
          },
        ],
      },
    }),
  ],
  [
    "bad generic clean claim",
    "failed",
    given("L.sol", LOTTERY),
    prompt,
    `After a thorough review, no critical vulnerabilities were found. enter() validates the price and pushes the player. pickWinner() chooses a random winner and pays out. setManager() is restricted. The contract follows best practice and is ready for deployment.`,
  ],
  [
    "bad misses randomness",
    "failed",
    given("L.sol", LOTTERY),
    prompt,
    `### [L-01] Missing event in enter\n**Severity:** Low\n**Location:** \`enter\`, line 13\n**Impact:** Off-chain tools cannot follow.\n**Recommendation:** Emit an event.`,
  ],
  [
    "bad invented variable",
    "failed",
    given("A.sol", AUCTION),
    prompt,
    `### High: bidHistory grows without bound\n**Location:** \`bidHistory\` in \`bid()\`\n**Impact:** The loop over \`bidHistory\` runs out of gas; auction is blocked.\n**Recommendation:** Use a mapping.`,
  ],
  [
    "bad other names descriptive",
    "failed",
    given("A.sol", AUCTION),
    prompt,
    `1. **Flash loan attack (High)** — The \`borrow()\` function reads the price from \`getSpotPrice()\`, which an attacker can manipulate. Fix: use a TWAP.\n2. **Liquidation griefing (Medium)** — The \`liquidate()\` function reverts for small positions, leading to bad debt. Fix: allow partial liquidation.`,
  ],
  [
    "good token inherits",
    "verified",
    given("RewardToken.sol", TOKEN),
    prompt,
    `### H-1 Missing access control in \`setMinter\`\nSeverity: High\nLocation: RewardToken.sol L14\nImpact: anybody becomes \`minter\` and inflates the supply via \`mint\`.\nRecommendation: restrict to an owner (\`Ownable\`).\n\n### H-2 \`burnFrom\` overrides nothing and skips the allowance\nSeverity: High\nLocation: RewardToken.sol L22-24\nImpact: any account can burn anyone's balance.\nRecommendation: inherit \`ERC20Burnable\`, which uses \`_spendAllowance\`.\n\n### L-1 \`maxSupply\` unused\nSeverity: Low\nLocation: RewardToken.sol L7 and \`mint\`\nImpact: the cap is misleading, supply is not limited.\nRecommendation: check \`totalSupply() + amount <= maxSupply\`.`,
  ],
  [
    "good staking w/ noise",
    "verified",
    given("Staking.sol", STAKING),
    prompt,
    `Reviewed commit: n/a\n\nKey observations\n\n#1 – Insolvency through rewards (High)\nWhere: unstake(), lines 35 to 42\nWhy: rewards come from the same balance as stakes, so the last user cannot withdraw.\nFix: keep a separate reward reserve.\n\n#2 – Retroactive rate change (Medium)\nWhere: setRewardRate(), line 44\nWhy: a new rate applies to time already passed; the owner can manipulate payouts.\nFix: checkpoint rewards.\n\nNotes: reentrancy is prevented by nonReentrant; arithmetic cannot overflow in 0.8.`,
  ],
  [
    "good bank french",
    "verified",
    given("PiggyBank.sol", BANK),
    "Audite ce contrat.",
    `## 1. Réentrance dans \`breakOpen\`\n\n**Gravité :** Élevée\n**Emplacement :** \`PiggyBank.breakOpen\`, ligne 28\n**Impact :** Un attaquant peut vider la tirelire en rappelant la fonction avant la mise à jour du solde (reentrancy).\n**Recommandation :** Mettre à jour le solde avant l'appel.`,
  ],
];

/** Audits in the manners of other authors. */
export const OTHER_HANDS: readonly AnswerCase[] = ROWS.map(([name, expect, context, asked, answer]) => ({
  name,
  task: "semantic_audit",
  prompt: asked,
  context,
  answer,
  expect,
}));
