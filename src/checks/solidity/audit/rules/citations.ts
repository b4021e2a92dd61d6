import { listed } from "../../../kit/check.ts";
import { defineRule } from "../../../kit/rule.ts";
import { foundIn, type AuditReading } from "../reading.ts";

const AUCTION = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

contract Auction {
    address public highestBidder;
    uint256 public highestBid;
    mapping(address => uint256) public refunds;

    function bid() external payable {
        require(msg.value > highestBid, "too low");
        refunds[highestBidder] += highestBid;
        highestBidder = msg.sender;
        highestBid = msg.value;
    }

    function takeRefund() external {
        (bool ok, ) = msg.sender.call{value: refunds[msg.sender]}("");
        require(ok, "failed");
        refunds[msg.sender] = 0;
    }
}`;
const PROMPT = `Audit this contract:\n\n\`\`\`solidity\n${AUCTION}\n\`\`\``;

/** So many of the citations of an audit of the given code are in it. */
const MIN_CITATIONS = 3;
const MAX_MISSING_SHARE = 0.6;
/** Where files are missing, or blocks of code alone are cited, which may propose something new. */
const MAX_MISSING_SHARE_UNSURE = 0.9;

export const auditCitations = defineRule<AuditReading>({
  id: "audit/citations",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "Most of the names and lines that the audit cites are not in the code that it was given.",
    why: "An audit of other code says nothing of this one.",
  },
  good: [
    {
      prompt: PROMPT,
      answer: `### [H-1] Reentrancy in \`Auction::takeRefund\` on L1

\`refunds[msg.sender]\` is cleared after the call (lines 17-19), so that \`takeRefund()\` can be entered again.
Use \`ReentrancyGuard\` with \`nonReentrant\`, or write first:

\`\`\`solidity
uint256 amountOwed = refunds[msg.sender];
refunds[msg.sender] = 0;
(bool paymentSucceeded, ) = msg.sender.call{value: amountOwed}("");
\`\`\``,
    },
    { prompt: PROMPT, answer: "No. Anyone can be paid twice: the balance is cleared after the call." },
    {
      prompt: PROMPT,
      answer:
        '[{"title": "Reentrancy", "evidence": {"file": "Auction.sol", "lines": [16, 19], "function": "takeRefund"}}]',
    },
  ],
  bad: [
    {
      prompt: PROMPT,
      answer: `### 1. Deposits can be released early

\`releaseTime\` is set once, in \`deposit()\`. What is deposited later can be taken at once by processRelease(uint256 amount), and
\`getBalance\` does not show it. See lines 120-140.`,
    },
    {
      prompt: PROMPT,
      answer: `### 1. Repayment is not enforced

\`\`\`solidity
uint256 balanceBefore = balanceOf(address(this));
(bool success, ) = loanTarget.call(loanData);
require(balanceOf(address(this)) >= balanceBefore + loanAmount, "not repaid");
\`\`\``,
    },
  ],
  run(reading) {
    const { source, cited } = reading;
    const prose = foundIn(cited.names, source);
    const tooFar = [...cited.lines].filter((line) => line > source.lastLine).map((line) => `line ${line}`);
    const total = prose.known.length + prose.unknown.length + cited.lines.size;
    const isOfProse = total >= MIN_CITATIONS;
    const code = foundIn(cited.namesInCode, source);
    const missing = isOfProse ? [...prose.unknown, ...tooFar] : [...prose.unknown, ...code.unknown];
    const all = isOfProse ? total : total + code.known.length + code.unknown.length;
    const most = source.isPartial || !isOfProse ? MAX_MISSING_SHARE_UNSURE : MAX_MISSING_SHARE;
    if (missing.length < MIN_CITATIONS || missing.length < all * most) return [];
    const message = `${missing.length} of ${all} names and lines that it cites are not in the given code: ${listed(missing, 8)}`;
    return [{ message, repair: `${message}. Audit the code of the request.` }];
  },
});
