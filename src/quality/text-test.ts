import type { TextTest } from "../core/caller-test.ts";
import { againstSchema } from "./against-schema.ts";
import { fail, pass, type CheckOutcome } from "./check.ts";
import { withinMs } from "./time-limit.ts";

/** A pattern that backtracks without end is given up after so long. */
const PATTERN_LIMIT_MS = 1_000;

/** Holds a text against what a caller, or the config, wants of it. */
export async function runTextTest(test: TextTest, text: string): Promise<CheckOutcome> {
  switch (test.kind) {
    case "json_schema":
      return againstSchema(test.schema, text);
    case "matches":
    case "not_matches":
      return matchesPattern(test, text);
    case "contains":
    case "not_contains":
      return hasPhrases(test, text);
  }
}

function matchesPattern(test: Extract<TextTest, { kind: "matches" | "not_matches" }>, text: string): CheckOutcome {
  const { kind, pattern, flags } = test;
  const found = withinMs(PATTERN_LIMIT_MS, () => new RegExp(pattern, flags).exec(text));
  const named = `/${pattern}/${flags}`;
  if (kind === "matches") return found === null ? wanting(`nothing in it matches ${named}`) : pass(`matches ${named}`);
  return found === null
    ? pass(`does not match ${named}`)
    : wanting(`"${found[0].slice(0, 100)}" matches ${named}, which must not be`);
}

function hasPhrases(test: Extract<TextTest, { kind: "contains" | "not_contains" }>, text: string): CheckOutcome {
  const { kind, phrases } = test;
  const plain = evened(text);
  const present = phrases.filter((phrase) => plain.includes(evened(phrase)));
  if (kind === "not_contains") {
    return present.length === 0 ? pass("holds none of the phrases") : wanting(`holds ${quoted(present)}`);
  }
  const missing = phrases.filter((phrase) => !present.includes(phrase));
  return missing.length === 0 ? pass("holds every phrase") : wanting(`lacks ${quoted(missing)}`);
}

function evened(text: string): string {
  return text.toLowerCase().replace(/\s+/g, " ");
}

function quoted(phrases: readonly string[]): string {
  return phrases.map((phrase) => `"${phrase}"`).join(", ");
}

function wanting(problem: string): CheckOutcome {
  return fail(problem, { repair: `The answer ${problem}.` });
}
