import type { AnswerCase } from "../case.ts";
import { AUCTION, REGISTRY, STAKING, TOKEN, VAULT, VOTING } from "./originals.ts";
import { AIRDROP, MULTISIG } from "./shared-money.ts";
import { BETTER_TOKEN, BETTER_VAULT } from "./good.ts";
import { asked, edit, fence } from "./shapes.ts";

const bad = (name: string, by: string, original: string, answer: string, over: Partial<AnswerCase> = {}): AnswerCase =>
  asked(name, original, answer, "failed", { by, ...over });

const changed = (
  name: string,
  by: string,
  original: string,
  edits: readonly (readonly [string, string])[],
): AnswerCase => bad(name, by, original, `Cheaper and equivalent:\n\n${fence(edit(original, edits))}`);

const BEHAVIOUR = "gas_same_behaviour";
const GUARDS = "gas_guards_kept";
const INTERFACE = "gas_same_interface";

const WITH_SETTER = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
contract Curve {
    uint256 public base = 100;
    uint256 public count;
    function setBase(uint256 next) public { require(next > 0, "zero"); base = next; }
    function bump() public { count = count + 1; count = count + 1; }
}`;
const PAIRS = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
contract Pairs {
    uint256 public count;
    mapping(uint256 => mapping(uint256 => bool)) public marks;
    function mark(uint256 a, uint256 b) public { marks[a][b] = b > 7; count = count + 1; count = count + 1; }
}`;

export const BAD: readonly AnswerCase[] = [
  changed("mints over the cap", BEHAVIOUR, TOKEN, [
    [`        require(totalSupply + amount <= cap, "cap exceeded");\n`, ""],
  ]),
  changed("mints one under the cap", GUARDS, TOKEN, [["<= cap", "< cap"]]),
  changed("lets anybody mint", BEHAVIOUR, TOKEN, [
    ["uint256 amount) external onlyOwner {", "uint256 amount) external {"],
  ]),
  changed("burns to the zero address", BEHAVIOUR, TOKEN, [
    [
      `        require(to != address(0), "zero address");\n        require(balanceOf[msg`,
      `        require(balanceOf[msg`,
    ],
  ]),
  changed("no longer emits", BEHAVIOUR, TOKEN, [["        emit Transfer(from, to, amount);\n", ""]]),
  changed("forgets the allowance", BEHAVIOUR, TOKEN, [
    ["        allowance[from][msg.sender] = allowance[from][msg.sender] - amount;\n", ""],
  ]),
  changed("subtracts unchecked without a check", BEHAVIOUR, TOKEN, [
    [
      `        require(balanceOf[msg.sender] >= amount, "balance");
        balanceOf[msg.sender] = balanceOf[msg.sender] - amount;`,
      `        unchecked { balanceOf[msg.sender] -= amount; }`,
    ],
  ]),
  bad(
    "caches both balances of a transfer to oneself",
    BEHAVIOUR,
    TOKEN,
    fence(
      edit(TOKEN, [
        [
          `        require(balanceOf[msg.sender] >= amount, "balance");
        balanceOf[msg.sender] = balanceOf[msg.sender] - amount;
        balanceOf[to] = balanceOf[to] + amount;`,
          `        uint256 mine = balanceOf[msg.sender];
        uint256 theirs = balanceOf[to];
        require(mine >= amount, "balance");
        balanceOf[msg.sender] = mine - amount;
        balanceOf[to] = theirs + amount;`,
        ],
      ]),
    ),
  ),
  changed("drops the lock against reentrancy", BEHAVIOUR, VAULT, [["external nonReentrant {", "external {"]]),
  changed("withdraws nothing without complaint", BEHAVIOUR, VAULT, [[`        require(amount > 0, "zero");\n`, ""]]),
  changed("accepts too long a lock", BEHAVIOUR, STAKING, [["30 days", "31 days"]]),
  changed("releases a second late", GUARDS, STAKING, [["block.timestamp >= stakes", "block.timestamp > stakes"]]),
  changed("skips the last voter", BEHAVIOUR, VOTING, [["i < voters.length; i++", "i + 1 < voters.length; i++"]]),
  changed("lets votes in at the deadline", GUARDS, VOTING, [
    ["block.timestamp < proposals", "block.timestamp <= proposals"],
  ]),
  changed("allows a second vote", BEHAVIOUR, VOTING, [["        hasVoted[id][msg.sender] = true;\n", ""]]),
  changed("prefers the later of equals", BEHAVIOUR, VOTING, [
    ["proposals[i].votes > most", "proposals[i].votes >= most"],
  ]),
  changed("registers for eleven years", GUARDS, REGISTRY, [["numYears <= 10", "numYears <= 11"]]),
  changed("takes a name that has not expired", BEHAVIOUR, REGISTRY, [
    [" || expiresAt[name] < block.timestamp, ", " || expiresAt[name] > block.timestamp, "],
  ]),
  changed("closes a second early", GUARDS, AUCTION, [["block.timestamp <= endTime", "block.timestamp < endTime"]]),
  changed("forgets the loser's refund", BEHAVIOUR, AUCTION, [
    ["            refunds[highestBidder] = refunds[highestBidder] + highestBid;\n", ""],
  ]),
  changed("refunds again and again", BEHAVIOUR, AUCTION, [["        refunds[msg.sender] = 0;\n", ""]]),
  changed("executes twice", BEHAVIOUR, MULTISIG, [[`        require(!txs[id].executed, "executed");\n`, ""]]),
  changed("executes with too few", BEHAVIOUR, MULTISIG, [
    [`        require(txs[id].confirmations >= required, "not enough");\n`, ""],
  ]),
  changed("accepts the same owner twice", BEHAVIOUR, MULTISIG, [
    [`            require(!isOwner[owners_[i]], "duplicate");\n`, ""],
  ]),
  changed("claims while paused", GUARDS, AIRDROP, [[`        require(!paused, "paused");\n`, ""]]),
  changed("overflows in an unchecked sum", BEHAVIOUR, AIRDROP, [
    [
      "            claimable[users[i]] += amounts[i];\n            totalAllocated += amounts[i];",
      "            unchecked { claimable[users[i]] += amounts[i]; totalAllocated += amounts[i]; }",
    ],
  ]),
  changed("makes a public variable private", INTERFACE, VAULT, [
    ["uint256 public minDeposit = 1000;", "uint256 private minDeposit = 1000;"],
  ]),
  changed("renames a function", INTERFACE, VAULT, [["function setMinDeposit", "function setMinimum"]]),
  changed("makes a function payable", INTERFACE, VOTING, [
    ["function vote(uint256 id) external {", "function vote(uint256 id) external payable {"],
  ]),
  changed("narrows a public number", INTERFACE, AUCTION, [
    ["uint256 public minIncrement", "uint96 public minIncrement"],
  ]),
  changed("drops an event", INTERFACE, VAULT, [
    ["    event Withdrawn(address indexed account, uint256 amount);\n", ""],
    ["        emit Withdrawn(msg.sender, amount);\n", ""],
  ]),
  bad(
    "hands back a part of the contract",
    INTERFACE,
    TOKEN,
    fence(BETTER_TOKEN.replace(/ {4}function batchTransfer[\s\S]*?\n {4}\}\n/, "")),
  ),
  bad(
    "does not compile",
    "gas_compiles",
    VAULT,
    fence(BETTER_VAULT.replace("uint256 private locked = 1;", "uint256 private lock = 1;")),
  ),
  bad(
    "uses what it does not declare",
    "gas_compiles",
    TOKEN,
    fence(BETTER_TOKEN.replace("    error Balance();\n", "")),
  ),
  bad("returns the original", "gas_saved", AUCTION, fence(AUCTION)),
  changed("changes names and comments only", "gas_saved", VAULT, [
    ["uint256 amount) external nonReentrant", "uint256 amount /* wei */) external nonReentrant"],
    ["bool private locked;", "bool private _entered;"],
    ["require(!locked", "require(!_entered"],
    ["locked = true", "_entered = true"],
    ["locked = false", "_entered = false"],
  ]),
  changed("costs more", "gas_saved", VOTING, [
    [
      "        hasVoted[id][msg.sender] = true;",
      "        hasVoted[id][msg.sender] = true;\n        calls[msg.sender] += 1;",
    ],
    ["    event Voted(", "    mapping(address => uint256) private calls;\n    event Voted("],
  ]),
  bad("only gives advice", "gas_compiles", VAULT, "Make the owner immutable and pack the lock with it."),
  asked("there is no original", "", fence(BETTER_VAULT), "unchecked", { prompt: "Write a cheap vault." }),
  asked(
    "the original is not Solidity 0.8",
    "contract Old { function f() public { var x = 1; } }",
    fence("contract Old { function f() public { uint8 x = 1; } }"),
    "unchecked",
  ),
  bad(
    "another initial value under a setter",
    BEHAVIOUR,
    WITH_SETTER,
    fence(
      edit(WITH_SETTER, [
        ["count = count + 1; count = count + 1;", "count = count + 2;"],
        ["= 100", "= 10"],
      ]),
    ),
  ),
  bad(
    "leaves a pair's entry another than it was",
    BEHAVIOUR,
    PAIRS,
    fence(
      edit(PAIRS, [
        ["count = count + 1; count = count + 1;", "count = count + 2;"],
        ["= b > 7", "= b > 8"],
      ]),
    ),
  ),
];
