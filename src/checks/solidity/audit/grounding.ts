import { LANGUAGE_NAMES, LIBRARY_NAMES } from "./solidity-builtins.ts";
import { citationOf, type Citation, type LineRange } from "./citations.ts";
import type { AuditCode } from "./codes.ts";
import { CODE_MARK, type AuditFinding } from "./finding.ts";
import { inventedIn } from "./invented-names.ts";
import { isQuote, quoteProblem } from "./quotes.ts";
import { baseOf, type AuditedSource, type SourceFunction } from "./source-model.ts";

/** Models count lines from the fence or from a heading above it. */
const LINE_SLACK = 3;
/** So far from the cited function a line may lie: who reads the code still finds it. */
const NEAR_LINES = 5;
const FAR_LINES = 20;
/** In a short source nobody errs by so much who has looked. */
const FAR_IN_SHORT = 10;
const SHORT_LINES = 150;
const NO_CODE: AuditCode = { tag: "", content: "", before: "" };

/** How a finding stands to the source. */
export interface Grounding {
  /** What it cites that is certainly not there. */
  readonly missing: readonly string[];
  /** What is imprecise: a wrong line, a name in passing. */
  readonly doubts: readonly string[];
  /** 0..1 */
  readonly score: number;
  readonly citations: number;
}

/** Holds one finding against the source. */
export function groundingOf(finding: AuditFinding, codes: readonly AuditCode[], source: AuditedSource): Grounding {
  const citation = citationOf(finding);
  const located = new Set([...(finding.location ?? "").matchAll(CODE_MARK)].map((match) => Number(match[1])));
  const quoted = new Set(finding.codes.filter((at) => located.has(at) || isQuote(codes[at] ?? NO_CODE)));
  const invented = source.isSolidity ? inventedIn(finding, codes, quoted, source) : [];
  const missing = [...unknownNames(citation, source), ...outOfPlace(citation, source)];
  if (source.isComplete && invented.length > 0) missing.push(`not in the source: ${invented.slice(0, 6).join(", ")}`);
  const doubts: string[] = [];
  let score = 1;
  const passing = source.isSolidity ? citation.described.filter((name) => !isKnown(name, source)) : [];
  if (passing.length > 0) {
    // A description that speaks of nothing but names that are not there is about another contract.
    const certain =
      !source.hasForeignImports && citation.names.length === 0 && passing.length === citation.described.length;
    (certain ? missing : doubts).push(`not in the source: ${passing.slice(0, 6).join(", ")}`);
    score = Math.min(score, 0.5);
  }
  const near = { ...citation, names: [...citation.names, ...wordsIn(finding.title, source)] };
  const distance = missing.length === 0 ? lineDistance(near, source) : null;
  if (distance !== null && distance.lines > NEAR_LINES) {
    const all = { ...near, names: [...near.names, ...wordsIn(finding.claims, source)] };
    const isFar = (lineDistance(all, source, true)?.lines ?? 0) > farOf(source);
    (isFar ? missing : doubts).push(`line ${distance.cited} is ${distance.lines} lines away from ${distance.name}`);
    score = Math.min(score, 0.7);
  }
  for (const at of finding.codes) {
    const code = codes[at];
    const problem = code === undefined ? null : quoteProblem(code, source, located.has(at));
    if (problem === null) continue;
    (problem.isCertain ? missing : doubts).push(problem.text);
    score = Math.min(score, 0.5);
  }
  for (const quoted of inlineQuotes(finding.claims)) {
    const problem = quoteProblem(quoted, source);
    if (problem === null) continue;
    (problem.isCertain ? missing : doubts).push(problem.text);
    score = Math.min(score, 0.5);
  }
  const citations =
    citation.names.length +
    citation.described.length +
    citation.files.length +
    citation.lines.length +
    finding.codes.length;
  return { missing, doubts, score: missing.length > 0 ? 0 : score, citations };
}

/** The names of the source among the words of a text that look like names, or stand as code. */
function wordsIn(text: string, source: AuditedSource): readonly string[] {
  const spans = [...text.matchAll(/`([^`\n]{1,300})`/g)].map((match) => match[1] ?? "").join(" ");
  const names = [
    ...(spans.match(/[A-Za-z_$][\w$]*/g) ?? []),
    ...(text.match(/[A-Za-z_$]\w*[a-z_][A-Z]\w*|\w+(?=\(\))/g) ?? []),
  ];
  return names.filter((name) => source.names.has(name.toLowerCase()) && !LANGUAGE_NAMES.has(name.toLowerCase()));
}

function farOf({ texts }: AuditedSource): number {
  return Math.max(...texts.map(({ lineCount }) => lineCount)) > SHORT_LINES ? FAR_LINES : FAR_IN_SHORT;
}

/** Whole statements that a text quotes in backticks: `total = a + b;`. */
function inlineQuotes(text: string): readonly AuditCode[] {
  return [...text.matchAll(/`([^`\n]{12,300};)`/g)].map((found) => ({
    tag: "",
    content: found[1] ?? "",
    before: text.slice(Math.max(0, found.index - 120), found.index),
  }));
}

export function isKnown(name: string, source: AuditedSource): boolean {
  const lower = name.toLowerCase();
  if (source.names.has(lower) || LANGUAGE_NAMES.has(lower) || source.borrowed.has(lower)) return true;
  if (source.texts.some(({ path }) => path !== null && baseOf(path).replace(/\.\w+$/, "") === lower)) return true;
  return LIBRARY_NAMES.has(lower) && borrows(source);
}

/** Whether the source inherits or imports anything that it does not show. */
function borrows(source: AuditedSource): boolean {
  return source.texts.some(({ code }) => /\bimport\b/.test(code)) || openBases(source);
}

function openBases(source: AuditedSource): boolean {
  return [...source.contracts.values()].some(({ bases }) => bases.some((base) => !source.contracts.has(base)));
}

function unknownNames({ names, members }: Citation, source: AuditedSource): readonly string[] {
  const unknown = names.filter((name) => !isKnown(name, source) && !isWordOf(name, source));
  // What comes from a file that was not sent cannot be refuted, unless nothing that is cited can be found.
  const isCertain = !source.hasForeignImports || unknown.length === names.length;
  const found = isCertain && unknown.length > 0 ? [`not in the source: ${unknown.slice(0, 8).join(", ")}`] : [];
  const misplaced = members.filter(([owner, member]) => isKnown(member, source) && !has(owner, member, source));
  return [...found, ...misplaced.map(([owner, member]) => `${owner} has no ${member}`)];
}

/** "withdrawal" where the source says `withdraw`: a word of prose, no name. */
function isWordOf(name: string, source: AuditedSource): boolean {
  if (!/^[a-z]{6,}$/.test(name)) return false;
  const stem = name.replace(/(?:al|ing|ed|er|s|ion|ment)$/, "");
  return stem.length >= 4 && stem !== name && [...source.names].some((each) => each.startsWith(stem));
}

/** Whether a contract of the source has the member, itself or from what it inherits. */
function has(owner: string, member: string, source: AuditedSource, depth = 0): boolean {
  const contract = source.contracts.get(owner);
  if (contract === undefined || depth > 10 || !source.isParsed) return true;
  const isOwn = source.functions.some(
    (each) => each.contract === owner && each.name.toLowerCase() === member.toLowerCase(),
  );
  if (isOwn || owner === member) return true;
  const { code } = source.texts.find((text) => declares(text.code, owner)) ?? { code: "" };
  // With one contract in a file, everything that the file names is its own.
  if (source.contracts.size === 1 || contract.stateVariables.includes(member)) return true;
  const isElsewhere = source.functions.some((each) => each.name === member && !declares(code, each.contract));
  if (!isElsewhere && new RegExp(`\\b(?:event|struct|error|enum) ${member.replaceAll("$", "\\$")}\\b`).test(code))
    return true;
  const isFunction = source.functions.some((each) => each.name === member);
  return (
    !isFunction || contract.bases.some((base) => !source.contracts.has(base) || has(base, member, source, depth + 1))
  );
}

function declares(code: string, contract: string): boolean {
  return (
    code.includes(`contract ${contract}`) ||
    code.includes(`library ${contract}`) ||
    code.includes(`interface ${contract}`)
  );
}

function outOfPlace({ files, lines }: Citation, source: AuditedSource): readonly string[] {
  const paths = source.texts.flatMap(({ path }) => (path === null ? [] : [path]));
  // Where the caller gave code without names, a file's name is the auditor's own.
  const isNamed = paths.length === source.texts.length;
  const endings = new Set(paths.map(endingOf));
  const unknownFiles = files.filter(
    (file) => isNamed && endings.has(endingOf(file)) && !paths.some((path) => baseOf(path) === baseOf(file)),
  );
  const longest = Math.max(...textsOf(files, source).map(({ lineCount, linesAbove }) => lineCount + linesAbove));
  const tooFar = lines.filter(({ first, last }) => first < 1 || Math.max(first, last) > longest + LINE_SLACK);
  return [
    ...unknownFiles.map((file) => `no file ${file}`),
    ...tooFar.map(({ first, last }) => `line ${Math.max(first, last)} of a source of ${longest} lines`),
  ];
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1).toLowerCase();
}

function textsOf(files: readonly string[], source: AuditedSource): AuditedSource["texts"] {
  const concerned = source.texts.filter(
    ({ path }) => path !== null && files.some((file) => baseOf(file) === baseOf(path)),
  );
  return concerned.length > 0 ? concerned : source.texts;
}

/** How far the cited lines are from the functions that the finding names, or from all its names; `null` where one of the two is missing. */
function lineDistance(
  { names, lines, files }: Citation,
  source: AuditedSource,
  fromAll = false,
): { readonly lines: number; readonly cited: number; readonly name: string } | null {
  if (lines.length === 0) return null;
  const functions = functionsNamed(names, source);
  const wanted =
    functions.length > 0 && !fromAll
      ? functions.map(({ name }) => name)
      : names.filter((name) => !source.contracts.has(name));
  const texts = textsOf(files, source);
  const ranges = [
    ...functions.map(({ firstLine, lastLine }) => ({ first: firstLine, last: lastLine })),
    ...texts.flatMap(({ code }) => linesWith(wanted, code)),
  ];
  if (ranges.length === 0) return null;
  const offsets = [0, ...texts.map(({ linesAbove }) => linesAbove)];
  let nearest = Number.POSITIVE_INFINITY;
  for (const cited of lines) {
    for (const range of ranges) {
      for (const offset of offsets) {
        const gap = Math.max(range.first + offset - cited.last, cited.first - (range.last + offset), 0);
        nearest = Math.min(nearest, gap);
      }
    }
  }
  return { lines: nearest, cited: lines[0]?.first ?? 0, name: wanted.slice(0, 3).join(", ") };
}

function linesWith(names: readonly string[], code: string): readonly LineRange[] {
  if (names.length === 0) return [];
  const wanted = new Set(names);
  return code
    .split("\n")
    .flatMap((line, at) =>
      (line.match(/[A-Za-z_$][\w$]*/g) ?? []).some((name) => wanted.has(name)) ? [{ first: at + 1, last: at + 1 }] : [],
    );
}

/** The functions and modifiers of the source that go by one of the names. In `Swap.setGov` the first is a contract, not the function `swap`. */
export function functionsNamed(names: readonly string[], source: AuditedSource): readonly SourceFunction[] {
  const exact = new Set(names);
  const loose = new Set(names.filter((name) => !source.contracts.has(name)).map((name) => name.toLowerCase()));
  return source.functions.filter(({ name }) => exact.has(name) || loose.has(name.toLowerCase()));
}
