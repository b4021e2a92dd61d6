import { fenced } from "../../subject.ts";
import type { AnswerCase } from "../case.ts";
import { BANK_REPORT, LOTTERY_LIST } from "./good.ts";
import { AUCTION, BANK, LOTTERY, REGISTRY, STAKING, TOKEN, WALLET } from "./sources.ts";

type Given = Readonly<Record<string, unknown>>;

const task = "semantic_audit";
const prompt = "Audit this contract for vulnerabilities.";
const given = (path: string, content: string): Given => ({ files: [{ path, content }] });
const bank = given("PiggyBank.sol", BANK);
const lottery = given("Lottery.sol", LOTTERY);

const finding = (title: string, location: string, text: string): string =>
  `### ${title}\n\n**Severity:** High\n**Location:** ${location}\n\n${text}\n\n**Impact:** Funds can be lost.\n\n**Recommendation:** Restrict it.\n`;

export const BAD: readonly AnswerCase[] = [
  {
    name: "names a function that is not there",
    task,
    prompt,
    context: bank,
    answer: BANK_REPORT.replaceAll("changeOwner", "emergencyDrain"),
    expect: "failed",
    by: "audit_grounded",
  },
  {
    name: "one made-up finding among right ones",
    task,
    prompt,
    context: lottery,
    answer: `${LOTTERY_LIST}\n5. **Open selfdestruct (High)** – \`destroyLottery\` (line 26) can be called by anyone and kills the contract. *Fix:* restrict it.`,
    expect: "failed",
    by: "audit_grounded",
  },
  {
    name: "an audit of another contract",
    task,
    prompt,
    context: given("Auction.sol", AUCTION),
    answer: BANK_REPORT,
    expect: "failed",
    by: "audit_grounded",
  },
  {
    name: "the right defects under renamed symbols",
    task,
    prompt,
    context: lottery,
    answer: LOTTERY_LIST.replaceAll("pickWinner", "drawLot").replaceAll("setManager", "setAdmin"),
    expect: "failed",
    by: "audit_grounded",
  },
  {
    name: "lines beyond the end of the file",
    task,
    prompt,
    context: bank,
    answer: BANK_REPORT.replace("L26-L32", "L126-L132"),
    expect: "failed",
    by: "audit_grounded",
  },
  {
    name: "lines that are elsewhere, throughout",
    task,
    prompt,
    context: lottery,
    answer: LOTTERY_LIST.replaceAll("lines 18-22", "lines 1-3")
      .replaceAll("line 20", "line 4")
      .replaceAll("line 25", "line 3"),
    expect: "failed",
    by: "audit_grounded",
  },
  {
    name: "code that nobody wrote",
    task,
    prompt,
    context: given("RewardToken.sol", TOKEN),
    answer: finding(
      "Flawed mint accounting",
      "`RewardToken.mint`",
      `The vulnerable code:\n\n${fenced("solidity", "uint256 fee = amount * feeBps / 10000;\n_mint(feeCollector, fee);\ntotalMinted[to] += amount - fee;")}\n\nAnyone can become minter through \`setMinter\`, and burnFrom is unprotected.`,
    ),
    expect: "failed",
    by: "audit_grounded",
  },
  {
    name: "a file that was not sent",
    task,
    prompt,
    context: bank,
    answer: finding("Reentrancy", "`contracts/Vault.sol:28`", "The call comes first."),
    expect: "failed",
    by: "audit_grounded",
  },
  {
    name: "a contract name of its own",
    task,
    prompt,
    context: bank,
    answer: BANK_REPORT.replaceAll("PiggyBank.breakOpen", "EtherVault.breakOpen"),
    expect: "failed",
    by: "audit_grounded",
  },
  {
    name: "states no severity",
    task,
    prompt,
    context: bank,
    answer:
      "1. Reentrancy in `breakOpen`: the call comes before the update, an attacker can drain everything. Fix: update first.\n2. Zero address in `changeOwner`: ownership can be lost. Fix: check it.",
    expect: "failed",
  },
  {
    name: "states no fix",
    task,
    prompt,
    context: bank,
    answer:
      "### Reentrancy\n\nSeverity: High\nLocation: `breakOpen`, line 28\nImpact: An attacker drains the bank.\n\n### Zero address\n\nSeverity: Low\nLocation: `changeOwner`\nImpact: Ownership is lost.",
    expect: "failed",
  },
  {
    name: "a checklist about no code",
    task,
    prompt,
    context: bank,
    answer:
      "# Smart contract security checklist\n\n- **Reentrancy (High)**: make external calls last. Use ReentrancyGuard.\n- **Overflow (Medium)**: use Solidity 0.8 or SafeMath to avoid losses.\n- **Access control (High)**: restrict admin functions or an attacker takes over.\n- **Oracle manipulation (Medium)**: use TWAP prices to prevent manipulation.\n- **Front-running (Low)**: use commit-reveal.",
    expect: "failed",
  },
  {
    name: "only summarises",
    task,
    prompt,
    context: bank,
    answer:
      "The PiggyBank contract lets users deposit ether with `save` and withdraw it with `breakOpen`. The owner may be changed by `changeOwner`. It uses a mapping for balances and emits an event on deposit. Overall the code is readable and follows common conventions.",
    expect: "failed",
    by: "audit_structure",
  },
  {
    name: "no issues, no reasons",
    task,
    prompt,
    context: bank,
    answer: "No issues found. The contract is safe to deploy.",
    expect: "failed",
  },
  {
    name: "no issues, no reasons, though the contract is clean",
    task,
    prompt,
    context: given("R.sol", REGISTRY),
    answer: "No issues found.",
    expect: "failed",
    by: "audit_structure",
  },
  {
    name: "no issues with reasons where there is a certain defect",
    task,
    prompt,
    context: bank,
    answer:
      "I found no vulnerabilities. `save` adds exactly what was sent and emits an event. `breakOpen` checks the balance first, requires that the call succeeded and lowers the savings of the caller, and `changeOwner` can only be called by the owner. Arithmetic is checked by the compiler.",
    expect: "failed",
    by: "audit_covers",
  },
  {
    name: "leaves the reentrancy out",
    task,
    prompt,
    context: bank,
    answer:
      "### Zero address\n\n**Severity:** Low\n**Location:** `changeOwner`, line 35\n**Impact:** Ownership can be lost for good.\n**Recommendation:** Reject `address(0)`.",
    expect: "failed",
    by: "audit_covers",
  },
  {
    name: "prose where JSON was asked for",
    task,
    prompt: `${prompt} Answer only with a JSON array of findings.`,
    context: lottery,
    answer: LOTTERY_LIST,
    expect: "failed",
    by: "audit_structure",
  },
  {
    name: "more findings than asked for",
    task,
    prompt: "Report at most 2 findings.",
    context: lottery,
    answer: LOTTERY_LIST,
    expect: "failed",
    by: "audit_structure",
  },
  {
    name: "low ones where only high ones were asked for",
    task,
    prompt: "Report only high severity issues.",
    context: bank,
    answer: BANK_REPORT,
    expect: "failed",
    by: "audit_structure",
  },
  {
    name: "says the same finding again and again",
    task,
    prompt,
    context: lottery,
    answer: `${LOTTERY_LIST}\n5. **Predictable winner (Critical)** – \`pickWinner\` (lines 18-22) derives the index from \`block.timestamp\` and \`block.prevrandao\`; a validator or a contract in the same block can foresee it and win. *Fix:* use Chainlink VRF or commit-reveal.\n6. **Predictable winner (Critical)** – \`pickWinner\` (lines 18-22) derives the index from \`block.timestamp\` and \`block.prevrandao\`; a validator or a contract in the same block can foresee it and win. *Fix:* use Chainlink VRF or commit-reveal.`,
    expect: "failed",
  },
  {
    name: "invented names in JSON",
    task,
    prompt,
    context: given("Wallet.sol", WALLET),
    answer: JSON.stringify([
      {
        severity: "High",
        title: "Missing check",
        function: "executeBatch",
        line: 15,
        impact: "Funds are lost",
        recommendation: "Check it",
      },
    ]),
    expect: "failed",
    by: "audit_grounded",
  },
  {
    name: "nothing to hold the audit against",
    task,
    prompt: "Audit the contract at 0x00000000219ab540356cBB839Cbe05303d7705Fa.",
    answer: BANK_REPORT,
    expect: "unchecked",
  },
  {
    name: "Chinese sentences without labels",
    task,
    prompt: "请审计这个合约。",
    context: given("Staking.sol", STAKING),
    answer:
      "这个合约总体上写得不错,但是奖励是从其他用户的质押资金中支付的,因此最后提取的用户可能无法取回自己的资金。另外,每次追加质押都会重置计时,用户会因此失去已经累积的奖励。建议单独管理奖励资金,并且在修改时间之前先结算奖励。",
    expect: "unchecked",
  },
];
