import { defineRule } from "../../../kit/rule.ts";
import type { GasReading } from "../reading.ts";
import { evidenceOf, nothingSaved, summaryOf } from "../saving.ts";
import { CHEAPER, optimised } from "./examples.ts";

export const gasSaving = defineRule<GasReading>({
  id: "gas/saving",
  severity: "serious",
  certainty: "fact",
  docs: {
    summary: "The same calls cost as much gas as before, or more, with the optimizer of the compiler and without it.",
    why: "Gas that is not saved was the whole request.",
  },
  good: [optimised(CHEAPER), optimised(["uint256 public total;", "uint256 public total; // slot 1"], CHEAPER)],
  bad: [
    optimised(
      ["amount) external", "sum) external"],
      ["amount > 0", "sum > 0"],
      ["+= amount;", "+= sum;"],
      ["total += amount;", "total += sum;"],
      ["emit Paid(msg.sender, amount)", "emit Paid(msg.sender, sum)"],
    ),
  ],
  run(reading) {
    if (reading.state !== "compared" || reading.saving === null || reading.savesUnoptimised) return [];
    const problem = nothingSaved(reading.saving);
    if (problem === null) return [];
    return [
      {
        message: `${problem}: ${summaryOf(reading.saving)}`,
        repair: `${problem}. Gas before and after, by function:\n${JSON.stringify(evidenceOf(reading.saving))}`,
      },
    ];
  },
});
