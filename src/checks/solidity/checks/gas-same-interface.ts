import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { interfaceDifferences } from "../gas/interface-diff.ts";
import { studyOf } from "../gas/pair-sources.ts";

/** Whoever calls the original can call the optimised contract in the same way. */
export const gasSameInterface = legacy({
  name: "gas_same_interface",
  kind: "gate",
  cap: 0.4,
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 20_000,
  async run(subject) {
    const study = await studyOf(subject);
    if (study.state !== "compared")
      return notChecked(study.state === "unchecked" ? study.reason : "there is nothing to compare");
    const allowsPayable = /\bpayable\b/i.test(subject.prompt);
    const problems = study.pairs
      .flatMap(interfaceDifferences)
      .filter((problem) => !(allowsPayable && problem.includes("became payable")));
    if (problems.length > 0) {
      return fail(listed(problems), { repair: `Keep the interface of the original:\n${problems.join("\n")}` });
    }
    const missing = study.missing.map(({ name }) => name);
    const rest = missing.length === 0 ? "" : `; not in the answer, so not compared: ${missing.join(", ")}`;
    return pass(
      `same functions, events and constructor: ${study.pairs.map(({ before }) => before.name).join(", ")}${rest}`,
    );
  },
});
