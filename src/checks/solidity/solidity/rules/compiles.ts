import { listed } from "../../../kit/check.ts";
import { defineRule } from "../../../kit/rule.ts";
import type { CompilerMessage } from "../compile.ts";
import type { SolidityReading } from "../reading.ts";

/** The compiler's word, with the code that was given compiled in. */
export const doesNotCompile = defineRule<SolidityReading>({
  id: "solidity/does-not-compile",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "The code does not compile, neither by itself nor together with the code that the request gives.",
    why: "Code that does not compile cannot be deployed.",
    references: ["https://docs.soliditylang.org/en/latest/using-the-compiler.html"],
  },
  good: [
    { answer: "```solidity\npragma solidity ^0.8.20;\ncontract A { uint256 public x; }\n```" },
    {
      prompt:
        "My base:\n```solidity\nabstract contract Base { address public boss = msg.sender; }\n```\nWrite the contract Desk on top of it.",
      answer:
        "```solidity\ncontract Desk is Base { function mine() external view returns (bool) { return msg.sender == boss; } }\n```",
    },
  ],
  bad: [{ answer: "```solidity\npragma solidity ^0.8.20;\ncontract A { uint256 public x = y; }\n```" }],
  run({ outcome }) {
    if (outcome.state !== "broken") return [];
    const { errors } = outcome.project.compilation;
    const repair = errors.map(({ formatted }) => formatted).join("\n\n");
    return [{ message: `does not compile: ${listed(errors.map(placed), 3)}`, repair }];
  },
});

function placed({ path, line, message }: CompilerMessage): string {
  const place = path === null ? "" : `${path}${line === null ? "" : `:${line}`}: `;
  return `${place}${message.split("\n", 1)[0] ?? ""}`;
}
