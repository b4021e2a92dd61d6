import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { graded, notChecked, legacy } from "../../kit/legacy.ts";
import { programOf } from "../solidity/program.ts";
import { compileAnswer } from "../solidity/project.ts";
import { isNode } from "../solidity/solc-ast.ts";

/** What a reviewer asks for in code that works: a license, a pragma, documented functions, no warnings of the compiler. */
export const solidityQuality = legacy({
  name: "solidity_quality",
  kind: "graded",
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 20_000,
  async run(subject) {
    const outcome = await compileAnswer(subject);
    if (outcome.state === "unchecked") return notChecked(outcome.reason);
    if (outcome.state !== "compiled") return notChecked("the code does not compile");
    const { compilation, files } = outcome.project;
    const program = programOf(
      compilation,
      files.map(({ path }) => path),
    );
    // These two are told apart below.
    const warnings = compilation.warnings.filter(({ code }) => code !== "1878" && code !== "2018");
    const functions = program.contracts
      .flatMap(({ functions: all }) => all)
      .filter(
        ({ kind, visibility, isOwn }) => isOwn && kind === "function" && /^(?:public|external)$/.test(visibility),
      );
    const documented = functions.filter(({ node }) => isNode(node["documentation"]) || node["overrides"] != null);
    const undocumented = functions.length === 0 ? 0 : 1 - documented.length / functions.length;
    const unlicensed = files.filter(({ content }) => !content.includes("SPDX-License-Identifier"));
    const unversioned = files.filter(({ content }) => !/\bpragma\s{1,20}solidity\b/.test(content));
    const problems = [
      ...warnings.map(({ path, line, message }) => `${path ?? ""}:${line ?? 1}: ${message.split("\n", 1)[0] ?? ""}`),
      ...unlicensed.map(({ path }) => `${path} has no SPDX license line`),
      ...unversioned.map(({ path }) => `${path} has no pragma`),
      ...(undocumented > 0.5
        ? [`${functions.length - documented.length} of ${functions.length} functions have no NatSpec`]
        : []),
    ];
    const score =
      1 -
      Math.min(0.4, 0.1 * warnings.length) -
      (unlicensed.length > 0 ? 0.1 : 0) -
      (unversioned.length > 0 ? 0.2 : 0) -
      0.25 * undocumented;
    return graded(score, problems.length === 0 ? "no warnings; documented" : listed(problems), {
      evidence: { warnings: warnings.length, functions: functions.length, documented: documented.length },
    });
  },
});
