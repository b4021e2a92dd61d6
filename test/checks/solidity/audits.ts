/** Audits of the vault in solidity.ts. */
export const SECTIONS = `# Security review of Vault

## Summary

Two findings, one high and one medium.

| Severity | Count |
|---|---|
| High | 1 |
| Medium | 1 |

## Findings

### [H-01] Reentrancy in \`withdraw\`

**Severity:** High
**Location:** \`Vault.withdraw(uint256)\`, lines 19-25

**Description**
The function sends ether before it lowers the balance.

**Impact**
An attacker can call back into \`withdraw()\` and drain the contract.

**Recommendation**
Move \`balances[msg.sender] -= amount\` above the call, or add a \`nonReentrant\` modifier.

\`\`\`solidity
balances[msg.sender] -= amount;
\`\`\`

### [M-01] Missing access control on \`setFee\`

**Severity:** Medium
**Location:** \`setFee()\`, line 27

**Impact**
Anyone can change the fee.

**Recommendation**
Add \`onlyOwner\`.

## Conclusion

Fix both before deployment.`;

export const GROUPED = `## High

### 1. Reentrancy in withdraw()

The external call in \`withdraw\` comes before the state update. An attacker can reenter and drain all deposits.

**Fix:** follow checks-effects-interactions.

## Low

### 2. No event in setFee()

\`setFee\` changes \`fee\` silently, which allows the owner to mislead users.

**Mitigation:** emit an event.`;

export const LIST = `I found two issues:

1. **Reentrancy (High)** in \`withdraw\` (line 21): the call is made before the balance is lowered, so an attacker can drain the vault. Recommendation: update the balance first.
2. **Missing access control (Critical)** in \`setFee\` (line 27): anyone can set the fee and lock withdrawals. Recommendation: add an owner check.`;

export const LABELLED_LIST = `- **Title:** Reentrancy
  - **Severity:** High
  - **Location:** withdraw
  - **Impact:** all funds can be drained
  - **Fix:** use a reentrancy guard
- **Title:** Open setter
  - **Severity:** Medium
  - **Location:** \`setFee\`
  - **Impact:** fees can be set by anyone
  - **Fix:** restrict to the owner`;

export const TABLE = `| # | Severity | Issue | Location | Impact | Recommendation |
|---|---|---|---|---|---|
| 1 | High | Reentrancy | \`withdraw\` L19-L25 | Funds can be drained | Update the balance before the call |
| 2 | Medium | Open setter | \`setFee\` L27 | Anyone can change the fee | Add an owner check |
| 3 | Informational | Floating pragma | line 2 | – | Pin the compiler version |`;

export const BOLD = `**1. Reentrancy in withdraw (Severity: High)**

Location: \`Vault.sol:21\`

An attacker's fallback can reenter and steal all deposits.

Fix: apply the checks-effects-interactions pattern.

---

**2. Open setFee (Severity: Medium)**

Location: \`Vault.sol:27\`

Anyone may set the fee, which can lead to loss of funds.

Fix: restrict it to \`owner\`.`;

export const JSON_AUDIT = JSON.stringify({
  summary: "Two findings",
  findings: [
    {
      id: "H-1",
      title: "Reentrancy",
      severity: "High",
      location: "Vault.withdraw",
      impact: "All deposits can be drained",
      recommendation: "Lower the balance before the call",
    },
    {
      id: "M-1",
      title: "Open setter",
      severity: "medium",
      location: { function: "setFee", lines: [27, 29] },
      impact: "Anyone sets the fee",
      remediation: "Add an owner check",
    },
  ],
});

export const SUBHEADINGS = `## Finding 1: Reentrancy

### Severity
High

### Location
\`withdraw\` at line 19

### Impact
All deposits can be drained.

### Recommendation
Lower the balance first.

## Finding 2: Open setter

### Severity
Medium

### Location
\`setFee\`

### Impact
Anyone can set the fee.

### Recommendation
Add an owner check.`;
