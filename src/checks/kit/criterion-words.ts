import type { Criterion } from "./criterion.ts";
import { languageName } from "./language-code.ts";

/** What a criterion wants, in plain words. */
export interface CriterionWords {
  /** Continues "The answer …". */
  readonly clause: string;
  /** What the clause ends in where it is of several lines: a schema, a test. */
  readonly block?: string;
}

/** Describes a criterion: for the model that answers, and as its name in the verdict. */
export function wordsOf(criterion: Criterion): CriterionWords {
  switch (criterion.kind) {
    case "matches":
      return { clause: `matches ${regexOf(criterion)}` };
    case "not_matches":
      return { clause: `does not match ${regexOf(criterion)}` };
    case "contains":
      return { clause: `contains ${listOf(criterion.phrases)}` };
    case "not_contains":
      return { clause: `does not contain ${listOf(criterion.phrases, "or")}` };
    case "json_schema":
      return { clause: "is JSON that fits this schema", block: JSON.stringify(criterion.schema) };
    case "max_words":
      return { clause: `has at most ${criterion.words} words` };
    case "min_words":
      return { clause: `has at least ${criterion.words} words` };
    case "language":
      return { clause: `is written in ${languageName(criterion.language) ?? criterion.language}` };
    case "call":
      return callOf(criterion.call, JSON.stringify(criterion.equals));
    case "assert":
      return codeOf("has code for which this holds", criterion.code);
    case "python":
      return codeOf("has Python code for which this runs", criterion.code);
    case "compiles":
      return { clause: "has code that compiles" };
    case "contract":
      return { clause: contractOf(criterion) };
    case "solidity_test":
      return codeOf(
        "has contracts that pass this test, each function of it in a deployment of its own",
        criterion.source,
      );
    case "element":
      return { clause: elementOf(criterion) };
    case "section":
      return { clause: `has a page with a section named ${JSON.stringify(criterion.section)}` };
    case "no_script_errors":
      return { clause: "has a page whose scripts run without an error when it is loaded" };
    case "steps":
      return { clause: `has a plan of ${rangeOf(criterion.min, criterion.max)} steps` };
    case "covers":
      return { clause: `has a plan whose steps name ${listOf(criterion.phrases)}` };
    case "before":
      return {
        clause: `has a plan with a step for ${JSON.stringify(criterion.first)} before the one for ${JSON.stringify(criterion.second)}`,
      };
    case "no_dangling":
      return { clause: "has a plan in which every dependency names one of its steps" };
  }
}

const MOST_NAME_CHARS = 100;

/** The name of a criterion that the caller did not name: `accept 2: matches /x/`. */
export function defaultName(label: string, criterion: Criterion): string {
  const { clause, block } = wordsOf(criterion);
  const words = `${label}: ${clause}${block === undefined ? "" : `: ${block}`}`.replace(/\s+/g, " ");
  return words.length > MOST_NAME_CHARS ? `${words.slice(0, MOST_NAME_CHARS - 1).toWellFormed()}…` : words;
}

function codeOf(clause: string, code: string): CriterionWords {
  return code.includes("\n") || code.includes("`")
    ? { clause, block: code }
    : { clause: `${clause}: \`${code.trim()}\`` };
}

function callOf(call: string, value: string): CriterionWords {
  return isPlain(call)
    ? { clause: `has code in which \`${call.trim()}\` comes to ${value}` }
    : { clause: `has code in which this comes to ${value}`, block: call };
}

function isPlain(code: string): boolean {
  return !/[\n`]/.test(code);
}

function regexOf({ pattern, flags }: { readonly pattern: string; readonly flags: string }): string {
  return `/${pattern}/${flags}`;
}

function contractOf(requirement: Extract<Criterion, { kind: "contract" }>): string {
  const { contract, functions, events, errors, standard } = requirement;
  const parts = [
    ...(standard === null ? [] : [`the interface of ${standard}`]),
    ...listed("function", functions),
    ...listed("event", events),
    ...listed("error", errors),
  ];
  const which = contract === null ? "has a contract" : `has the contract ${contract}`;
  return parts.length === 0 ? which : `${which} with ${parts.join(" and ")}`;
}

function listed(what: string, signatures: readonly string[]): readonly string[] {
  if (signatures.length === 0) return [];
  return [`the ${what}${signatures.length === 1 ? "" : "s"} ${signatures.join(", ")}`];
}

function elementOf({ role, text, count }: Extract<Criterion, { kind: "element" }>): string {
  const name = text === null ? "" : ` named ${JSON.stringify(text)}`;
  if (count === 0) return `has a page without any element of the role ${role}${name}`;
  return `has a page with ${count === null ? "at least one element" : `exactly ${count} ${count === 1 ? "element" : "elements"}`} of the role ${role}${name}`;
}

function rangeOf(min: number | null, max: number | null): string {
  if (min === null || max === null) return max === null ? `at least ${min}` : `at most ${max}`;
  return min === max ? String(min) : `${min} to ${max}`;
}

function listOf(phrases: readonly string[], joint: "and" | "or" = "and"): string {
  const quoted = phrases.map((phrase) => JSON.stringify(phrase));
  return [quoted.slice(0, -1).join(", "), quoted.at(-1)].filter(Boolean).join(` ${joint} `);
}
