import { TimeLimitError, withinMs } from "../../kit/time-limit.ts";
import type { SourceUnit } from "./ast.ts";
import { nestingOf, segmentsOf } from "./scan.ts";

/** What the parser makes of a source. */
export type Parsed =
  | { readonly state: "parsed"; readonly unit: SourceUnit }
  | { readonly state: "broken"; readonly problem: string }
  | { readonly state: "unknown"; readonly reason: string };

export type ParseSolidity = (source: string) => Parsed;

const TIME_LIMIT_MS = 2000;
/** The grammar backtracks over nested brackets: 80 levels take a second, real code has about ten. */
const MAX_NESTING = 60;

/** Loads the parser (some 20 ms) and gives the function that uses it. */
export async function loadSolidityParser(): Promise<ParseSolidity> {
  const { parse } = await import("@solidity-parser/parser");
  const attempt = (source: string): SourceUnit => withinMs(TIME_LIMIT_MS, () => parse(source, { loc: true }));
  return (source) => {
    const nesting = nestingOf(segmentsOf(source));
    if (nesting > MAX_NESTING) return { state: "unknown", reason: `brackets nest ${nesting} levels deep` };
    try {
      return { state: "parsed", unit: attempt(source) };
    } catch (error) {
      return asFragment(attempt, source) ?? broken(error);
    }
  };
}

/** Source that is only valid inside of a contract: functions, modifiers, state variables. */
function asFragment(attempt: (source: string) => SourceUnit, source: string): Parsed | null {
  if (/\b(?:contract|library|interface)\s/.test(source)) return null;
  try {
    // On one line, so that lines keep their numbers.
    return { state: "parsed", unit: attempt(`contract Fragment { ${source}\n}`) };
  } catch {
    return null;
  }
}

const MOST_EXPECTED_CHARS = 50;

function broken(error: unknown): Parsed {
  if (error instanceof TimeLimitError) return { state: "unknown", reason: `the parser ${error.message}` };
  if (error instanceof RangeError) return { state: "unknown", reason: "the code nests too deeply to parse" };
  const first = firstProblem(error);
  // The parser builds its tree before it reports errors, and trips over the holes that they leave; valid code has none.
  if (first === null) return { state: "broken", problem: "a syntax error that the parser cannot place" };
  const expects = first.message.indexOf(" expecting {");
  // What else the grammar would take is a list of fifty words.
  const isLong = expects !== -1 && first.message.length - expects > MOST_EXPECTED_CHARS;
  const message = isLong ? first.message.slice(0, expects) : first.message;
  return { state: "broken", problem: `line ${first.line}: ${message}` };
}

function firstProblem(error: unknown): { readonly message: string; readonly line: number } | null {
  if (!(error instanceof Error) || !("errors" in error) || !Array.isArray(error.errors)) return null;
  const [first] = error.errors as readonly { readonly message: string; readonly line: number }[];
  return first ?? null;
}
