import { defineRule } from "../../../kit/rule.ts";
import { interfaceDifferences } from "../interface-diff.ts";
import type { GasReading } from "../reading.ts";
import { CHEAPER, optimised } from "./examples.ts";

export const gasInterface = defineRule<GasReading>({
  id: "gas/interface",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "A function, an event or the constructor of the original is gone or takes or returns something else.",
    why: "What calls the original, and what reads its logs, breaks.",
    references: ["https://docs.soliditylang.org/en/latest/abi-spec.html"],
  },
  good: [optimised(CHEAPER), optimised(CHEAPER, ["constructor()", "error Failed();\n    constructor() payable"])],
  bad: [
    optimised(CHEAPER, ["uint256 public total", "uint256 private total"]),
    optimised(CHEAPER, ["bool to) external", "bool to) external payable"]),
  ],
  run(reading) {
    if (reading.state !== "compared") return [];
    // Whether a function is payable is part of the interface, unless the request mentions it.
    const allowsPayable = /\bpayable\b/i.test(reading.prompt);
    return reading.paired.pairs
      .flatMap(interfaceDifferences)
      .filter((problem) => !(allowsPayable && problem.includes("became payable")))
      .map((message) => ({ message, repair: `Keep the interface of the original: ${message}` }));
  },
});
