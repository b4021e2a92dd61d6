import { asFields, asJson, type Fields } from "./shape.ts";

/** A parameter that Signalbox sends and an endpoint may not know: what becomes of it when the endpoint says so. */
interface KnownParameter {
  readonly path: readonly [string, ...string[]];
  /** As endpoints name it in their errors. */
  readonly named: RegExp;
  /** The other name of a limit: a call never goes out without one. `null`: it is left out. */
  readonly otherName: string | null;
}

const PARAMETERS: readonly KnownParameter[] = [
  { path: ["stream_options"], named: /\bstream_options\b/i, otherName: null },
  { path: ["max_tokens"], named: /\bmax_tokens\b/i, otherName: "max_completion_tokens" },
  { path: ["max_completion_tokens"], named: /\bmax_completion_tokens\b/i, otherName: "max_tokens" },
  { path: ["prompt_cache_key"], named: /\bprompt_cache_key\b/i, otherName: null },
  { path: ["service_tier"], named: /\bservice_tier\b/i, otherName: null },
  { path: ["serviceTier"], named: /\bservice_?tier\b/i, otherName: null },
  { path: ["reasoning_effort"], named: /\breasoning[_.]effort\b/i, otherName: null },
  { path: ["reasoning"], named: /\breasoning\b/i, otherName: null },
  { path: ["thinking"], named: /\bthinking\b/i, otherName: null },
  { path: ["output_config"], named: /\boutput_config\b/i, otherName: null },
  { path: ["generationConfig", "thinkingConfig"], named: /\bthinking_?(?:config|level)\b/i, otherName: null },
  { path: ["stream"], named: /["'`]stream["'`]|\bstreaming\b/i, otherName: null },
];

const UNKNOWN =
  /unsupported|not support|unrecogni[sz]ed|unknown|unexpected|extra (?:inputs|fields|_?forbidden)|extra_forbidden|not (?:permitted|allowed|accepted|available|valid)|cannot find field|invalid (?:parameter|argument|field)|use '?\w+'? instead/i;

/** Where the schema of an answer stands. */
const SCHEMA_PATHS: readonly (readonly string[])[] = [
  ["response_format"],
  ["output_config", "format"],
  ["generationConfig", "responseJsonSchema"],
];
const ABOUT_SCHEMA =
  /response_?(?:format|json_?schema|mime_?type)|json_?schema|output_config\.format|\bschema\b|grammar/i;

/** An endpoint's text is read so far. */
const MOST_READ_CHARS = 4000;

/**
 * The parameter that a refused request was refused for, when it is one of ours that the endpoint does not know; `null`: it was
 * something else. `own`: parameters that the config gives, which are never left out.
 */
export function refusedParameter(
  status: number,
  body: string,
  sent: Fields,
  own: ReadonlySet<string>,
): KnownParameter | null {
  if (status !== 400 && status !== 422) return null;
  const text = body.slice(0, MOST_READ_CHARS);
  if (!UNKNOWN.test(text)) return null;
  // The schema of an answer is left out by the call itself; words in it are no names of parameters.
  if (SCHEMA_PATHS.some((path) => valueAt(sent, path) !== undefined) && ABOUT_SCHEMA.test(text)) return null;
  const error = asFields(asFields(asJson(body))?.["error"]);
  const param = error?.["param"];
  const present = PARAMETERS.filter(({ path }) => !own.has(path[0]) && valueAt(sent, path) !== undefined);
  if (typeof param === "string" && param !== "") {
    return present.find(({ path, named }) => path[0] === param || named.test(`'${param}'`)) ?? null;
  }
  return present.find(({ named }) => named.test(text)) ?? null;
}

/** The body without the parameter, or with the limit under its other name. */
export function withoutParameter(body: Fields, { path, otherName }: KnownParameter): Fields {
  const [first, ...rest] = path;
  const value = body[first];
  if (rest.length > 0 && rest[0] !== undefined) {
    const inner = asFields(value);
    return inner === null ? body : { ...body, [first]: without(inner, rest[0]) };
  }
  const left = without(body, first);
  if (first === "stream") return wholeBody(body);
  return otherName === null || value === undefined ? left : { ...left, [otherName]: value };
}

/** The body of a request that wants its answer at once. */
export function wholeBody(body: Fields): Fields {
  return { ...without(body, "stream_options"), ...("stream" in body ? { stream: false } : {}) };
}

/** Gemini names the way of answering in the address. */
export function wholeUrl(url: URL): URL {
  const whole = new URL(url);
  whole.pathname = whole.pathname.replace(/:streamGenerateContent$/, ":generateContent");
  if (whole.pathname !== url.pathname) whole.searchParams.delete("alt");
  return whole;
}

function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}

function valueAt(fields: Fields, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => asFields(value)?.[key], fields);
}
