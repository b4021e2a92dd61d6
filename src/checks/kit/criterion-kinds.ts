import { Script } from "node:vm";
import { z } from "zod";
import { didYouMean } from "./suggest.ts";
import { abiSignature } from "./abi-signature.ts";
import { ARIA_ROLES } from "./aria-roles.ts";
import type { Criterion, CriterionKind, TextCriterion } from "./criterion.ts";
import { languageCode, languageName } from "./language-code.ts";

type Unnamed<C = Criterion> = C extends Criterion ? Omit<C, "name"> : never;

/** How to write a criterion of one kind, apart from its name. */
export interface KindShape {
  /** Keys that identify this kind. */
  readonly keys: readonly string[];
  /** Those keys and the optional ones. */
  readonly known: readonly string[];
  /** What a caller may write. */
  readonly example: string;
  /** Its messages continue a sentence that begins with a path. */
  readonly schema: z.ZodType<Unnamed>;
}

const MOST_PATTERN_CHARS = 1_000;
const MOST_CODE_CHARS = 20_000;
const MOST_PHRASE_CHARS = 1_000;
const MOST_PHRASES = 100;
const MOST_COUNT = 1_000_000;

const text = (most: number) => z.string().regex(/\S/, "is blank").max(most, `is longer than ${most} characters`);
const code = text(MOST_CODE_CHARS);
/** JavaScript that at least compiles: what cannot run says nothing about an answer. */
const script = (what: string, before: string, after: string) =>
  code.superRefine((written, context) => {
    try {
      // Compiled, never run.
      void new Script(`${before}${written}\n${after}`);
    } catch (error) {
      context.addIssue({ code: "custom", message: `is no JavaScript ${what}: ${(error as Error).message}` });
    }
  });
const expression = script("expression", "(async () => (", "))");
const statements = script("code", "(async () => {", "})");
const phrase = text(MOST_PHRASE_CHARS);
const pattern = z
  .string()
  .min(1, "is empty")
  .max(MOST_PATTERN_CHARS, `is longer than ${MOST_PATTERN_CHARS} characters`);
const flags = z.string().default("");
const count = (least: number) =>
  z.int().min(least, `must be ${least} or more`).max(MOST_COUNT, `must be at most ${MOST_COUNT}`);
const yes = z.literal(true);
const listOf = <T extends z.ZodType>(each: T) => z.array(each).max(MOST_PHRASES, `holds more than ${MOST_PHRASES}`);
/** A phrase or a list of them. */
const phrases = z.preprocess(
  (value) => (typeof value === "string" ? [value] : value),
  listOf(phrase).min(1, "is an empty list: name at least one phrase"),
);
const signature = z.string().transform((written, context) => {
  const read = abiSignature(written);
  if (read !== null) return read;
  context.addIssue({
    code: "custom",
    message: `${quoted(written)} is no signature: a name and the ABI's types, a contract as address, an enum as uint8, a struct as (…)`,
  });
  return z.NEVER;
});
const STANDARDS = ["ERC20", "ERC721", "ERC1155", "ERC4626"] as const;
const standard = z.string().transform((written, context) => {
  const found = STANDARDS.find((each) => each === written.toUpperCase().replace(/[-\s]/g, ""));
  if (found !== undefined) return found;
  context.addIssue({ code: "custom", message: `${quoted(written)} is none of ${STANDARDS.join(", ")}` });
  return z.NEVER;
});
const role = z.string().superRefine((written, context) => {
  if (ARIA_ROLES.includes(written)) return;
  context.addIssue({ code: "custom", message: `${quoted(written)} is no ARIA role${didYouMean(written, ARIA_ROLES)}` });
});
const language = z.string().superRefine((written, context) => {
  if (languageName(written) !== null) return;
  const known = languageCode(written);
  const hint = known === null ? "" : `; did you mean "${known}"?`;
  context.addIssue({ code: "custom", message: `${quoted(written)} is no ISO 639-1 code${hint}` });
});

const CONTRACT = {
  contract: z
    .string()
    .regex(/^[A-Za-z_$][\w$]{0,99}$/, "is no name of a contract")
    .optional(),
  functions: listOf(signature).optional(),
  events: listOf(signature).optional(),
  errors: listOf(signature).optional(),
  standard: standard.optional(),
};
const ELEMENT = z.strictObject({ role, name: phrase.optional(), count: count(0).optional() });
const STEPS = z.strictObject({ min: count(1).optional(), max: count(1).optional() });

/** Every kind of criterion, as it is written. */
export const KINDS: Readonly<Record<CriterionKind, KindShape>> = {
  matches: shape(
    { matches: pattern, flags },
    '{matches: "^# ", flags: "m"}',
    (raw, context) => regular("matches", raw.matches, raw.flags, context),
    ["matches"],
  ),
  not_matches: shape(
    { not_matches: pattern, flags },
    '{not_matches: "TODO|FIXME", flags: "i"}',
    (raw, context) => regular("not_matches", raw.not_matches, raw.flags, context),
    ["not_matches"],
  ),
  contains: shape({ contains: phrases }, '{contains: ["phrase"]}', (raw) => ({
    kind: "contains",
    phrases: raw.contains,
  })),
  not_contains: shape({ not_contains: phrases }, '{not_contains: ["phrase"]}', (raw) => ({
    kind: "not_contains",
    phrases: raw.not_contains,
  })),
  json_schema: shape(
    { json_schema: z.record(z.string(), z.unknown()) },
    '{json_schema: {type: "object", required: ["total"]}}',
    (raw) => ({ kind: "json_schema", schema: raw.json_schema }),
  ),
  max_words: shape({ max_words: count(1) }, "{max_words: 100}", (raw) => ({ kind: "max_words", words: raw.max_words })),
  min_words: shape({ min_words: count(1) }, "{min_words: 20}", (raw) => ({ kind: "min_words", words: raw.min_words })),
  language: shape({ language }, '{language: "de"}', (raw) => ({ kind: "language", language: raw.language })),
  call: shape(
    { call: expression, equals: z.unknown() },
    '{call: "f(1)", equals: 2}',
    (raw) => ({ kind: "call", ...raw }),
    ["call"],
  ),
  assert: shape({ assert: statements }, '{assert: "f(1) === 2"}', (raw) => ({ kind: "assert", code: raw.assert })),
  python: shape({ python: code }, '{python: "assert f(1) == 2"}', (raw) => ({ kind: "python", code: raw.python })),
  compiles: shape({ compiles: yes }, "{compiles: true}", () => ({ kind: "compiles" })),
  contract: shape(
    CONTRACT,
    '{contract: "Vault", functions: ["withdraw(uint256)"], events: ["Withdrawn(address,uint256)"], standard: "ERC20"}',
    ({ contract = null, functions = [], events = [], errors = [], standard = null }, context) => {
      if (contract === null && standard === null && [...functions, ...events, ...errors].length === 0) {
        context.addIssue({ code: "custom", message: "names nothing that a contract must have" });
      }
      return { kind: "contract", contract, functions, events, errors, standard };
    },
  ),
  solidity_test: shape(
    {
      solidity_test: code.refine(
        hasTestFunction,
        "must be the source of a test contract that has a function whose name begins with test",
      ),
    },
    '{solidity_test: "contract VaultTest { function testStartsEmpty() public { assert(new Vault().total() == 0); } }"}',
    (raw) => ({ kind: "solidity_test", source: raw.solidity_test }),
  ),
  element: shape({ element: ELEMENT }, '{element: {role: "button", name: "Save", count: 1}}', (raw) => ({
    kind: "element",
    role: raw.element.role,
    text: raw.element.name ?? null,
    count: raw.element.count ?? null,
  })),
  section: shape({ section: phrase }, '{section: "Pricing"}', (raw) => ({ kind: "section", section: raw.section })),
  no_script_errors: shape({ no_script_errors: yes }, "{no_script_errors: true}", () => ({ kind: "no_script_errors" })),
  steps: shape(
    {
      steps: STEPS.refine(({ min, max }) => min !== undefined || max !== undefined, "needs min, max or both").refine(
        ({ min = 0, max = MOST_COUNT }) => min <= max,
        "has a min above its max",
      ),
    },
    "{steps: {min: 3, max: 8}}",
    ({ steps: { min = null, max = null } }) => ({ kind: "steps", min, max }),
  ),
  covers: shape({ covers: phrases }, '{covers: ["backup", "rollback"]}', (raw) => ({
    kind: "covers",
    phrases: raw.covers,
  })),
  before: shape(
    { before: z.array(phrase).length(2, "must name two steps, the earlier one first") },
    '{before: ["backup", "migrate"]}',
    ({ before: [first = "", second = ""] }) => ({ kind: "before", first, second }),
  ),
  no_dangling: shape({ no_dangling: yes }, "{no_dangling: true}", () => ({ kind: "no_dangling" })),
};

/** The kinds that are about the text of an answer alone: the config may name them too. */
export const TEXT_KINDS = [
  "json_schema",
  "matches",
  "not_matches",
  "contains",
  "not_contains",
  "max_words",
  "min_words",
  "language",
] as const satisfies readonly TextCriterion["kind"][];

/** A function whose name begins with test, behind the head of a contract. */
function hasTestFunction(source: string): boolean {
  const contract = /\bcontract\s+\w[^{]{0,500}\{/.exec(source);
  return contract !== null && /\bfunction\s+test\w*\s*\(/.test(source.slice(contract.index));
}

function shape<Fields extends z.ZodRawShape>(
  fields: Fields,
  example: string,
  read: (raw: z.output<z.ZodObject<Fields, z.core.$strict>>, context: z.RefinementCtx) => Unnamed,
  keys: readonly string[] = Object.keys(fields),
): KindShape {
  return { keys, known: Object.keys(fields), example, schema: z.strictObject(fields).transform(read) };
}

function regular(
  kind: "matches" | "not_matches",
  pattern: string,
  flags: string,
  context: z.RefinementCtx,
): Unnamed<TextCriterion> {
  try {
    void new RegExp(pattern, flags);
  } catch (error) {
    const message = `is no regular expression: ${(error as Error).message}`;
    context.addIssue({ code: "custom", path: [kind], message });
  }
  return { kind, pattern, flags };
}

function quoted(written: string): string {
  return JSON.stringify(written.length > 60 ? `${written.slice(0, 60)}…` : written);
}
