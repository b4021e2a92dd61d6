import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";

const VAULT = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

interface IERC20 {
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

contract StakeVault {
    IERC20 public immutable token;
    address public owner;
    uint256 public feeBps;
    mapping(address => uint256) public balances;
    mapping(address => uint256) public ethBalances;

    event Staked(address indexed user, uint256 amount);

    modifier onlyOwner() {
        require(msg.sender == owner, "not owner");
        _;
    }

    constructor(IERC20 token_) {
        token = token_;
        owner = msg.sender;
    }

    function stake(uint256 amount) external {
        token.transferFrom(msg.sender, address(this), amount);
        balances[msg.sender] += amount;
        emit Staked(msg.sender, amount);
    }

    function depositEth() external payable {
        ethBalances[msg.sender] += msg.value;
    }

    function withdrawEth(uint256 amount) external {
        require(ethBalances[msg.sender] >= amount, "balance");
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "send failed");
        unchecked { ethBalances[msg.sender] -= amount; }
    }

    function setFee(uint256 bps) external onlyOwner {
        feeBps = bps;
    }

    function sweep(address payable to) external {
        require(tx.origin == owner, "not owner");
        to.transfer(address(this).balance);
    }
}`;
const prompt = `Please do a security audit of the following Solidity code. For every finding give severity, location, impact, a proof of concept idea and a recommended fix.\n\n${fenced("solidity", VAULT)}`;

type Part = "Severity" | "Location" | "Description" | "Impact" | "Proof of concept" | "Recommended fix";
const finding = (title: string, parts: Readonly<Record<Part, string>>): string =>
  `### ${title}\n\n${Object.entries(parts)
    .map(([name, text]) => `- **${name}:** ${text}\n`)
    .join("")}`;
const of = (
  ...[severity, location, description, impact, poc, fix]: readonly string[]
): Readonly<Record<Part, string>> => ({
  Severity: severity ?? "",
  Location: location ?? "",
  Description: description ?? "",
  Impact: impact ?? "",
  "Proof of concept": poc ?? "",
  "Recommended fix": fix ?? "",
});

const REENTRANCY = finding("H-1: Reentrancy in withdrawEth", of("High", "`StakeVault.withdrawEth`, lines 38-43", "The external call on line 40 happens before `ethBalances[msg.sender] -= amount`, and the subtraction is `unchecked`.", "An attacker drains all ETH of the vault.", "A contract re-enters `withdrawEth` from its `receive()` until the vault is empty.", "Move the subtraction before the call.")); // prettier-ignore
const ORIGIN = finding("H-2: tx.origin authorization in sweep", of("High", "`sweep(address payable)`, line 50", "It authenticates the origin and not the caller.", "A phishing contract that the owner calls can sweep the entire ETH balance.", "The owner claims an airdrop from a malicious contract.", "Use `onlyOwner`.")); // prettier-ignore
const RESULT = finding("Finding: Unchecked transferFrom return value", of("Medium", "`stake(uint256)`, line 29", "The boolean of `token.transferFrom` is ignored.", "`balances` is credited without payment.", "Stake 1000 units of such a token.", "Use `SafeERC20`.")); // prettier-ignore
const FEE = finding("L-1: No upper bound in setFee", of("Low", "`setFee`, line 46", "`feeBps` can be set to any value.", "The owner may set a fee above 100%.", "Call `setFee(20000)` as the owner.", "Require `bps <= 1000`.")); // prettier-ignore
const REPORT = [REENTRANCY, ORIGIN, RESULT, FEE].join("\n");
const without = (part: Part, text = REPORT): string => text.replaceAll(new RegExp(`- \\*\\*${part}:.*\\n`, "g"), "");
const item = (name: string, answer: string, by?: string): AnswerCase => ({
  name,
  task: "semantic_audit",
  prompt,
  answer,
  ...(by === undefined ? { expect: "verified" } : { expect: "failed", by }),
});

/** One report on one contract, whole and with one thing wrong. */
export const VAULT_REPORTS: readonly AnswerCase[] = [
  item("a report with every part", REPORT),
  item("no finding has a fix", without("Recommended fix"), "audit_structure"),
  item("one finding has no severity", REPORT.replace("- **Severity:** Medium\n", ""), "audit_structure"),
  item("no proof of concept", without("Proof of concept"), "audit_structure"),
  item(
    "an immutable that changes",
    `${REPORT}\n${finding("M-2: token can be changed by the owner", of("Medium", "`StakeVault`, line 10", "The owner can change `token` after deployment, because it is not immutable.", "Users lose their stakes.", "The owner sets `token` to a worthless one.", "Make it immutable."))}`,
    "audit_consistent",
  ),
  item(
    "an old compiler",
    `${REPORT}\n${finding("M-2: Outdated compiler 0.7", of("Medium", "line 2", "The contract uses Solidity 0.7, so arithmetic is unchecked.", "Balances wrap around.", "Overflow `balances`.", "Upgrade the compiler."))}`,
    "audit_consistent",
  ),
  item(
    "a check that is there",
    [
      REENTRANCY,
      finding(
        "H-2: sweep can be called by anyone",
        of(
          "High",
          "`sweep`, line 49",
          "There is no check at all in `sweep`.",
          "Anyone can drain the ETH.",
          "Call `sweep`.",
          "Add `onlyOwner`.",
        ),
      ),
      RESULT,
      FEE,
    ].join("\n"),
    "audit_consistent",
  ),
  {
    ...item(
      "in Italian, with parts that cannot be read",
      "## [ALTA] Controllo di accesso mancante in `setFee`\n**Dove si trova:** `setFee`, riga 45\n**Che cosa succede:** chiunque chiama `setFee` e cambia la commissione del contratto senza alcun controllo.\n**Come si risolve:** aggiungere un modificatore.\n\n## [ALTA] Rientro in `withdrawEth`\n**Dove si trova:** `withdrawEth`, riga 40\n**Che cosa succede:** furto di tutto il saldo del contratto mediante chiamate annidate.\n**Come si risolve:** aggiornare prima il saldo.",
    ),
    expect: "unchecked",
  },
];
