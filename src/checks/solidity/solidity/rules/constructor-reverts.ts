import { defineRule } from "../../../kit/rule.ts";
import { refusalOf } from "../../gas/twin-deployment.ts";
import type { BehaviourReading } from "../behaviour-reading.ts";

/** What cannot be deployed at all. */
export const constructorReverts = defineRule<BehaviourReading>({
  id: "solidity/constructor-reverts",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary:
      "The constructor reverts in the EVM: always, when it takes nothing; with every argument that was tried, which is a hint.",
    why: "A contract whose constructor reverts is never there.",
  },
  good: [
    {
      answer:
        "```solidity\npragma solidity ^0.8.20;\ncontract A { address public a = msg.sender; constructor() { require(a != address(0)); } }\n```",
    },
  ],
  bad: [
    {
      answer:
        "```solidity\npragma solidity ^0.8.20;\ncontract A { uint256 public left; constructor() { left = left - 1; } function f() external {} }\n```",
    },
  ],
  run({ trials }) {
    return trials.flatMap(({ contract: { name }, deployed }) => {
      if (deployed?.state !== "reverts") return [];
      const why = refusalOf(deployed.reason);
      const reason = why === "" ? "" : ` (${why})`;
      if (deployed.certain) return [{ message: `${name} cannot be deployed: its constructor always reverts${reason}` }];
      return [
        {
          message: `the constructor of ${name} reverted with every argument that was tried${reason}`,
          certainty: "hint" as const,
        },
      ];
    });
  },
});
