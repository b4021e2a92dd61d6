import { z } from "zod";
import { FilesRow } from "./files.ts";
import { ModelRow } from "./model-row.ts";
import { ProviderRow } from "./provider-row.ts";
import { count, name, share, usd } from "./scalars.ts";
import { TaskRow } from "./task-row.ts";

/**
 * The config file: strict, snake_case, money in USD, prices in USD per million tokens, times in milliseconds. What is left out
 * keeps its default. The messages of the patterns below say what is expected.
 */

export const BudgetRow = z.strictObject({
  day_usd: usd.optional().describe("USD a day, UTC; 0: free models only"),
  week_usd: usd.optional().describe("USD a week, Monday to Sunday, UTC"),
  month_usd: usd.optional().describe("USD a month, UTC"),
});
export type BudgetRow = z.infer<typeof BudgetRow>;

const Budgets = BudgetRow.extend({
  per_task: z.record(z.string(), BudgetRow).optional().describe("By the id of the task"),
  per_provider: z.record(z.string(), BudgetRow).optional().describe("By the id of the provider"),
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
  drain_notice_ms: z
    .int()
    .min(0)
    .max(600_000)
    .optional()
    .describe("How long a server that is to stop says so before it refuses calls; default 0"),
  drain_ms: z.int().min(0).max(3_600_000).optional().describe("What calls that run then get; default 10000"),
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
  $schema: z.string().optional().describe("For editors: where this schema is"),
  models: z.array(ModelRow).optional().describe("New models, and changes to known ones"),
  providers: z
    .record(z.string(), ProviderRow)
    .optional()
    .describe("Settings of the vendors, and endpoints of your own"),
  tasks: z.array(TaskRow).optional().describe("New tasks, and changes to known ones"),
  budgets: Budgets.optional().describe("What may be spent; a call that goes beyond is refused"),
  baseline_model: name.optional().describe('default "claude-opus-5-5"'),
  caller_model: name
    .optional()
    .describe(
      "The model of the agent that calls, for what it is spared; default: not known, so that no price is given",
    ),
  baseline_share: share
    .optional()
    .describe("Share of the requests on which the baseline model is asked as well, to measure savings; default 0"),
  outcome_share: share
    .optional()
    .describe("Share of the answers with which the caller is asked to report whether they were right; default 0.02"),
  defaults: Defaults.optional().describe("Of calls that do not say it themselves"),
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
  privacy: Privacy.optional().describe("What is kept"),
  answer_cache: z
    .strictObject({ ttl_s: z.int().min(1).max(31_536_000).describe("How long an answer may be given again") })
    .optional()
    .describe(
      "Gives a verified answer again when the same is asked, free; in the ledger with privacy.store_text, else in memory; default off",
    ),
  files: FilesRow.optional().describe(
    "Files of this machine that may be sent to models, and where answers may be written",
  ),
  checks: Checks.optional().describe("How answers are checked"),
  http: Http.optional().describe("For signalbox serve --http"),
  notify: Notify.optional().describe("Who is told of budgets and breakers"),
  allow_unpriced: z.boolean().optional().describe("Use models without a known price; default false"),
});
export type ConfigFile = z.infer<typeof ConfigFile>;
