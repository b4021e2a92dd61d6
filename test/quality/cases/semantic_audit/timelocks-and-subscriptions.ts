import type { AnswerCase } from "../case.ts";
import { SUBS, TIMELOCK } from "./timelock-sources.ts";

const F = "```";
const TL = { files: [{ path: "src/MiniTimelock.sol", content: TIMELOCK }] };
const TL_ASK = "Audit src/MiniTimelock.sol for vulnerabilities; give line numbers.";
const SUB_ASK = `Find the bugs in this subscription contract.\n\n${F}solidity\n${SUBS}\n${F}`;
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

/** Audits of a timelock and of a subscription. */
export const TIMELOCKS_AND_SUBSCRIPTIONS: readonly AnswerCase[] = [
  c(
    "finds what is wrong with the timelock",
    "verified",
    TL_ASK,
    `# MiniTimelock audit

Scope: \`src/MiniTimelock.sol\` (46 lines). \`queue\` is restricted to \`proposer\`; \`setProposer\` can only be reached through the timelock itself.

## 1. Anyone can cancel queued operations

**Severity:** High
**Location:** \`cancel\`, L38–L40

\`cancel\` has no access check. Any account can delete \`readyAt[id]\` for any operation.

**Impact:** Permanent denial of service of governance: every queued call can be cancelled right before execution, including \`setProposer\`.

**Recommendation:**

${F}solidity
function cancel(bytes32 id) external {
    if (msg.sender != proposer) revert NotProposer();
    delete readyAt[id];
    emit Cancelled(id);
}
${F}

## 2. Operation is deleted after the external call

**Severity:** Medium
**Location:** \`execute\`, L32–L34

The call on L32 is made while \`readyAt[id]\` is still set, so the target may call \`execute\` again with the same parameters.

**Impact:** The same operation may run several times, e.g. paying out twice.

**Recommendation:** Move \`delete readyAt[id];\` above the call.

## 3. No salt: equal operations collide

**Severity:** Low
**Location:** \`queue\`, L23

\`id\` depends on \`target\` and \`data\` only. Queueing the same call again overwrites its ready time.

**Impact:** Repeated operations can't be queued side by side, and re-queueing delays the first.

**Recommendation:** Add \`value\` and a \`salt\` to the hash, as OpenZeppelin's \`TimelockController\` does with \`hashOperation\`.

## 4. No grace period

**Severity:** Low
**Location:** \`execute\`, L30

**Impact:** Stale operations remain executable for ever.

**Recommendation:** Introduce \`GRACE_PERIOD\` and reject older ones.

## 5. \`execute\` is open to everybody

**Severity:** Informational
**Location:** \`execute\`, L28

Fine by design; note that the caller's \`msg.value\` is forwarded and not part of \`id\`.

**Recommendation:** Document it.`,
    TL,
  ),
  c(
    "says that the timelock takes any delay",
    "failed",
    TL_ASK,
    `| # | Severity | Location | Problem | Impact | Fix |
|---|---|---|---|---|---|
| 1 | High | \`cancel\` L38 | Open to all | Governance DoS | Check the proposer |
| 2 | Critical | \`queue\` L20 | \`queue\` lacks the access control, anyone can queue operations | Complete takeover | Check the proposer |`,
    TL,
  ),
  c(
    "praises the timelock's order of effects",
    "failed",
    TL_ASK,
    `**Strengths**
- \`execute\` follows checks-effects-interactions: \`readyAt[id]\` is deleted before the external call.
- \`queue\` enforces \`MIN_DELAY\`.

**Findings**

1. **High** – \`cancel\` (L38) is open to all. Impact: any operation can be removed. Fix: restrict to the proposer.
2. **Low** – \`queue\` (L23): ids collide. Impact: re-queueing resets the time. Fix: salt.`,
    TL,
  ),
  c(
    "cites an executor role of the timelock in passing",
    "failed",
    TL_ASK,
    `### 1. Open cancel — High
Location: \`cancel\`, L38.
Impact: any account can delete a queued operation; only holders of \`EXECUTOR_ROLE\` can run one, so a griefer and the executor race.
Fix: restrict it to the proposer.

### 2. Effects after the call — Medium
Location: \`execute\`, L32.
Impact: an operation may be run twice through re-entry.
Fix: delete first.`,
    TL,
  ),
  c(
    "finds the subscription's bugs in a nested list",
    "verified",
    SUB_ASK,
    `## Critical

- **\`renewFor\` can be called by anybody for anybody**
  - Location: \`renewFor()\` (lines 35–40)
  - Impact: whoever has approved the contract can be charged again and again by a stranger, up to the allowance.
  - Fix: allow only \`msg.sender\` or an authorised keeper, and only once \`paidUntil\` has (nearly) passed.

## High

- **Inactive plans can still be bought**
  - Location: \`subscribe()\` (line 28) and \`retire()\` (line 42)
  - Impact: \`active\` is never read, so \`retire\` has no effect; users pay for a plan that was withdrawn.
  - Fix: \`require(p.active, "retired")\`.
- **Return values of \`transferFrom\` and \`transfer\` are ignored**
  - Location: lines 29, 37 and 51
  - Impact: with tokens which return \`false\` subscriptions are free.
  - Fix: \`SafeERC20\`.

## Medium

- **Blocked users can be renewed**
  - Location: \`renewFor()\` (line 35)
  - Impact: the block is bypassed since \`blocked\` is only checked in \`subscribe\`.
  - Fix: check \`blocked[users[i]]\` in the loop.
- **Lapsed subscriptions renewed in the past**
  - Location: \`renewFor()\` (line 38)
  - Impact: \`paidUntil\` is increased from the old value, so that a user pays and remains expired.
  - Fix: start from \`block.timestamp\` as in \`subscribe\`.

## Low

- **No bounds in \`addPlan\`**
  - Location: \`addPlan()\` (line 22)
  - Impact: a period of 0 sells nothing.
  - Fix: require both values to be positive.`,
  ),
  c(
    "says that blocked users may subscribe",
    "failed",
    SUB_ASK,
    `- **Critical: \`renewFor\` charges anybody** — Location: \`renewFor()\` (line 35). Impact: allowances are drained. Fix: restrict the caller.
- **High: \`addPlan\` is unprotected** — Location: \`addPlan()\` (line 22). Impact: anyone can add a free plan. Fix: \`onlyOwner\`.
- **High: transfers unchecked** — Location: line 29. Impact: free subscriptions. Fix: SafeERC20.`,
  ),
  c(
    "gives the wrong lines for the subscription's functions",
    "failed",
    SUB_ASK,
    `- **Critical: \`renewFor\` charges anybody** — Location: \`renewFor()\` (line 12). Impact: allowances are drained. Fix: restrict the caller.
- **High: \`subscribe\` ignores \`active\`** — Location: \`subscribe()\` (line 46). Impact: retired plans are sold. Fix: check it.`,
  ),
  c(
    "reports the refunds of a subscription that has none",
    "failed",
    SUB_ASK,
    `- **Critical: \`renewFor\` charges anybody** — Location: \`renewFor()\` (line 35). Impact: allowances are drained. Fix: restrict the caller.
- **High: pro-rata refunds are miscalculated** — Location: \`subscribe()\` (line 26). Impact: \`cancelSubscription\` refunds \`p.price\` in full even after the period, draining the contract. Fix: compute the unused share.`,
  ),
  c(
    "quotes a guard that the subscription does not have",
    "failed",
    SUB_ASK,
    `### High – collect() uses tx.origin
**Location:** \`collect\`, line 50

Current code:
${F}solidity
function collect(address to) external {
    require(tx.origin == owner(), "owner");
    token.transfer(to, token.balanceOf(address(this)));
}
${F}
**Impact:** phishing.
**Fix:** onlyOwner.

### Critical – renewFor charges anybody
**Location:** \`renewFor\`, line 35
**Impact:** allowances are drained.
**Fix:** restrict it.`,
  ),
  c(
    "is JSON in camel case for the subscription",
    "verified",
    `${SUB_ASK}\n\nReturn a JSON object {"vulnerabilities": [...]}.`,
    JSON.stringify({
      vulnerabilities: [
        {
          vulnerabilityType: "Access Control",
          severity: "critical",
          affectedFunction: "renewFor",
          affectedLines: [35, 40],
          title: "Anyone can charge any user",
          description: "renewFor pulls tokens from arbitrary users without their consent.",
          impact: "Allowances can be drained.",
          recommendedFix: "Restrict the caller and require that the subscription has expired.",
        },
        {
          vulnerabilityType: "Logic",
          severity: "high",
          affectedFunction: "subscribe",
          affectedLines: [26, 33],
          title: "Retired plans are sold",
          description: "The active flag of a plan is never consulted.",
          impact: "Users pay for retired plans.",
          recommendedFix: "require(p.active).",
        },
        {
          vulnerabilityType: "Unchecked return value",
          severity: "medium",
          affectedFunction: "collect",
          affectedLines: [50, 52],
          title: "transfer result is dropped",
          description: "token.transfer may return false.",
          impact: "Funds stay behind unnoticed.",
          recommendedFix: "Use SafeERC20.",
        },
      ],
    }),
  ),
];
