import { defineRule } from "../../../kit/rule.ts";
import { leftOutComments } from "../placeholders.ts";
import type { SolidityReading } from "../reading.ts";

/** A comment where code was left out, though what is there compiles: it may be a leftover beside finished code. */
export const leftOut = defineRule<SolidityReading>({
  id: "solidity/left-out",
  severity: "moderate",
  certainty: "hint",
  docs: {
    summary: "A comment stands in for code: `// ... existing code ...`, `// your logic here`.",
    why: "Who takes the file as it is lacks that code.",
  },
  good: [
    {
      answer:
        "```solidity\npragma solidity ^0.8.20;\ncontract A {\n// The rest of the fee goes to the owner.\nuint256 public fee; }\n```",
    },
  ],
  bad: [
    {
      answer:
        "```solidity\npragma solidity ^0.8.20;\ncontract A {\nuint256 public fee;\n// ... existing code ...\n}\n```",
    },
  ],
  run({ blocks, isWhole }) {
    if (!isWhole) return [];
    return blocks.flatMap(({ path, content }) =>
      leftOutComments(content).map((problem) => ({ message: `${path}, ${problem}` })),
    );
  },
});
