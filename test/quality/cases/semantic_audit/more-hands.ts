import type { VerdictStatus } from "../../../../src/core/verdict.ts";
import type { AnswerCase } from "../case.ts";
import { AUCTION, BANK, STAKING, WALLET } from "./sources.ts";
import { VAULT_REPORTS } from "./vault.ts";

type Given = Readonly<Record<string, unknown>>;

const prompt = "Please do a security audit of the attached contract.";
const given = (path: string, content: string): Given => ({ files: [{ path, content }] });

const ROWS: readonly (readonly [
  name: string,
  expect: VerdictStatus,
  context: Given,
  prompt: string,
  answer: string,
])[] = [
  [
    "cross sentence: others safe",
    "verified",
    given("PiggyBank.sol", BANK),
    prompt,
    `## Findings\n\n### 1. Reentrancy (High)\n\nIn \`breakOpen\` (lines 26–32) the external call happens before \`savings[msg.sender] -= amount\`. Anyone can call \`breakOpen\` from a contract and re-enter to drain the bank. \`changeOwner\` is protected by \`onlyOwner\`, so it is not affected.\n\n**Recommendation**: move the state update up or use a mutex such as \`nonReentrant\`.\n\n### 2. Centralised owner change (Low)\n\n\`changeOwner\` (line 35) lets the owner hand over in one step; a typo locks the role forever. No zero-address check exists.\n\n**Recommendation**: use \`Ownable2Step\`.`,
  ],
  [
    "vulnerability as table 2col",
    "verified",
    given("PiggyBank.sol", BANK),
    prompt,
    `## Reentrancy\n\n| Field | Value |\n|---|---|\n| Severity | High |\n| Location | \`breakOpen\`, lines 26-32 |\n| Impact | The bank can be drained |\n| Recommendation | Update state first |\n\n## Ownership can be lost\n\n| Field | Value |\n|---|---|\n| Severity | Low |\n| Location | \`changeOwner\` |\n| Impact | The owner role is gone |\n| Recommendation | Reject the zero address |`,
  ],
  [
    "diff fix",
    "verified",
    given("Auction.sol", AUCTION),
    prompt,
    `### [H-01] Push payment blocks the auction\n\n**Severity**: High\n\n**Context**: \`Auction.sol#L20-L29\`\n\n**Description**: \`bid()\` pushes the refund with \`highestBidder.transfer(highestBid);\`. When the receiver reverts, so does every later \`bid\`.\n\n**Impact**: the attacker wins cheaply.\n\n**Recommendation**:\n\n\`\`\`diff\n-            highestBidder.transfer(highestBid);\n+            pendingReturns[highestBidder] += highestBid;\n\`\`\`\n\nAnd add a \`withdraw()\` function.`,
  ],
  [
    "wrong severity contradiction",
    "failed",
    given("Auction.sol", AUCTION),
    prompt,
    `### [H-01] Push payment blocks the auction\n\n**Severity**: Low\n**Location**: \`bid\`, L24\n**Impact**: nobody can outbid.\n**Recommendation**: pull payments.`,
  ],
  [
    "exactly three asked two given",
    "failed",
    given("Auction.sol", AUCTION),
    "List exactly three vulnerabilities.",
    `1. **Push payment (High)** — \`bid\` L24: a reverting bidder blocks all others. Fix: pull payments.\n2. **2300 gas (Medium)** — \`end\` L36: a contract seller may not receive, funds stuck. Fix: use call.`,
  ],
  [
    "invented inline quote",
    "failed",
    given("Auction.sol", AUCTION),
    prompt,
    `### Fee accounting (High)\n\n**Location:** \`Auction.end\`, line 36\n\n**Vulnerable code:**\n\`\`\`solidity\nuint256 fee = highestBid * platformFee / 100;\ntreasury.transfer(fee);\n\`\`\`\n\n**Impact:** fee is taken twice, loss for the seller.\n\n**Recommendation:** take it once.`,
  ],
  [
    "quoted with ellipsis",
    "verified",
    given("Auction.sol", AUCTION),
    prompt,
    `### DoS by reverting bidder — High\n\n**Location:** \`bid()\`\n\n\`\`\`solidity\nfunction bid() external payable {\n    ...\n    if (highestBidder != address(0)) {\n        highestBidder.transfer(highestBid); // <-- reverts\n    }\n    ...\n}\n\`\`\`\n\n**Impact:** nobody can outbid.\n\n**Mitigation:** let users withdraw refunds: \`mapping(address => uint256) public pendingWithdrawals;\``,
  ],
  [
    "cap tokens no source imports",
    "verified",
    given("Staking.sol", STAKING),
    prompt,
    `**Severity: High — Reward insolvency**\n\nLocation: Staking.unstake (L35-L42)\n\nRewards are paid from staked principal. The last users cannot withdraw.\n\nRecommendation: track a reward pool.\n\n**Severity: Medium — fee-on-transfer tokens are over-credited**\n\nLocation: Staking.stake (L27-L33)\n\n\`staked[msg.sender] += amount\` assumes the full amount arrived, so the contract becomes insolvent with deflationary tokens.\n\nRecommendation: measure \`token.balanceOf(address(this))\` before and after.`,
  ],
  [
    "spanish",
    "verified",
    given("Wallet.sol", WALLET),
    "Audita el contrato",
    `**1. Delegatecall arbitrario**\n\n- **Severidad:** Crítica\n- **Ubicación:** \`Wallet.run\`, línea 14\n- **Impacto:** Cualquiera puede ejecutar código en el contexto de la cartera y robar los fondos.\n- **Recomendación:** Restringir la función al propietario.\n\n**2. Llamada sin comprobar (unchecked call)**\n\n- **Severidad:** Media\n- **Ubicación:** \`pay\`\n- **Impacto:** Un pago fallido parece correcto.\n- **Recomendación:** Comprobar el resultado.`,
  ],
  [
    "false: receive is missing",
    "failed",
    given("Wallet.sol", WALLET),
    prompt,
    `1. **Arbitrary delegatecall (Critical)** — \`run\` L14: any caller takes over the wallet. Fix: restrict.\n2. **Unchecked call (Medium)** — \`pay\` L22: failure is ignored. Fix: check.\n3. **Missing access control on pay (High)** — \`pay\` L20: anyone can drain the wallet. Fix: add an owner check.`,
  ],
  [
    "other contract same domain",
    "failed",
    given("Staking.sol", STAKING),
    prompt,
    `### [H-01] Reward overflow in \`claimReward\`\n**Severity:** High\n**Location:** \`StakingPool.claimReward\`, L40\n**Impact:** Loss of rewards.\n**Recommendation:** Use \`rewardPerTokenStored\`.`,
  ],
];

/** Audits in the manners of other authors. */
export const MORE_HANDS: readonly AnswerCase[] = [
  ...VAULT_REPORTS,
  ...ROWS.map(([name, expect, context, asked, answer]) => ({
    name,
    task: "semantic_audit",
    prompt: asked,
    context,
    answer,
    expect,
  })),
];
