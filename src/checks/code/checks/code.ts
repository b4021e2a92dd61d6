import { ruleCheck } from "../../kit/rule-check.ts";
import { readCode } from "../read/code-answer.ts";
import { stubRule } from "../rules/stub.ts";
import { syntaxRule } from "../rules/syntax.ts";
import { unchangedRule } from "../rules/unchanged.ts";

/** The code of the answer parses, is written out, and is not what was given. */
export const code = ruleCheck({
  name: "code",
  timeoutMs: 12_000,
  async read(subject, signal) {
    const input = await readCode(subject, signal);
    return input === null ? null : { input };
  },
  rules: [syntaxRule, stubRule, unchangedRule],
  conclude({ parsed }) {
    const isClean = parsed.length > 0 && parsed.every(({ syntax }) => syntax.problem === null);
    const isCompiled = parsed.some(({ syntax }) => syntax.tool === "the Python compiler");
    return isClean ? { looked: isCompiled ? "compiles" : "parses" } : {};
  },
});
