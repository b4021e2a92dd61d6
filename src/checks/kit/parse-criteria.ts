import type { Criterion, TextCriterion } from "./criterion.ts";

/** The tests of a request as sent, read; or what is wrong with them. */
export type ReadTests =
  | { readonly ok: true; readonly tests: readonly Criterion[] }
  | { readonly ok: false; readonly problem: string };

const MOST_TESTS = 50;
const MOST_PATTERN_CHARS = 1_000;
const KINDS = ["json_schema", "matches", "not_matches", "contains", "not_contains", "call", "assert"] as const;
const SHAPES =
  '{json_schema: {…}}, {matches: "regex", flags?}, {not_matches: "regex"}, {contains: ["phrase"]}, {not_contains: ["phrase"]}, ' +
  '{call: "f(1)", equals: 2} or {assert: "f(1) === 2"}, each with an optional name; a bare string is an assertion';

/** Reads `context.tests`: one test or a list of them. */
export function readTests(raw: unknown): ReadTests {
  if (raw === undefined || raw === null) return { ok: true, tests: [] };
  const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  if (list.length > MOST_TESTS) {
    return { ok: false, problem: `context.tests holds ${list.length} tests; at most ${MOST_TESTS}` };
  }
  const tests: Criterion[] = [];
  for (const [index, each] of list.entries()) {
    const test = readTest(each, `test ${index + 1}`);
    if (typeof test === "string") return { ok: false, problem: `context.tests[${index}] ${test}` };
    tests.push(test);
  }
  return { ok: true, tests };
}

function readTest(raw: unknown, fallbackName: string): Criterion | string {
  if (typeof raw === "string") return { kind: "assert", name: fallbackName, code: raw };
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return `must be one of: ${SHAPES}`;
  const test = raw as Readonly<Record<string, unknown>>;
  const name = typeof test["name"] === "string" && test["name"].trim() !== "" ? test["name"] : fallbackName;
  if ("command" in test) return "names a command: programs come from the config (tasks[].checks) alone";
  // Of two demands in one object only one would be held to.
  const kinds = KINDS.filter((kind) => test[kind] !== undefined);
  if (kinds.length > 1) return `holds ${kinds.join(" and ")}: give each a test of its own`;
  if (typeof test["call"] === "string" && "equals" in test) {
    return { kind: "call", name, call: test["call"], equals: test["equals"] };
  }
  if (typeof test["assert"] === "string") return { kind: "assert", name, code: test["assert"] };
  return readTextTest(test, name) ?? `must be one of: ${SHAPES}`;
}

/** Reads a test of a text; a text says what is wrong with it; `null`: it is none. Names of its keys are those of the contract. */
export function readTextTest(test: Readonly<Record<string, unknown>>, name: string): TextCriterion | string | null {
  const schema = test["json_schema"];
  if (isObject(schema)) return { kind: "json_schema", name, schema };
  for (const kind of ["matches", "not_matches"] as const) {
    const pattern = test[kind];
    if (typeof pattern !== "string") continue;
    const flags = test["flags"] ?? "";
    if (typeof flags !== "string") return "has flags that are no text";
    return patternProblem(pattern, flags) ?? { kind, name, pattern, flags };
  }
  for (const kind of ["contains", "not_contains"] as const) {
    const phrases = typeof test[kind] === "string" ? [test[kind]] : test[kind];
    if (Array.isArray(phrases) && phrases.length > 0 && phrases.every(isPhrase)) return { kind, name, phrases };
  }
  return null;
}

function patternProblem(pattern: string, flags: string): string | null {
  if (pattern.length > MOST_PATTERN_CHARS) return `has a pattern of more than ${MOST_PATTERN_CHARS} characters`;
  try {
    return new RegExp(pattern, flags) instanceof RegExp ? null : "";
  } catch (error) {
    return `has a pattern that is no regular expression: ${(error as Error).message}`;
  }
}

/** A blank phrase stands in every answer. */
function isPhrase(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
