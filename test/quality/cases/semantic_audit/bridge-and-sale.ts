import type { AnswerCase } from "../case.ts";
import { BRIDGE, BRIDGE_TOKEN, SALE } from "./vault-and-bridge-sources.ts";

const F = "```";
const BR = {
  files: [
    { path: "contracts/Bridge.sol", content: BRIDGE },
    { path: "contracts/BridgeToken.sol", content: BRIDGE_TOKEN },
  ],
};
const BR_ASK =
  "Perform a security review of our bridge. For every finding give severity, file and line, impact, and a concrete fix.";
const SALE_ASK = `Audit the contract below. Report as many real vulnerabilities as you can.\n\n${F}solidity\n${SALE}\n${F}`;

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

/** Audits of a bridge in two files and of a crowd sale that no compiler here takes. */
export const BRIDGE_AND_SALE: readonly AnswerCase[] = [
  c(
    "reviews the bridge's two files with file and line",
    "verified",
    BR_ASK,
    `# Bridge review

### 1. Replay: \`id\` is never recorded
- **Severity:** Critical
- **Where:** contracts/Bridge.sol:34-45
- **Detail:** \`release\` doesn't store that \`id\` was processed. The same signatures may be submitted again and again.
- **Impact:** unlimited minting of \`BridgeToken\`.
- **Fix:** \`mapping(bytes32 => bool) public processed;\` then \`require(!processed[id]); processed[id] = true;\` before \`token.mint\`.

### 2. Duplicate signatures count several times
- **Severity:** Critical
- **Where:** contracts/Bridge.sol:37-41
- **Detail:** The loop doesn't demand distinct signers; one validator's signature repeated \`threshold\` times passes.
- **Impact:** a single compromised validator mints any amount.
- **Fix:** require strictly increasing signer addresses.

### 3. Anyone can take over the token
- **Severity:** Critical
- **Where:** contracts/BridgeToken.sol:12
- **Detail:** \`setBridge\` is unprotected, so an attacker sets \`bridge\` to themselves and calls \`mint\`/\`burn\`.
- **Impact:** total loss of the token's backing.
- **Fix:** set it once in the constructor or guard it by an owner.

### 4. \`ecrecover\` may return the zero address
- **Severity:** High
- **Where:** contracts/Bridge.sol:49
- **Detail:** invalid signatures recover to \`address(0)\`; if the admin ever sets \`isValidator[address(0)]\`, anything passes. Signatures are also malleable since \`s\` isn't checked.
- **Impact:** forged releases.
- **Fix:** OpenZeppelin's \`ECDSA.recover\`.

### 5. Signed message lacks domain separation
- **Severity:** High
- **Where:** contracts/Bridge.sol:35
- **Detail:** neither \`block.chainid\` nor \`address(this)\` is part of \`hash\`.
- **Impact:** signatures are valid on every chain where the bridge is deployed.
- **Fix:** EIP-712 typed data.

### 6. Threshold may be zero
- **Severity:** Medium
- **Where:** contracts/Bridge.sol:56
- **Detail:** \`setThreshold(0)\` lets anybody mint without signatures.
- **Impact:** an error of the admin is fatal.
- **Fix:** \`require(value > 0 && value <= validatorCount)\`, with \`validatorCount\` kept up to date in \`setValidator\`.

### 7. Single-step, single-key admin
- **Severity:** Low
- **Where:** contracts/Bridge.sol:9
- **Impact:** a lost key can't be replaced.
- **Fix:** multisig and \`Ownable2Step\`.`,
    BR,
  ),
  c(
    "cites a file of the bridge that is not there",
    "failed",
    BR_ASK,
    `### 1. Replay of releases
- **Severity:** Critical
- **Where:** contracts/Bridge.sol:34
- **Impact:** unlimited mint.
- **Fix:** record \`id\`.

### 2. Relayer can withhold messages
- **Severity:** Medium
- **Where:** contracts/Relayer.sol:27
- **Impact:** censorship.
- **Fix:** allow any relayer.`,
    BR,
  ),
  c(
    "says that the bridge records the ids of its releases",
    "failed",
    BR_ASK,
    `### 1. Open \`setBridge\`
- **Severity:** Critical
- **Where:** contracts/BridgeToken.sol:12
- **Impact:** anyone can mint.
- **Fix:** guard it.

### 2. Processed ids can't be pruned
- **Severity:** Low
- **Where:** contracts/Bridge.sol:34
- **Detail:** The mapping \`processedIds\` grows for ever, as each release stores its id there.
- **Impact:** state growth.
- **Fix:** none needed.`,
    BR,
  ),
  c(
    "gives functions to the wrong contract of the bridge",
    "failed",
    BR_ASK,
    `| # | Severity | Location | Impact | Fix |
|---|---|---|---|---|
| 1 | Critical | \`BridgeToken.release\` (Bridge.sol:34) | Replayed releases mint without limit | Store \`id\` |
| 2 | Critical | \`Bridge.setBridge\` (BridgeToken.sol:12) | Anyone takes over minting | Add access control |`,
    BR,
  ),
  c(
    "says that the token's mint is open though only the bridge may call it",
    "failed",
    BR_ASK,
    `1. **Critical** — \`BridgeToken.mint\` (contracts/BridgeToken.sol:16) has no access control. Impact: anyone can mint tokens. Fix: restrict to the bridge.
2. **Critical** — \`Bridge.release\` (contracts/Bridge.sol:34) can be replayed. Impact: unlimited mint. Fix: track ids.`,
    BR,
  ),
  c(
    "finds the holes of the old sale",
    "verified",
    SALE_ASK,
    `Below are the vulnerabilities I found in \`CrowdSale\` (Solidity 0.6, no SafeMath).

---
#### V1 · Reentrancy in \`refund()\`
**Severity** Critical
**Lines** 36–42
**Why** the ETH is sent on line 39, but \`contributions[msg.sender]\` is only zeroed on line 41. A contract can call \`refund()\` again in its \`receive()\` function.
**Impact** the attacker drains all contributions.
**Fix** zero the contribution before sending.

---
#### V2 · Integer underflow in \`transfer\`
**Severity** Critical
**Lines** 30–34
**Why** \`tokens[msg.sender] - amount >= 0\` is always true for unsigned integers; below 0.8 the subtraction wraps.
**Impact** anybody can give themselves 2^256-1 tokens.
**Fix** \`require(tokens[msg.sender] >= amount)\` or SafeMath's \`sub\`.

---
#### V3 · Overflow in \`buy\`
**Severity** Medium
**Lines** 26
**Why** \`msg.value * rate\` may wrap for an absurdly big \`rate\`.
**Impact** wrong token amounts.
**Fix** SafeMath \`mul\`.

---
#### V4 · Unchecked \`send\` in \`payout\`
**Severity** Medium
**Lines** 46
**Why** the result of \`send\` is ignored.
**Impact** if the beneficiary is a contract needing more than 2300 gas, the payout silently fails, though it may be retried.
**Fix** use \`call\` and require success.

---
#### V5 · Sale end can be influenced by miners
**Severity** Low
**Lines** 24, 37, 45
**Why** \`now\` can be shifted by some seconds.
**Impact** negligible.
**Fix** none necessary.

---
#### V6 · Tokens remain after a refund
**Severity** Medium
**Lines** 36–42
**Why** \`refund\` doesn't clear \`tokens[msg.sender]\`.
**Impact** refunded users keep their tokens.
**Fix** set \`tokens[msg.sender] = 0\`.`,
  ),
  c(
    "misses the sale's reentrancy and its underflow",
    "failed",
    SALE_ASK,
    `#### Finding 1
**Severity:** Low
**Location:** \`buy\`, line 24
**Impact:** miners can shift \`now\`.
**Fix:** accept it.

#### Finding 2
**Severity:** Informational
**Location:** line 1
**Impact:** old compiler.
**Fix:** upgrade to 0.8.`,
  ),
  c(
    "claims that the sale zeroes contributions before it pays",
    "failed",
    SALE_ASK,
    `### Underflow in transfer
Severity: Critical. Location: \`transfer\` line 31. Impact: free tokens. Fix: compare before subtracting.

### Gas stipend in payout
Severity: Medium. Location: \`payout\` line 46. Impact: \`send\` may fail silently. Fix: use call.

### Refund
Severity: Informational. Location: \`refund\` line 36. The \`refund\` function zeroes the contribution before sending ETH, so it is not re-enterable. Impact: none. Fix: none.`,
  ),
  c(
    "says in German what is wrong with the sale",
    "verified",
    SALE_ASK,
    `## Befunde

### 1. Reentrancy in \`refund\`
- **Schweregrad:** Kritisch
- **Ort:** \`refund\`, Zeilen 36–42
- **Auswirkung:** Ein Angreifer ruft \`refund\` erneut auf, bevor \`contributions[msg.sender]\` gelöscht wird, und leert den Vertrag.
- **Behebung:** Den Beitrag vor dem Senden auf null setzen.

### 2. Unterlauf in \`transfer\`
- **Schweregrad:** Kritisch
- **Ort:** \`transfer\`, Zeile 31
- **Auswirkung:** Jeder kann sich beliebig viele Token gutschreiben.
- **Behebung:** \`tokens[msg.sender] >= amount\` prüfen.

### 3. Ergebnis von \`send\` wird nicht geprüft
- **Schweregrad:** Mittel
- **Ort:** \`payout\`, Zeile 46
- **Auswirkung:** Die Auszahlung kann still fehlschlagen.
- **Behebung:** \`call\` verwenden und das Ergebnis prüfen.`,
  ),
];
