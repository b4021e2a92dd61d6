import { defineRule } from "../../../kit/rule.ts";
import { codeOnly } from "../declarations.ts";
import type { SolidityReading } from "../reading.ts";

/** The answer ends within a contract. */
export const cutOff = defineRule<SolidityReading>({
  id: "solidity/cut-off",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "The answer ends in the middle of the code: brackets are still open.",
    why: "What comes after is missing.",
  },
  good: [{ answer: "```solidity\npragma solidity ^0.8.20;\ncontract A { function f() external {} }\n```" }],
  bad: [
    { answer: "```solidity\npragma solidity ^0.8.20;\ncontract A {\n  function f() external {\n    uint256 x = 1;" },
  ],
  run({ blocks, outcome, endsInCode }) {
    const last = blocks.at(-1);
    if (last === undefined || outcome.state !== "broken" || !endsInCode) return [];
    let depth = 0;
    for (const char of codeOnly(last.content)) depth += char === "{" ? 1 : char === "}" ? -1 : 0;
    if (depth <= 0) return [];
    return [
      {
        message: `the code breaks off: ${depth} ${depth === 1 ? "brace is" : "braces are"} still open at the end of the answer`,
      },
    ];
  },
});
