import type { VerdictStatus } from "../../../../src/core/verdict.ts";
import type { AnswerCase } from "../case.ts";

const task = "semantic_audit";
const F = "```";
const SRC = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Lottery {
    address public manager;
    address[] public players;

    constructor() {
        manager = msg.sender;
    }

    function enter() external payable {
        require(msg.value >= 0.01 ether, "min");
        players.push(msg.sender);
    }

    function pickWinner() external {
        uint256 index = uint256(keccak256(abi.encodePacked(block.timestamp, players.length))) % players.length;
        payable(players[index]).call{value: address(this).balance}("");
        delete players;
    }

    function setManager(address next) external {
        require(msg.sender == manager, "not manager");
        manager = next;
    }
}`;
const prompt = "Audit this contract for security issues:\n\n" + F + "solidity\n" + SRC + "\n" + F;
const v = (name: string, answer: string, expect: VerdictStatus = "verified"): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect,
});
const GOODF = `## [H-01] Predictable randomness in pickWinner
**Severity:** High
**Location:** \`pickWinner()\`, line 18
**Impact:** A block proposer can predict or bias \`block.timestamp\` and win the whole pot.
**Recommendation:** Use a verifiable randomness source such as Chainlink VRF.

## [H-02] Return value of the low-level call is ignored
**Severity:** High
**Location:** \`pickWinner()\`, line 19
**Impact:** When the transfer fails the players are deleted and the pot is stuck for that round.
**Recommendation:** Check the returned bool and revert on failure.

## [M-01] Anyone can call pickWinner
**Severity:** Medium
**Location:** \`pickWinner()\`
**Impact:** An attacker chooses the moment of the draw and so the outcome.
**Recommendation:** Restrict it to \`manager\` or add a time window.
`;
/** Answers that somebody wrote who had not seen the checks. */
export const OTHERS: readonly AnswerCase[] = [
  v("headings", GOODF),
  v(
    "table",
    `| # | Severity | Title | Location | Impact | Fix |\n|---|---|---|---|---|---|\n| 1 | High | Weak randomness | Lottery.pickWinner (L18) | Winner can be predicted from block.timestamp | Use VRF or commit-reveal |\n| 2 | High | Unchecked call | Lottery.pickWinner (L19) | Failed payout loses the round's state | require(success) |\n| 3 | Medium | Missing access control | Lottery.pickWinner | Anyone triggers the draw | Add a manager check |\n`,
  ),
  v(
    "json",
    F +
      `json\n{"findings":[{"id":"H-1","title":"Weak randomness","severity":"high","location":{"contract":"Lottery","function":"pickWinner","lines":[18,18]},"description":"The index depends on block.timestamp and players.length.","impact":"Validators can steer the draw.","recommendation":"Use Chainlink VRF."},{"id":"H-2","title":"Unchecked low-level call","severity":"high","location":{"contract":"Lottery","function":"pickWinner","lines":[19]},"description":"The boolean result is dropped.","impact":"A failed payment goes unnoticed and players are deleted.","recommendation":"Check the result."}]}\n` +
      F,
  ),
  v(
    "invented function",
    GOODF.replace("## [M-01] Anyone can call pickWinner", "## [M-01] Missing guard in emergencyWithdraw").replace(
      "**Severity:** Medium\n**Location:** `pickWinner()`",
      "**Severity:** Medium\n**Location:** `emergencyWithdraw()`, line 24",
    ),
    "failed",
  ),
  v(
    "other contract",
    `## [H-01] Reentrancy in withdraw\n**Severity:** High\n**Location:** \`Vault.withdraw(uint256)\`, line 33\n**Impact:** Funds can be drained.\n**Recommendation:** Follow checks-effects-interactions.\n\n## [M-01] Missing zero check in setOracle\n**Severity:** Medium\n**Location:** \`Vault.setOracle\`, line 51\n**Impact:** The oracle may be bricked.\n**Recommendation:** Add a check.`,
    "failed",
  ),
  v(
    "overflow claim",
    GOODF +
      `\n## [H-03] Integer overflow in enter\n**Severity:** High\n**Location:** \`enter()\`, line 12\n**Impact:** msg.value can overflow and wrap around, corrupting the pot.\n**Recommendation:** Use SafeMath.\n`,
    "failed",
  ),
  v(
    "false access claim",
    `## [H-01] setManager has no access control\n**Severity:** High\n**Location:** \`setManager(address)\`, line 23\n**Impact:** Anyone can become manager.\n**Recommendation:** Add an onlyManager modifier.\n\n` +
      GOODF,
    "failed",
  ),
  v("no issues", "I reviewed the contract and found no issues. It is safe to deploy.", "failed"),
  v(
    "no severity",
    `The function pickWinner uses block.timestamp, which is bad. Also the call is not checked. You may want to change that.`,
    "failed",
  ),
  v("line out of file", GOODF.replace("line 18", "line 218"), "failed"),
  v(
    "invented quote",
    GOODF.replace(
      "**Impact:** A block proposer",
      "The code does `uint256 seed = oracle.latestSeed(roundId) % fee;`.\n\n**Impact:** A block proposer",
    ),
    "failed",
  ),
  v(
    "fix suggests new names",
    GOODF.replace(
      "Restrict it to `manager` or add a time window.",
      "Add an `onlyManager` modifier and a `drawDeadline` variable; consider OpenZeppelin's `ReentrancyGuard` and `Ownable2Step`.",
    ),
  ),
  v(
    "bullets",
    `### Findings\n\n- **High – weak randomness** in \`pickWinner\` (line 18): the seed is \`block.timestamp\`. Impact: the draw can be predicted and the pot stolen. Fix: use VRF.\n- **High – unchecked call** in \`pickWinner\` (line 19): the result of \`.call\` is ignored. Impact: a failed payout is lost. Fix: require success.\n- **Medium – open draw**: \`pickWinner\` can be called by anyone. Impact: timing of the draw is up to an attacker. Fix: restrict it to the manager.`,
  ),
];
