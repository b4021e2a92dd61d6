import { defineRule } from "../../../kit/rule.ts";
import type { GasReading } from "../reading.ts";
import { CHEAPER, optimised } from "./examples.ts";

export const gasUnchanged = defineRule<GasReading>({
  id: "gas/unchanged",
  severity: "serious",
  certainty: "fact",
  docs: {
    summary: "The code is the original, but for comments, layout and pragmas.",
    why: "Nothing was optimised.",
  },
  good: [optimised(CHEAPER)],
  bad: [optimised(), optimised(["paused = to;", "paused = to; // cheap"])],
  run(reading) {
    return reading.state === "unchanged" ? [{ message: "the code is the original, unchanged" }] : [];
  },
});
