import { listed } from "../../../kit/check.ts";
import { defineRule } from "../../../kit/rule.ts";
import type { GasReading } from "../reading.ts";
import { CHEAPER, optimised } from "./examples.ts";

export const gasCompiles = defineRule<GasReading>({
  id: "gas/compiles",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "The optimised code does not compile, put into the original where the answer shows parts of it only.",
    why: "Code that does not compile saves nothing.",
  },
  good: [optimised(CHEAPER)],
  bad: [optimised(CHEAPER, ["paused = to;", "isPaused = to;"])],
  run(reading) {
    if (reading.state !== "broken") return [];
    const { errors } = reading.answer;
    const list = errors.map(
      ({ path, line, message }) => `${path ?? "the code"}:${line ?? "?"}: ${message.split("\n", 1)[0] ?? ""}`,
    );
    const repair = errors.map(({ formatted }) => formatted).join("\n\n");
    return [{ message: `does not compile: ${listed(list, 3)}`, repair }];
  },
});
