import { fenced } from "../../subject.ts";
import type { AnswerCase } from "../case.ts";
import {
  AUCTION,
  BANK,
  ESCROW,
  ESCROW_STORAGE,
  LOTTERY,
  OLD_SALE,
  REGISTRY,
  STAKING,
  TOKEN,
  WALLET,
} from "./sources.ts";

type Given = Readonly<Record<string, unknown>>;

const task = "semantic_audit";
const prompt = "Audit this contract for vulnerabilities.";
const given = (path: string, content: string): Given => ({ files: [{ path, content }] });

export const BANK_REPORT = `# Security Audit: PiggyBank

## Summary

| Severity | Count |
|---|---|
| High | 1 |
| Low | 1 |
| Informational | 1 |

## Findings

### [H-01] Reentrancy in \`breakOpen\` lets an attacker drain the bank

**Severity:** High
**Location:** \`PiggyBank.breakOpen(uint256)\`, L26-L32

**Description**

The ether is sent before the balance is lowered:

${fenced("solidity", `(bool ok, ) = msg.sender.call{value: amount}("");\nrequire(ok, "failed");\nsavings[msg.sender] -= amount;`)}

**Impact**

An attacker contract can reenter \`breakOpen()\` and withdraw the savings of everybody else.

**Proof of Concept**

${fenced("solidity", `contract Attacker {\n    PiggyBank bank;\n    function attack() external payable { bank.save{value: 1 ether}(); bank.breakOpen(1 ether); }\n    receive() external payable { bank.breakOpen(1 ether); }\n}`)}

**Recommendation**

Apply checks-effects-interactions, and add OpenZeppelin's \`ReentrancyGuard\`:

${fenced("solidity", `function breakOpen(uint256 amount) external nonReentrant {\n    savings[msg.sender] -= amount;\n    totalSaved -= amount;\n    (bool sent, ) = msg.sender.call{value: amount}("");\n    require(sent, "failed");\n}`)}

### [L-01] \`changeOwner\` accepts the zero address

**Severity:** Low
**Location:** \`changeOwner\`, L35-L37

**Impact:** Ownership can be lost for good by a mistyped call.

**Recommendation:** Reject \`address(0)\` or introduce \`pendingOwner\` with a two-step \`acceptOwnership()\`.

### [I-01] No event when the owner changes

**Location:** \`changeOwner\`

**Recommendation:** Emit an \`OwnerChanged\` event.
`;

export const LOTTERY_LIST = `I found four problems in the lottery:

1. **Predictable winner (Critical)** – \`pickWinner\` (lines 18-22) derives the index from \`block.timestamp\` and \`block.prevrandao\`; a validator or a contract in the same block can foresee it and win. *Fix:* use Chainlink VRF or commit-reveal.
2. **Unchecked send (High)** – in \`pickWinner()\` line 20 the return value of \`send\` is ignored, so the prize can stay stuck while \`players\` is deleted. *Fix:* use \`call\` and require success.
3. **tx.origin authentication (High)** – \`setManager\` (line 25) checks \`tx.origin\`; a phishing contract that the manager calls can take over the role. *Fix:* check \`msg.sender\`.
4. **Anyone can draw (Medium)** – \`pickWinner\` has no access control and may be called at any time, which lets an attacker choose the moment. *Fix:* restrict it to \`manager\`.`;

export const GOOD: readonly AnswerCase[] = [
  {
    name: "a report with ids, PoC and fixed code",
    task,
    prompt,
    context: given("PiggyBank.sol", BANK),
    answer: BANK_REPORT,
    expect: "verified",
  },
  {
    name: "the same with CRLF",
    task,
    prompt,
    context: given("PiggyBank.sol", BANK),
    answer: BANK_REPORT.replaceAll("\n", "\r\n"),
    expect: "verified",
  },
  {
    name: "the same in one Markdown fence",
    task,
    prompt,
    context: given("PiggyBank.sol", BANK),
    answer: `Here you go:\n\n${"`".repeat(4)}markdown\n${BANK_REPORT}\n${"`".repeat(4)}`,
    expect: "verified",
  },
  {
    name: "a numbered list in sentences",
    task,
    prompt: `${prompt}\n\n${fenced("solidity", LOTTERY)}`,
    answer: LOTTERY_LIST,
    expect: "verified",
  },
  {
    name: "a table with one finding per row",
    task,
    prompt,
    context: given("contracts/Lottery.sol", LOTTERY),
    answer: `## Findings\n\n| ID | Severity | Title | Location | Impact | Recommendation |\n|---|---|---|---|---|---|\n| 1 | 🔴 Critical | Weak randomness | \`Lottery.pickWinner()\` L18-L22 | The winner can be predicted | Use a VRF |\n| 2 | 🟠 High | Unchecked return value of send | contracts/Lottery.sol:20 | The prize is lost silently | Check the result |\n| 3 | 🟠 High | Authorization by tx.origin | \`setManager\` L24 | Phishing hands over the role | Use msg.sender |\n| 4 | 🟡 Medium | No access control on the draw | \`pickWinner\` | Anyone can choose the moment | Only the manager |`,
    expect: "verified",
  },
  {
    name: "bare JSON as asked",
    task,
    prompt: `${prompt} Return the findings as JSON.`,
    context: given("Wallet.sol", WALLET),
    answer: JSON.stringify({
      findings: [
        {
          severity: "critical",
          title: "Arbitrary delegatecall",
          function: "run",
          line_start: 14,
          line_end: 18,
          description: "Any caller can run code of its choice in the wallet's storage.",
          impact: "Takeover and loss of all funds.",
          recommendation: "Restrict it to the owner and to a list of targets.",
        },
        {
          severity: "high",
          title: "Front-runnable initializer",
          contract: "Wallet",
          function: "initialize",
          lines: [8, 12],
          description: "Anyone can call initialize first.",
          impact: "An attacker becomes the owner.",
          recommendation: "Set the owner in the constructor.",
        },
        {
          severity: "medium",
          title: "Result of call ignored",
          function: "pay",
          lines: [20, 23],
          description: "The return value of the low-level call is not checked.",
          impact: "A failed payment looks like a success.",
          recommendation: "Require success.",
        },
      ],
    }),
    expect: "verified",
  },
  {
    name: "JSON in a fence, by severity, with nested locations",
    task,
    prompt,
    context: given("RewardToken.sol", TOKEN),
    answer: `Sure!\n\n${fenced("json", JSON.stringify({ critical: [{ title: "Anyone can become minter", location: { file: "RewardToken.sol", function: "setMinter", line: 14 }, impact: "Unlimited minting by any account", fix: "Add an access check" }], high: [{ title: "Anyone can burn the tokens of others", location: { file: "RewardToken.sol", function: "burnFrom", line: 23 }, impact: "Holders lose their tokens", fix: "Call _spendAllowance first" }], low: [{ title: "maxSupply is never enforced", location: { function: "mint", line: 18 }, impact: "The cap does not bind", fix: "Check totalSupply() + amount" }] }, null, 2))}`,
    expect: "verified",
  },
  {
    name: "bold titles with plain labels",
    task,
    prompt,
    context: given("Auction.sol", AUCTION),
    answer: `**Denial of service by a bidder that reverts**\n\nSeverity: High\nLocation: Auction.sol, lines 20-29, function bid\nImpact: A contract without a payable fallback becomes the highest bidder and nobody can outbid it, because \`highestBidder.transfer(highestBid)\` reverts.\nRecommendation: Let bidders withdraw (pull over push).\n\n**The seller may be a contract that cannot receive with 2300 gas**\n\nSeverity: Medium\nLocation: line 35 in end()\nImpact: The proceeds are locked.\nRecommendation: Use call and check the result.\n\n**end() emits no event**\n\nSeverity: Informational\nLocation: end()\nRecommendation: Emit an AuctionEnded event.`,
    expect: "verified",
  },
  {
    name: "prose paragraphs that say severity, place, harm and fix",
    task,
    prompt,
    context: given("Auction.sol", AUCTION),
    answer:
      "I went through the contract and see two things worth fixing.\n\nFirst, `bid()` refunds the previous bidder with `transfer` (line 24). This is a high severity issue: a contract that rejects ether stays the highest bidder for ever and blocks the auction for everyone. Use the withdrawal pattern instead.\n\nSecond, `end()` pays the seller with `transfer` as well (line 36). I would rate this medium: if the seller is a contract with an expensive receive function, the proceeds are locked. Use `call` and check its result.",
    expect: "verified",
  },
  {
    name: "CVSS scores and sub-headings",
    task,
    prompt,
    context: given("RewardToken.sol", TOKEN),
    answer: `# Findings\n\n## 1. Unprotected \`setMinter\`\n\n### Severity\n9.8 (CVSS)\n\n### Location\nRewardToken.sol#L13-L15\n\n### Impact\nAnybody can make himself \`minter\` and mint without limit.\n\n### Recommendation\nAdd \`onlyOwner\` from OpenZeppelin's \`Ownable\`.\n\n## 2. Unrestricted \`burnFrom\`\n\n### Severity\nCVSS 8.1\n\n### Location\nRewardToken.sol#L22-L24\n\n### Impact\nAnyone can destroy the balance of any holder; \`_burn\` is called without an allowance.\n\n### Recommendation\nCall \`_spendAllowance(from, msg.sender, amount)\` before \`_burn\`.`,
    expect: "verified",
  },
  {
    name: "two files, cited by path and line",
    task,
    prompt,
    context: {
      files: [
        { path: "src/Escrow.sol", content: ESCROW },
        { path: "src/EscrowStorage.sol", content: ESCROW_STORAGE },
      ],
    },
    answer: `### Critical: anyone can refund any deal, even after release\n\n**Where:** \`src/Escrow.sol:16\`, \`Escrow.refund(uint256)\`\n\n**Impact:** \`refund\` neither checks the caller nor \`deal.released\`, so that an attacker drains the escrow by refunding a released deal over and over.\n\n**Fix:** require the seller as the caller and \`!deal.released\`.\n\n### Low: deals can be opened for the zero address\n\n**Where:** \`src/EscrowStorage.sol:15-18\`, \`EscrowStorage.open\`\n\n**Impact:** The ether of such a deal is lost on release.\n\n**Fix:** reject \`seller == address(0)\`.`,
    expect: "verified",
  },
  {
    name: "nested lists under severities, with imports from OpenZeppelin",
    task,
    prompt,
    context: given("Staking.sol", STAKING),
    answer: `## High\n\n- **Rewards are paid out of the stakes of others**\n  - Location: \`Staking.unstake\` (lines 35-42)\n  - Impact: \`token.safeTransfer(msg.sender, amount + reward)\` draws on the pool of stakes; the last stakers cannot withdraw.\n  - Recommendation: Fund rewards separately and track the reserve.\n\n## Medium\n\n- **A second stake resets the clock**\n  - Location: \`stake()\`, line 31: \`since[msg.sender] = block.timestamp\`\n  - Impact: Accrued rewards are lost on every new deposit.\n  - Recommendation: Settle the reward before changing \`since\`.\n\n## Low\n\n- **setRewardRate emits no event**\n  - Location: \`setRewardRate\`\n  - Impact: Users cannot see that the rate was changed and may be misled.\n  - Recommendation: Emit \`RewardRateChanged(rate)\`.`,
    expect: "verified",
  },
  {
    name: "overflow in a contract for an old compiler",
    task,
    prompt,
    context: given("TokenSale.sol", OLD_SALE),
    answer: `## 1. Integer overflow in buy (Critical)\n\n- Location: \`TokenSale.buy\`, line 8\n- Impact: \`count * PRICE\` can overflow, so that an attacker gets a huge \`balanceOf\` for almost nothing and drains the contract with \`sell\`.\n- Fix: use SafeMath or Solidity 0.8.\n\n## 2. Floating pragma (Informational)\n\n- Location: line 1\n- Fix: pin the compiler version.`,
    expect: "verified",
  },
  {
    name: "a clean contract, function by function",
    task,
    prompt,
    context: given("NameRegistry.sol", REGISTRY),
    answer:
      "No vulnerabilities found.\n\n- `register(bytes32)`: rejects a name that is taken (`holderOf[name] != address(0)`), writes before it emits, makes no external call, so reentrancy is impossible.\n- `transfer(bytes32,address)`: only the holder passes (`NotHolder`), the zero address is rejected, an event is emitted.\n\nThe pragma is pinned to 0.8.26, arithmetic is not used.",
    expect: "verified",
  },
  {
    name: "a clean contract with remarks only",
    task,
    prompt,
    context: given("NameRegistry.sol", REGISTRY),
    answer:
      "### [I-01] Names can be front-run\n\n**Severity:** Informational\n**Location:** `NameRegistry.register`, lines 15-19\n**Impact:** An observer of the mempool can register a name first.\n**Recommendation:** Use commit-reveal if that matters.\n\n### [G-01] Pack nothing, cache nothing\n\n**Severity:** Gas\n**Location:** `transfer`\n**Recommendation:** The slot `holderOf[name]` is read once; keep it so.",
    expect: "verified",
  },
  {
    name: "only the high ones, as asked",
    task,
    prompt: "List only high severity findings, at most 2 findings.",
    context: given("Lottery.sol", LOTTERY),
    answer:
      "1. **Weak randomness** — Severity: High — Location: `pickWinner`, line 19 — Impact: the winner is predictable by validators. Fix: use a VRF.\n2. **tx.origin** — Severity: High — Location: `setManager`, line 25 — Impact: phishing takes over the role. Fix: use msg.sender.",
    expect: "verified",
  },
  {
    name: "German prose with recognisable labels",
    task,
    prompt: "Prüfe den Vertrag.",
    context: given("Wallet.sol", WALLET),
    answer:
      "## 1. Beliebiges delegatecall\n\n**Schweregrad:** Kritisch\n**Ort:** `Wallet.run`, Zeile 14\n**Auswirkung:** Jeder kann fremden Code im Speicher der Wallet ausführen und alles stehlen.\n**Empfehlung:** Nur dem Eigentümer erlauben.\n\n## 2. Rückgabewert von call wird ignoriert (unchecked call)\n\n**Schweregrad:** Mittel\n**Ort:** `Wallet.pay`, Zeile 22\n**Auswirkung:** Eine gescheiterte Zahlung bleibt unbemerkt.\n**Empfehlung:** Das Ergebnis prüfen.",
    expect: "verified",
  },
];
