import type { Check, CheckReport, Subject } from "../../kit/check.ts";
import { PARSE_MAX_CHARS, unmade } from "../../kit/check.ts";
import type { CodeCriterion } from "../../kit/criterion.ts";
import { met, notMet } from "../../kit/criterion-report.ts";
import { COMMENTS, withoutBlocks } from "../../kit/answer/blocks.ts";
import { extractFiles } from "../../kit/answer/code-files.ts";
import { codeOf, isScript, placeOf, type CodeBlock } from "../read/blocks.ts";
import { familyOf, namedLanguage } from "../read/language.ts";
import { callInPython, judgeInPython } from "../run/python-criterion.ts";
import { syntaxOf } from "../syntax/syntax.ts";
import type { CriterionOutcome } from "../run/criterion-outcome.ts";

/** One criterion of the caller on the code of an answer. */
export const acceptCode: Check = {
  name: "accept_code",
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 12_000,
  async run(subject, signal) {
    const criterion = codeCriterionOf(subject);
    if (criterion === null) return null;
    const blocks = codeOf(subject.text);
    if (criterion.kind === "compiles") return compiles(criterion, subject, signal);
    if (blocks.length === 0) return notMet(criterion, "the answer holds no code that can be told from its text");
    return reported(criterion, await outcomeOf(criterion, blocks, signal));
  },
};

function codeCriterionOf({ criterion }: Subject): CodeCriterion | null {
  const isOfCode =
    criterion?.kind === "call" ||
    criterion?.kind === "assert" ||
    criterion?.kind === "python" ||
    criterion?.kind === "compiles";
  return isOfCode ? criterion : null;
}

function reported(criterion: CodeCriterion, outcome: CriterionOutcome): CheckReport {
  if (outcome.kind === "met") return met(criterion, outcome.detail);
  return outcome.kind === "unmade" ? unmade(outcome.reason) : notMet(criterion, outcome.found);
}

async function outcomeOf(
  criterion: Exclude<CodeCriterion, { kind: "compiles" }>,
  blocks: readonly CodeBlock[],
  signal: AbortSignal,
): Promise<CriterionOutcome> {
  const python = blocks.filter(({ language }) => language === "python");
  const scripts = blocks.filter(isScript);
  const written = [...new Set(blocks.map(({ language }) => language ?? "a language that is not tagged"))].join(", ");
  const isTold = blocks.every(({ language }) => language !== null);
  if (criterion.kind === "python") {
    if (python.length > 0) return judgeInPython(python, criterion.code, signal);
    return isTold
      ? { kind: "not_met", found: `the code is in ${written}` }
      : { kind: "unmade", reason: `the code is in ${written}` };
  }
  if (scripts.length > 0) {
    const { callInScript, assertInScript } = await import("../run/script-outcome.ts");
    return criterion.kind === "call" ? callInScript(scripts, criterion) : assertInScript(scripts, criterion.code);
  }
  if (criterion.kind === "call" && python.length > 0) return callInPython(python, criterion, signal);
  return { kind: "unmade", reason: `it is JavaScript, the code is in ${written}` };
}

/** Languages whose comments begin with a `#`, or with two dashes. */
const HASH = new Set(["python", "ruby", "perl", "r", "elixir", "shell"]);
const DASHES = new Set(["sql", "haskell", "lua", "ada"]);

/** Nothing, or comments alone. */
function isEmpty({ language, content }: CodeBlock): boolean {
  const isHash = HASH.has(language ?? "");
  const isDashes = DASHES.has(language ?? "");
  if (isHash || isDashes) return !/\S/.test(content.replaceAll(isHash ? /^[ \t]*#.*$/gm : /^[ \t]*--.*$/gm, ""));
  return !/\S/.test(withoutBlocks(content, COMMENTS));
}

/** Languages that stand beside code and are not compiled. */
const NO_PROGRAMS = new Set(["shell", "text", "json", "markdown", "yaml", "html", "css"]);

async function compiles(
  criterion: CodeCriterion,
  { text, prompt }: Subject,
  signal: AbortSignal,
): Promise<CheckReport> {
  const named = namedLanguage(prompt);
  const files = extractFiles(text).filter(({ language }) => language !== null && !NO_PROGRAMS.has(language));
  const read =
    files.length > 0 ? files : codeOf(text).map((block) => ({ ...block, language: block.language ?? named }));
  const ofNamed = read.filter(
    ({ language }) => named !== null && language !== null && familyOf(language) === familyOf(named),
  );
  const blocks = ofNamed.length > 0 ? ofNamed : read;
  if (blocks.length === 0) return notMet(criterion, "the answer holds no code that can be told from its text");
  if (blocks.every(isEmpty)) return notMet(criterion, "the code is empty");
  const tools = new Set<string>();
  for (const block of blocks) {
    const language = block.language ?? "an unknown language";
    if (language === "solidity") return unmade("for Solidity ask for a contract or a solidity_test");
    const syntax = await syntaxOf(language, block.content, signal);
    if (syntax === null) return unmade(`there is no compiler for ${language} here`);
    if (syntax.problem !== null)
      return notMet(criterion, `${placeOf(block)} does not get through ${syntax.tool}: ${syntax.problem}`);
    tools.add(syntax.tool);
  }
  return met(criterion, `gets through ${[...tools].join(" and ")}`);
}
