import { z } from "zod";
import { PROVIDER_KINDS, type ProviderKind } from "../core/vendors.ts";
import { UNCHECKED_STEPS } from "../core/task.ts";
import { MAX_PRICE_USD } from "../catalog/row.ts";

/**
 * The config file: strict, snake_case, money in USD, prices in USD per million tokens, times in milliseconds. What is left out
 * keeps its default. The messages of the patterns below say what is expected.
 */

const count = z.int().min(1);
const share = z.number().min(0).max(1);
const usd = z.number().min(0).max(1_000_000);
const name = z.string().regex(/\S/, "a name that is not blank");
const uncheckedStep = z.enum(UNCHECKED_STEPS);
const day = z.iso.date("a day: YYYY-MM-DD");

const price = z.number().min(0).max(MAX_PRICE_USD);
const cachePrice = z.union([price, z.enum(["none", "unknown"])]);
const PriceClasses = z.strictObject({
  input_usd_per_mtok: price,
  output_usd_per_mtok: price,
  cache_read_usd_per_mtok: cachePrice.optional().describe('default "unknown"; "none": billed as input'),
  cache_write_usd_per_mtok: cachePrice.optional().describe('default "unknown"; "none": billed as input'),
});
const Prices = PriceClasses.extend({
  long_prompt: PriceClasses.extend({ over_tokens: count })
    .optional()
    .describe("Prices of the whole request once its prompt is over the limit"),
  changes: z
    .array(PriceClasses.partial().extend({ from: day }))
    .optional()
    .describe("Announced changes, in order of date"),
});

/** Parameters of a request's body, as the vendor names them. */
const Params = z.record(z.string(), z.unknown());

/** A new model (needs `provider` and `context_tokens`), or changes to one that is known. */
export const ModelRow = z.strictObject({
  id: name,
  provider: name.optional(),
  wire_id: name.optional().describe("The vendor's own id; default: id"),
  aliases: z.array(name).optional(),
  prices: z
    .union([z.literal("unpriced"), Prices])
    .optional()
    .describe("USD per million tokens; 0 is free; a new model without prices is unpriced"),
  context_tokens: count.optional(),
  max_output_tokens: z.union([count, z.literal("unknown")]).optional(),
  params: Params.optional().describe("Sent in the body of its calls, beside and before those of its provider"),
  timeout_ms: count.optional(),
  loads_ms: z
    .number()
    .min(0)
    .optional()
    .describe("How long a local server may load it before its first token; default 0"),
  silence_ms: count
    .optional()
    .describe("How long it may be silent once its text has begun; default: 40% of its time, at most 10 s"),
  floor_ms: z.number().min(0).optional(),
  output_tokens_per_s: z.number().positive().max(100_000).optional().describe("A prior, until the ledger has measured"),
  quality: share.optional(),
  sampling: z.enum(["accepted", "rejected"]).optional().describe("Whether temperature and the like may be sent"),
  thinking: z
    .strictObject({
      mode: z.enum(["none", "optional", "always"]),
      room_tokens: z.strictObject({ low: count, normal: count }).optional(),
    })
    .optional(),
  token_factor: z.number().min(0.1).max(10).optional(),
  lifecycle: z
    .strictObject({
      state: z.enum(["current", "legacy", "retired"]),
      successor: name.optional(),
      shutdown_date: day.optional(),
      since: day.optional(),
    })
    .optional(),
  source: name.optional(),
  as_of: name.optional(),
});
export type ModelRow = z.infer<typeof ModelRow>;

/** A check of Signalbox by name, or one of the user's own: a test of the text, or a program. */
export const CheckRow = z.strictObject({
  check: name.optional().describe("A check of Signalbox; else give name and one of the tests below"),
  weight: z
    .number()
    .optional()
    .describe("Has no effect any more: facts fail and evidence verifies, nothing is weighed"),
  name: name.optional(),
  gate: z.boolean().optional().describe("Failing it fails the answer; false: it is only told. Default true"),
  json_schema: z.record(z.string(), z.unknown()).optional().describe("The answer is JSON that matches it"),
  matches: z.string().optional().describe("A regular expression that must occur"),
  not_matches: z.string().optional().describe("A regular expression that must not occur"),
  flags: z.string().optional(),
  contains: z.array(name).min(1).optional().describe("Phrases that must all occur, in any case"),
  not_contains: z.array(name).min(1).optional(),
  max_words: count.optional(),
  min_words: count.optional(),
  language: z.string().optional().describe("ISO 639-1 code of the language that the answer is written in"),
  command: z
    .array(name)
    .min(1)
    .optional()
    .describe(
      "Program and arguments: the answer on stdin; exit code 0 accepts; JSON on stdout may say {score, detail} or {abstain}",
    ),
  timeout_ms: z.int().min(1).max(60_000).optional().describe("Of the command; default 10000"),
});
export type CheckRow = z.infer<typeof CheckRow>;

/** A new task (needs `candidates`), or changes to one that is known. */
export const TaskRow = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, "lower-case letters, digits and _, beginning with a letter"),
  title: name.optional(),
  description: name.optional(),
  candidates: z.array(name).min(1).optional().describe("Models, in order of preference"),
  min_quality: share.optional(),
  optimize: z.enum(["quality", "cost", "latency"]).optional(),
  max_output_tokens: count.optional(),
  expected_output_tokens: count.optional(),
  checks: z.array(CheckRow).optional().describe("In place of the task's own"),
  on_unchecked: z
    .union([uncheckedStep, z.array(uncheckedStep).min(1)])
    .optional()
    .describe(
      "What becomes of an answer that could not be checked: accept or next; before that evidence may be bought: judge, agree, tests. " +
        'A list is followed in order, such as ["tests", "next"]; default accept',
    ),
  when: z
    .array(name.max(100, "at most 100 characters"))
    .min(1)
    .max(50, "at most 50 phrases")
    .optional()
    .describe(
      'For task "auto": a prompt that holds one of these phrases, in whole words and in any case, is given to this task; the ' +
        "first such task wins, also over those that Signalbox would pick",
    ),
  repair: z.boolean().optional().describe("Let a model repair what checks found; default true"),
  judges: z.array(name).min(1).optional().describe("Models that may judge an answer, for on_unchecked: judge"),
  test_writers: z.array(name).min(1).optional().describe("Models that may write tests, for on_unchecked: tests"),
  rubric: name.optional().describe("What a judge is to look at"),
});
export type TaskRow = z.infer<typeof TaskRow>;

const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of an environment variable that holds the key, not the key itself");

/** Settings of one of the four vendors, or an endpoint of one's own. */
export const ProviderRow = z.strictObject({
  kind: z
    .enum(Object.keys(PROVIDER_KINDS) as [ProviderKind, ...ProviderKind[]])
    .optional()
    .describe("What it speaks; openai_compatible for Ollama, llama.cpp, vLLM, …"),
  base_url: z.string().optional().describe("With or without the version at its end"),
  api_key_env: z
    .union([variable, z.array(variable).min(1)])
    .optional()
    .describe("The variable that holds the key; several: one for each account, used in turn"),
  api_key_command: z
    .array(name)
    .min(1)
    .optional()
    .describe("Program and arguments that print the key, without a shell; kept for 5 minutes"),
  api_key_file: z
    .union([name, z.array(name).min(1)])
    .optional()
    .describe("The file that holds the key"),
  headers: z
    .record(z.string(), z.union([z.string(), z.strictObject({ env: variable })]))
    .optional()
    .describe('Sent with every call. A secret stands in a variable: {"x-api-key": {"env": "GATEWAY_KEY"}}'),
  params: Params.optional().describe("Sent in the body of every call, such as chat_template_kwargs"),
  stream: z.boolean().optional().describe("false: ask for the whole answer at once; default true"),
  limit_param: z
    .enum(["max_tokens", "max_completion_tokens"])
    .optional()
    .describe("What the endpoint calls the output limit; default by kind"),
  proxy: z
    .string()
    .optional()
    .describe("The URL of a proxy for this provider, or none; default: HTTPS_PROXY, HTTP_PROXY and NO_PROXY"),
  api_version: name.optional().describe("Of azure_openai"),
  region: name.optional().describe("Of bedrock and vertex"),
  project: name.optional().describe("Of vertex"),
  limits: z.strictObject({ concurrency: count.optional(), requests_per_minute: count.optional() }).optional(),
});
export type ProviderRow = z.infer<typeof ProviderRow>;

export const BudgetRow = z.strictObject({ day_usd: usd.optional(), month_usd: usd.optional() });
export type BudgetRow = z.infer<typeof BudgetRow>;

const Budgets = BudgetRow.extend({
  per_task: z.record(z.string(), BudgetRow).optional(),
  per_provider: z.record(z.string(), BudgetRow).optional(),
  per_principal: z.record(name, BudgetRow).optional().describe("By the subject of the token, for serve --http"),
  each_principal: BudgetRow.optional().describe("Of every principal that per_principal does not name"),
});

export const Defaults = z.strictObject({
  deadline_ms: z.int().min(1).max(3_600_000).optional().describe("default 30000"),
  budget_usd: usd.nullable().optional().describe("per call; 0: free models only; null: none; default 0.5"),
  max_output_tokens: count.optional().describe("default by task"),
  result_chars: z.int().min(1000).max(1_000_000).optional().describe("of answers in a tool's result; default 12000"),
});
export type Defaults = z.infer<typeof Defaults>;

export const Privacy = z.strictObject({
  store_text: z.boolean().optional().describe("Keep prompts and answers in the ledger; default false"),
});
export type Privacy = z.infer<typeof Privacy>;

export const Http = z.strictObject({
  allowed_hosts: z
    .array(z.string().regex(/^[a-z0-9._-]+$/i, "a host name without a port, such as signalbox.example.com"))
    .optional()
    .describe("Names under which the server may be addressed, beside those of this machine"),
  allowed_origins: z
    .array(z.string().regex(/^[a-z][a-z0-9+.-]*:\/\/[^\s/]+$/i, "an origin such as https://app.example.com"))
    .optional()
    .describe("Web pages that may use the server"),
  requests_per_minute: count.optional().describe("per token; default 600"),
  max_sessions: count.max(100_000).optional().describe("of clients before 2026-07-28; default 1000"),
  session_idle_ms: z.int().min(1000).max(86_400_000).optional().describe("default 1800000"),
  oauth: z
    .strictObject({
      issuer: z.string().describe("iss of the tokens"),
      audience: name.describe("aud of the tokens meant for this server: usually its URL"),
      jwks_url: z.string().describe("The public keys of the issuer"),
    })
    .optional()
    .describe("Takes tokens of this authorization server, with the scopes route and read"),
});
export type Http = z.infer<typeof Http>;

export const Checks = z.strictObject({
  browser: name
    .optional()
    .describe(
      "Load pages in a browser: off (the default), auto (an installed Chromium or Chrome), or the path of one. Needs playwright-core and axe-core",
    ),
});
export type Checks = z.infer<typeof Checks>;

export const Notify = z.strictObject({
  webhook_url: z.string().describe("Is sent a message at 50, 80 and 100% of a budget, and when a breaker opens"),
});
export type Notify = z.infer<typeof Notify>;

/** The whole file. Its JSON Schema is `schema/config.schema.json`. */
export const ConfigFile = z.strictObject({
  $schema: z.string().optional(),
  models: z.array(ModelRow).optional(),
  providers: z.record(z.string(), ProviderRow).optional(),
  tasks: z.array(TaskRow).optional(),
  budgets: Budgets.optional(),
  baseline_model: name.optional().describe('default "claude-opus-5-5"'),
  baseline_share: share
    .optional()
    .describe("Share of the requests on which the baseline model is asked as well, to measure savings; default 0"),
  outcome_share: share
    .optional()
    .describe("Share of the answers with which the caller is asked to report whether they were right; default 0.02"),
  defaults: Defaults.optional(),
  approval_usd: usd
    .optional()
    .describe(
      "A call that could cost more asks the user first; 0: every call that costs anything; default: the user is never asked",
    ),
  exploration: z
    .strictObject({
      share: z.number().min(0).max(0.05).optional().describe("Of requests planned by what was learned; default 0.02"),
      day_usd: usd.optional().describe("What it may cost a day beyond the plans thought best; 0: none; default 0.1"),
    })
    .optional()
    .describe('For optimize "cost": now and then another plan that meets min_quality is tried, to learn'),
  privacy: Privacy.optional(),
  checks: Checks.optional().describe("How answers are checked"),
  http: Http.optional().describe("For signalbox serve --http"),
  notify: Notify.optional().describe("Who is told of budgets and breakers"),
  allow_unpriced: z.boolean().optional().describe("Use models without a known price; default false"),
});
export type ConfigFile = z.infer<typeof ConfigFile>;
