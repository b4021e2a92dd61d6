import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { studyOf } from "../gas/pair-sources.ts";

/** The optimised code compiles, put into the original where the answer shows parts of it only. */
export const gasCompiles = legacy({
  name: "gas_compiles",
  kind: "gate",
  cap: 0.2,
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 20_000,
  async run(subject) {
    const study = await studyOf(subject);
    switch (study.state) {
      case "unchecked":
        return notChecked(study.reason);
      case "no_code":
        return fail("no optimised Solidity code found");
      case "unchanged":
        return pass("the code is the original");
      case "broken": {
        const { errors } = study.answer;
        const list = errors.map(
          ({ path, line, message }) => `${path ?? "the code"}:${line ?? "?"}: ${message.split("\n", 1)[0] ?? ""}`,
        );
        return fail(`does not compile: ${listed(list, 3)}`, {
          repair: errors.map(({ formatted }) => formatted).join("\n\n"),
        });
      }
      case "compared":
        return pass(`compiles: ${study.pairs.map(({ after }) => after.name).join(", ")}`);
    }
  },
});
