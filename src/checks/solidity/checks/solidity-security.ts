import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { fail, notChecked, legacy } from "../../kit/legacy.ts";
import { programOf } from "../solidity/program.ts";
import { compileAnswer } from "../solidity/project.ts";
import { findingsOf, type Finding } from "../security/rules/index.ts";

/** What one thing to look at costs, and the least that is left. */
const MINOR_COST = 0.2;
const LEAST = 0.4;
const WEAK_ON_PURPOSE =
  /\b(?:(?:intentionally|deliberately|purposely) (?:vulnerable|insecure|unsafe)|vulnerable (?:contract|version|example)|CTF|exploit|attacker contract|honeypot)\b/i;

/** The code has none of the weaknesses that are certain to be ones. */
export const soliditySecurity = legacy({
  name: "solidity_security",
  kind: "gate",
  cap: 0.5,
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 20_000,
  async run(subject) {
    if (WEAK_ON_PURPOSE.test(subject.prompt)) return notChecked("the request wants weak code on purpose");
    const outcome = await compileAnswer(subject);
    if (outcome.state === "unchecked") return notChecked(outcome.reason);
    if (outcome.state !== "compiled") return notChecked("only code that compiles is searched for weaknesses");
    const { compilation, files } = outcome.project;
    const program = programOf(
      compilation,
      files.map(({ path }) => path),
    );
    const findings = findingsOf(program, subject.prompt);
    const evidence = {
      findings: findings.slice(0, 12).map(({ rule, weight, path, line }) => ({ rule, weight, path, line })),
    };
    const certain = findings.filter(({ weight }) => weight === "certain");
    if (certain.length > 0) {
      return fail(listed(certain.map(told)), { repair: findings.map(told).join("\n"), evidence });
    }
    const score = Math.max(LEAST, 1 - MINOR_COST * findings.length);
    if (findings.length === 0)
      return { checked: true, passed: true, score, detail: "no known weakness found", evidence };
    return { checked: true, passed: true, score, detail: `to look at: ${listed(findings.map(told))}`, evidence };
  },
});

function told({ path, line, rule, message }: Finding): string {
  return `${path}:${line}: ${rule}: ${message}`;
}
