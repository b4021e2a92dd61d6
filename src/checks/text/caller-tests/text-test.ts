import type { TextCriterion } from "../../kit/criterion.ts";
import { againstSchema } from "../json-schema/check-answer.ts";
import { fail, pass, type LegacyOutcome } from "../../kit/legacy.ts";
import { withinMs } from "../../kit/time-limit.ts";

/** A pattern that backtracks without end is given up after so long. */
const PATTERN_LIMIT_MS = 1_000;

/** Holds a text against what a caller, or the config, wants of it. */
export async function runTextTest(test: TextCriterion, text: string): Promise<LegacyOutcome> {
  switch (test.kind) {
    case "json_schema":
      return againstSchema(test.schema, text);
    case "matches":
    case "not_matches":
      return matchesPattern(test, text);
    case "contains":
    case "not_contains":
      return hasPhrases(test, text);
    case "max_words":
    case "min_words":
    case "language":
      throw new Error("to be built");
  }
}

function matchesPattern(
  test: Extract<TextCriterion, { kind: "matches" | "not_matches" }>,
  text: string,
): LegacyOutcome {
  const { kind, pattern, flags } = test;
  const found = withinMs(PATTERN_LIMIT_MS, () => new RegExp(pattern, flags).exec(text));
  const named = `/${pattern}/${flags}`;
  if (kind === "matches") return found === null ? wanting(`nothing in it matches ${named}`) : pass(`matches ${named}`);
  return found === null
    ? pass(`does not match ${named}`)
    : wanting(`"${found[0].slice(0, 100)}" matches ${named}, which must not be`);
}

function hasPhrases(test: Extract<TextCriterion, { kind: "contains" | "not_contains" }>, text: string): LegacyOutcome {
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

function wanting(problem: string): LegacyOutcome {
  return fail(problem, { repair: `The answer ${problem}.` });
}
