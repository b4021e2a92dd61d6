/** The forms of JSON Schema that vendors take in a field of their own. `json_schema`: any schema, as vLLM, Ollama and llama.cpp take it. */
export const SCHEMA_DIALECTS = ["openai", "anthropic", "gemini", "json_schema"] as const;
export type SchemaDialect = (typeof SCHEMA_DIALECTS)[number];

/** What a vendor's form can say. A keyword that it lacks is left out: the prompt and the check still hold the answer to it. */
export interface DialectRules {
  /** Keywords with a plain value that may stand beside a type. */
  readonly keeps: ReadonlySet<string>;
  /** Values of `format`. */
  readonly formats: ReadonlySet<string>;
  /** Every object must say that it has no other properties. */
  readonly closes: boolean;
  /** Every property must be required. */
  readonly requiresAll: boolean;
  /** A schema may refer to itself. */
  readonly recursive: boolean;
  /** `prefixItems`. */
  readonly tuples: boolean;
  /** `const`; without it a list of one value stands for it. */
  readonly hasConst: boolean;
  /** The answer as a whole must be an object. */
  readonly rootIsObject: boolean;
  /** Arrays may only be asked to be empty or not: `minItems` of 0 or 1. */
  readonly onlySmallMinItems: boolean;
  /** What becomes of a schema that the form cannot say: it goes as it is, as a hint; or it stays in the prompt alone. */
  readonly otherwise: "hint" | "prompt";
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/**
 * As documented in 2026-11: OpenAI's guide to structured outputs (strict), Anthropic's limitations of JSON Schema and its SDK's
 * `transformJSONSchema`, and the description of `responseJsonSchema` in Google's SDK.
 */
export const DIALECTS: Readonly<Record<Exclude<SchemaDialect, "json_schema">, DialectRules>> = {
  openai: {
    keeps: set(
      "description title pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems",
    ),
    formats: set("date-time time date duration email hostname ipv4 ipv6 uuid"),
    closes: true,
    requiresAll: true,
    recursive: true,
    tuples: false,
    hasConst: true,
    rootIsObject: true,
    onlySmallMinItems: false,
    otherwise: "hint",
  },
  anthropic: {
    keeps: set("description title format minItems"),
    formats: set("date-time time date duration email hostname uri ipv4 ipv6 uuid"),
    closes: true,
    requiresAll: false,
    recursive: false,
    tuples: false,
    hasConst: true,
    rootIsObject: true,
    onlySmallMinItems: true,
    otherwise: "prompt",
  },
  gemini: {
    keeps: set("description title format minimum maximum minItems maxItems"),
    formats: set("date-time date time"),
    closes: false,
    requiresAll: false,
    recursive: false,
    tuples: true,
    hasConst: false,
    rootIsObject: false,
    onlySmallMinItems: false,
    otherwise: "prompt",
  },
};
