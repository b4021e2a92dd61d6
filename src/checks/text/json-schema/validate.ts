import { Ajv } from "ajv";
import { Ajv2019 } from "ajv/dist/2019.js";
import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { BoundedCache } from "../../kit/bounded-cache.ts";
import { linearExpression } from "../criteria/linear-expression.ts";
import { TimeLimitError, withinMs } from "../../kit/time-limit.ts";
import { compileFailure, keywordProblem, specificationProblem } from "./schema-problem.ts";
import { schemaText, type JsonSchema } from "./schema-text.ts";

/** `null` means that the value matches; else what is wrong, with paths. Throws `TimeLimitError` for a pattern that backtracks without end. */
export type Validate = (value: unknown) => readonly string[] | null;

const MAX_SCHEMA_DEPTH = 64;
const COMPILE_LIMIT_MS = 1000;
/** A schema whose patterns take longer than this is run again on an engine for them that takes linear time. */
const FAST_VALIDATE_LIMIT_MS = 50;
const VALIDATE_LIMIT_MS = 1000;
const MAX_PROBLEMS = 5;
/** Of what the compiler says that nothing here explains. */
const MOST_QUOTED_CHARS = 120;

/** Unknown keywords and formats are notes to the model, not errors. Nothing is ever fetched. */
const OPTIONS: Options = { strict: false, ownProperties: true, allErrors: true, logger: false, validateSchema: true };

type CompiledSchema = { readonly validate: Validate } | { readonly problem: string };

/** By the content of the schema. */
const compiled = new BoundedCache<CompiledSchema>(50);

/**
 * What is wrong with a response schema, or `null`. A request with such a schema is refused before any model is paid, since no
 * answer could be checked against it.
 */
export function schemaProblem(schema: JsonSchema): string | null {
  const result = compile(schema);
  return "problem" in result ? result.problem : null;
}

/** The validator of a schema; throws with the reason when it cannot be compiled. */
export function validatorOf(schema: JsonSchema): Validate {
  const result = compile(schema);
  if ("problem" in result) throw new Error(result.problem);
  return result.validate;
}

function compile(schema: JsonSchema): CompiledSchema {
  const written = schemaText(schema);
  if (!written.ok) return written;
  const known = compiled.get(written.key);
  if (known !== undefined) return known.value;
  const result = compileAnew(schema, written.text);
  compiled.set(written.key, result);
  return result;
}

function compileAnew(schema: JsonSchema, text: string): CompiledSchema {
  const problem = shapeProblem(schema);
  if (problem !== null) return { problem };
  const ajv = instanceFor(schema, text);
  try {
    const follows = withinMs(COMPILE_LIMIT_MS, () => ajv.validateSchema(schema));
    if (follows === false) return { problem: specificationProblem(schema, ajv.errors ?? []) };
    const validate = withinMs(COMPILE_LIMIT_MS, () => ajv.compile(schema));
    return { validate: (value) => problemsOf(validate, schema, value) };
  } catch (error) {
    // Interrupted in the middle of its work, it may be in any state.
    if (error instanceof TimeLimitError || error instanceof RangeError) shared.clear();
    return { problem: compileProblem(error, schema) };
  } finally {
    if (shared.get(dialectOf(schema))?.ajv === ajv) ajv.removeSchema(schema);
  }
}

function shapeProblem(schema: JsonSchema): string | null {
  if (isDeeper(schema, MAX_SCHEMA_DEPTH)) return `the schema nests deeper than ${MAX_SCHEMA_DEPTH} levels`;
  const misspelt = keywordProblem(schema);
  if (misspelt !== null) return misspelt;
  if (schema["$async"] !== undefined) return "$async is not supported";
  return null;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

type Dialect = typeof Ajv | typeof Ajv2019 | typeof Ajv2020;

/** Creating a compiler takes 20 times as long as compiling a usual schema. */
const shared = new Map<Dialect, { readonly ajv: Ajv; uses: number }>();
/** A compiler keeps some memory for every schema that it compiled. */
const MOST_USES = 200;

/** In a shared compiler, schemas with their own ids could refer to each other. */
function instanceFor(schema: JsonSchema, text: string): Ajv {
  const dialect = dialectOf(schema);
  const hasIds = text.includes('"$id"');
  const known = hasIds ? undefined : shared.get(dialect);
  if (known !== undefined && known.uses < MOST_USES) {
    known.uses += 1;
    return known.ajv;
  }
  const ajv = new dialect(OPTIONS);
  formats.default(ajv);
  if (!hasIds) shared.set(dialect, { ajv, uses: 1 });
  return ajv;
}

/** By `$schema`; 2020-12 without one. */
function dialectOf(schema: JsonSchema): Dialect {
  const named = typeof schema["$schema"] === "string" ? schema["$schema"] : "";
  return /draft-0[67]/.test(named) ? Ajv : /2019-09/.test(named) ? Ajv2019 : Ajv2020;
}

function compileProblem(error: unknown, schema: JsonSchema): string {
  if (error instanceof TimeLimitError) return `compiling the schema ${error.message}`;
  if (error instanceof RangeError) return "the schema refers to itself without end or nests too deeply";
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith("no schema with key or ref")) {
    return `"$schema" names a dialect that is not supported; use draft-07, 2019-09 or 2020-12`;
  }
  const missingRef = error instanceof Error && "missingRef" in error ? String(error.missingRef) : null;
  const known = compileFailure(schema, missingRef);
  return known ?? `it cannot be compiled (${JSON.stringify(message.slice(0, MOST_QUOTED_CHARS).toWellFormed())})`;
}

function problemsOf(validate: ValidateFunction, schema: JsonSchema, value: unknown): readonly string[] | null {
  let errors: readonly ErrorObject[] | null;
  try {
    errors = errorsOf(validate, value, FAST_VALIDATE_LIMIT_MS);
  } catch (error) {
    if (!(error instanceof TimeLimitError)) throw error;
    const hasPattern = /"pattern(?:Properties)?":/.test(JSON.stringify(schema));
    errors = errorsOf(hasPattern ? linearly(schema) : validate, value, VALIDATE_LIMIT_MS);
  }
  if (errors === null) return null;
  const first = errors.slice(0, MAX_PROBLEMS).map(describe);
  return errors.length > first.length ? [...first, `and ${errors.length - first.length} more`] : first;
}

function errorsOf(validate: ValidateFunction, value: unknown, limitMs: number): readonly ErrorObject[] | null {
  return withinMs(limitMs, () => validate(value)) ? null : (validate.errors ?? []);
}

/** The same schema with its patterns on an engine that takes linear time. */
function linearly(schema: JsonSchema): ValidateFunction {
  const regExp = Object.assign(
    (pattern: string, flags: string) => {
      const expression = linearExpression(pattern, flags) ?? new RegExp(pattern, flags);
      return { test: (text: string) => expression.test(text), toString: () => `/${pattern}/${flags}` };
    },
    { code: "linearExpression" },
  );
  const ajv = new (dialectOf(schema))({ ...OPTIONS, code: { regExp } });
  formats.default(ajv);
  return withinMs(COMPILE_LIMIT_MS, () => ajv.compile(schema));
}

function describe(error: ErrorObject): string {
  const where = error.instancePath === "" ? "the answer" : error.instancePath;
  const params = error.params as Readonly<Record<string, unknown>>;
  const extra = params["additionalProperty"] ?? params["allowedValues"] ?? params["allowedValue"];
  const named = extra === undefined ? "" : `: ${JSON.stringify(extra)?.slice(0, 200)}`;
  return `${where} ${error.message ?? error.keyword}${named}`;
}
