import type { AnswerCase } from "../case.ts";
import { BANK_REPORT } from "./good.ts";
import { AUCTION, BANK, REGISTRY, STAKING, TOKEN } from "./sources.ts";

type Given = Readonly<Record<string, unknown>>;

const task = "semantic_audit";
const prompt = "Audit this contract for vulnerabilities.";
const given = (path: string, content: string): Given => ({ files: [{ path, content }] });

const finding = (title: string, location: string, impact: string, severity = "High"): string =>
  `## ${title}\n\n- **Severity:** ${severity}\n- **Location:** ${location}\n- **Impact:** ${impact}\n- **Recommendation:** Fix it as described in the guidelines of the project and add a test.\n`;

/** A right finding that goes along with each false one. */
const STAKING_RIGHT = finding(
  "Rewards are paid out of the stakes of others",
  "`Staking.unstake`, lines 35-42",
  "The last stakers cannot withdraw.",
);
const AUCTION_RIGHT = finding(
  "A bidder that reverts blocks the auction",
  "`Auction.bid`, line 24",
  "Nobody can outbid a contract that rejects ether.",
);

const CLAIMS: readonly (readonly [name: string, context: Given, answer: string])[] = [
  [
    "an overflow that the compiler stops",
    given("PiggyBank.sol", BANK),
    `${BANK_REPORT}\n${finding("[M-02] Integer overflow in `save`", "`save`, line 21", "An attacker can overflow the counter and corrupt the accounting.", "Medium")}`,
  ],
  [
    "an open function that is guarded by a modifier",
    given("PiggyBank.sol", BANK),
    `${BANK_REPORT}\n${finding("[H-02] Missing access control on `changeOwner`", "`changeOwner`, line 35", "Anyone can call `changeOwner` and take the bank over.")}`,
  ],
  [
    "an open function that is guarded by a condition",
    given("T.sol", TOKEN),
    `${finding("Anyone can become minter by `setMinter`", "`setMinter`", "Unlimited supply.")}\n${finding("Unprotected `burnFrom`", "`burnFrom`", "Anyone destroys the tokens of others.")}\n${finding("No access control on the mint function", "`RewardToken.mint`", "The `mint` function lacks access control.")}`,
  ],
  [
    "reentrancy where nothing is called",
    given("R.sol", REGISTRY),
    finding(
      "Reentrancy in `register`",
      "`NameRegistry.register`, lines 15-19",
      "An attacker can reenter and register a name twice.",
    ),
  ],
  [
    "reentrancy in a locked function",
    given("Staking.sol", STAKING),
    `${STAKING_RIGHT}\n${finding("Reentrancy in unstake", "`unstake()`, lines 35-42", "An attacker reenters and withdraws twice.")}`,
  ],
  [
    "a state change after the call that comes before it",
    given("Auction.sol", AUCTION),
    `${AUCTION_RIGHT}\n${finding("Reentrancy in `end`", "`Auction.end`, lines 32-37", "The flag `ended` is set after the external call, so that a malicious seller is paid twice.")}`,
  ],
  [
    "a missing check of the zero address that is there",
    given("R.sol", REGISTRY),
    finding(
      "Missing zero address check in `transfer`",
      "`transfer(bytes32,address)`",
      "A name can be lost for ever.",
      "Low",
    ),
  ],
  [
    "a missing event that is emitted",
    given("Staking.sol", STAKING),
    `${STAKING_RIGHT}\n${finding("No event emitted in `stake`", "`stake`, line 27", "Indexers cannot follow deposits.", "Low")}`,
  ],
  [
    "tx.origin that is not used",
    given("Auction.sol", AUCTION),
    `${AUCTION_RIGHT}\n${finding("Use of tx.origin for authorization", "`Auction.end`", "Phishing lets an attacker end the auction.")}`,
  ],
  [
    "an ignored result that is required",
    given("PiggyBank.sol", BANK),
    `${BANK_REPORT}\n${finding("[M-01] Unchecked return value of the low-level call", "`breakOpen`, line 28", "A failed transfer goes unnoticed.", "Medium")}`,
  ],
  [
    "timestamps where there are none",
    given("PiggyBank.sol", BANK),
    `${BANK_REPORT}\n${finding("[L-02] Timestamp dependence", "`breakOpen`", "A validator can manipulate the time of withdrawal.", "Low")}`,
  ],
  [
    "a wrong visibility",
    given("PiggyBank.sol", BANK),
    `${BANK_REPORT}\n${finding("[L-02] Hidden entry", "`save`", "`save()` is private and can never be called.", "Low")}`,
  ],
  [
    "a floating pragma that is pinned",
    given("Staking.sol", STAKING),
    `${STAKING_RIGHT}\n${finding("Floating pragma", "line 2", "Different compilers may be used.", "Low")}`,
  ],
];

export const FALSE_CLAIMS: readonly AnswerCase[] = CLAIMS.map(([name, context, answer]) => ({
  name: `claims ${name}`,
  task,
  prompt,
  context,
  answer,
  expect: "failed",
  by: "audit_consistent",
}));
