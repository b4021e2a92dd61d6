import { z } from "zod";
import { BASES } from "../checks/kit/check-result.ts";
import { ATTEMPT_ROLES } from "./attempt.ts";
import { UNCHECKED_STEPS } from "./task.ts";

/**
 * The public contract: what tools take and give, snake_case, money in USD, as agents read it. One place, used by the MCP tools,
 * the commands and the engine's presentation. Descriptions are short on purpose: every client pays for them in tokens.
 */

const uncheckedStep = z.enum(UNCHECKED_STEPS);

/** Input of `estimate_cost`, and of `route_task` but for `on_below_quality`. */
export const EstimateInput = z.strictObject({
  task: z.string().describe('Task id, or "auto". list: signalbox://policy'),
  prompt: z.string(),
  context: z
    .union([z.string(), z.record(z.string(), z.unknown())])
    .optional()
    .describe(
      'Text, or {system, files: [{path, content} or {path, lines?: "1-9", glob?} or {data: base64 image/PDF}], …}',
    ),
  budget_usd: z.number().optional().describe("Hard ceiling over all attempts; 0: free models only"),
  deadline_ms: z.number().optional().describe("Over everything; default 30000"),
  min_quality: z.number().optional().describe("0..1; default by task"),
  models: z.array(z.string()).optional().describe("Allow-list, in order"),
  optimize: z.enum(["quality", "cost", "latency"]).optional(),
  patience: z.enum(["flex"]).optional().describe("Half price, slower"),
  max_output_tokens: z.number().optional(),
  response_schema: z.record(z.string(), z.unknown()).optional().describe("JSON Schema of the answer"),
  on_unchecked: z
    .union([uncheckedStep, z.array(uncheckedStep)])
    .meta({ listedAs: { type: "string", enum: UNCHECKED_STEPS } })
    .optional(),
  accept: z
    .array(z.record(z.string(), z.unknown()))
    .optional()
    .describe(
      "Objects of one kind each: matches|not_matches: regex; contains|not_contains: [text]; json_schema; max_words|min_words; " +
        "language: code; {call, equals}, assert: js, python, compiles: true; {contract, functions, events, errors, standard}, " +
        "solidity_test; element: {role, name, count}, section, no_script_errors: true; steps: {min, max}, covers: [text], " +
        "before: [a, b], no_dangling: true",
    ),
});
export type EstimateInput = z.infer<typeof EstimateInput>;

export const RouteInput = EstimateInput.extend({
  on_below_quality: z.enum(["return_best", "error"]).optional(),
  repair: z.boolean().optional().describe("Let a model repair what checks found; default true"),
  output: z
    .strictObject({ path: z.string(), overwrite: z.boolean().optional(), patch: z.boolean().optional() })
    .optional()
    .describe("Write the answer under files.output_roots: a file, path/ for several, or patch files there"),
  continue_from: z.string().optional().describe("route_id: its prompt and answer go before this, same model"),
});
export type RouteInput = z.infer<typeof RouteInput>;

/** Of a text that is too long for a result: that it is cut, how many UTF-16 units all of it has, and where the rest is. */
const CutText = {
  text_is_cut: z.boolean().optional(),
  text_chars: z.number().optional(),
  /** Pages of `get_receipt` with part "answer". */
  text_pages: z.number().optional(),
  /** The address of all of it. */
  text_rest: z.string().optional(),
};

/** Of an answer that was to be written: the files, or why there are none; then the text is returned. */
const WrittenOut = z
  .object({
    written: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
    error: z.string().optional(),
  })
  .meta({ listedAs: { type: "object" } });
export type WrittenOut = z.infer<typeof WrittenOut>;

/** Estimated tokens that the caller was spared, where there are any, at the prices of `caller_model`; `null`: its price is not known. */
const CallerSavedOut = {
  caller_unwritten_tokens: z.number().optional(),
  caller_unread_tokens: z.number().optional(),
  caller_saved_usd: z.number().nullable().optional(),
};

/** One task of a batch: `route_task` without what belongs to the whole. */
export const BatchTask = RouteInput.omit({ budget_usd: true, deadline_ms: true });

export const MOST_BATCH_TASKS = 100;
export const MOST_BATCH_PARALLELISM = 16;

/** How the tasks of a batch are listed: their fields are those of another tool. */
const LISTED_BATCH_TASK = {
  type: "object",
  properties: { task: { type: "string" }, prompt: { type: "string" } },
  required: ["task", "prompt"],
};

export const BatchInput = z.strictObject({
  tasks: z
    .array(BatchTask.meta({ listedAs: LISTED_BATCH_TASK }))
    .describe(`At most ${MOST_BATCH_TASKS}, each as for route_task but for budget_usd and deadline_ms`),
  budget_usd: z.number().optional().describe("Shared ceiling; without it the worst case of all is reserved"),
  deadline_ms: z.number().optional(),
  parallelism: z.number().optional().describe(`Default 4, at most ${MOST_BATCH_PARALLELISM}`),
});
export type BatchInput = z.infer<typeof BatchInput>;

const UsageOut = z
  .object({
    input_tokens: z.number().nullable(),
    cache_read_tokens: z.number().nullable(),
    cache_write_tokens: z.number().nullable(),
    output_tokens: z.number().nullable(),
    reasoning_tokens: z.number().nullable(),
  })
  .meta({ listedAs: { type: "object" } });

const CheckOut = z.object({
  name: z.string(),
  passed: z.boolean().nullable(),
  detail: z.string(),
});

const VerdictOut = z.object({
  status: z.enum(["verified", "failed", "unchecked"]),
  basis: z.enum(BASES).nullable(),
  summary: z.string(),
  score: z.number().nullable(),
  checks: z.array(CheckOut),
  judged_by: z.string().optional(),
});
export type VerdictOut = z.infer<typeof VerdictOut>;

const AttemptOut = z.object({
  role: z.enum(ATTEMPT_ROLES),
  model: z.string(),
  provider: z.string(),
  outcome: z.enum(["accepted", "rejected", "failed"]),
  error_kind: z.string().optional(),
  error_message: z.string().optional(),
  verdict_score: z.number().nullable().optional(),
  cost_usd: z.number(),
  latency_ms: z.number(),
});
export type AttemptOut = z.infer<typeof AttemptOut>;

const RejectionOut = z.object({ model: z.string(), reason: z.string() });
const PlanOut = z.object({ order: z.array(z.string()), rejected: z.array(RejectionOut) });

export const RouteOutput = z.object({
  route_id: z.string(),
  status: z.enum(["accepted", "below_quality"]),
  text: z.string(),
  model: z.string(),
  provider: z.string(),
  verdict: VerdictOut,
  cost_usd: z.number(),
  cost_is_estimated: z.boolean(),
  latency_ms: z.number(),
  usage: UsageOut,
  attempts: z.array(AttemptOut),
  plan: PlanOut,
  baseline: z.object({ model: z.string(), cost_usd: z.number(), saved_usd: z.number() }).nullable(),
  notes: z.array(z.string()),
  output: WrittenOut.optional(),
  ...CallerSavedOut,
  /** The route whose verified answer this is, given again. */
  answered_from: z.string().optional(),
});
/** Everything about a routed request: what commands print and receipts hold. */
export type RouteOutput = z.infer<typeof RouteOutput>;

/**
 * `structuredContent` of `route_task`: the answer once, and what an agent needs to judge it. Half of all clients show their model
 * nothing else. The rest is on the receipt.
 */
export const RouteResult = z.object({
  route_id: z.string(),
  status: RouteOutput.shape.status,
  text: z.string(),
  ...CutText,
  output: WrittenOut.optional(),
  model: z.string(),
  verdict: VerdictOut.pick({ status: true, basis: true, summary: true }),
  failed_checks: z.array(z.string()).optional(),
  notes: z.array(z.string()).optional(),
  cost_usd: z.number(),
  cost_is_estimated: z.boolean(),
  saved_usd: z.number().nullable(),
  ...CallerSavedOut,
  answered_from: z.string().optional(),
  receipt: z.string(),
});
export type RouteResult = z.infer<typeof RouteResult>;

export const BatchResult = z.object({
  status: z.enum(["accepted", "below_quality", "failed"]),
  route_id: z.string().optional(),
  text: z.string().optional(),
  ...CutText,
  output: WrittenOut.optional(),
  model: z.string().optional(),
  verdict: z
    .object({
      status: VerdictOut.shape.status,
      basis: VerdictOut.shape.basis,
      summary: z.string(),
      score: z.number().nullable(),
      failed_checks: z.array(z.string()),
    })
    .optional(),
  cost_usd: z.number(),
  ...CallerSavedOut,
  error: z.object({ code: z.string(), message: z.string(), retry_after_ms: z.number().optional() }).optional(),
});
export type BatchResult = z.infer<typeof BatchResult>;

export const BatchOutput = z.object({
  results: z.array(BatchResult),
  totals: z.object({
    tasks: z.number(),
    accepted: z.number(),
    below_quality: z.number(),
    failed: z.number(),
    cost_usd: z.number(),
    cost_is_estimated: z.boolean(),
    reserved_usd: z.number(),
    latency_ms: z.number(),
  }),
});
export type BatchOutput = z.infer<typeof BatchOutput>;

/** What the user would say yes to: the most that a call, or a batch of so many tasks, could cost, and who would be asked in which order. */
export interface ApprovalOut {
  readonly worst_case_usd: number;
  /** What it costs when each task's first model gives an answer that is taken. */
  readonly cost_usd_expected: number;
  /** From the config: what may be spent without asking. */
  readonly approval_usd: number;
  readonly tasks: number;
  /** Each model's one answer; the worst case counts repairs, judges and second turns too. */
  readonly plan: readonly {
    readonly model: string;
    readonly cost_usd_expected: number;
    readonly cost_usd_max: number;
  }[];
}

/** `structuredContent.error` of a failed call. */
export interface ErrorOutput {
  readonly code: string;
  /** Says what to change. */
  readonly message: string;
  readonly attempts: readonly AttemptOut[];
  readonly cost_usd: number;
  readonly retry_after_ms?: number;
  /** Present when the request was recorded: its receipt. */
  readonly route_id?: string;
  /** With `approval_required` alone. */
  readonly approval?: ApprovalOut;
}

export const EstimateOutput = z.object({
  task: z.string(),
  candidates: z.array(
    z
      .object({
        model: z.string(),
        provider: z.string(),
        input_tokens: z.number(),
        output_tokens_expected: z.number(),
        output_tokens_max: z.number(),
        cost_usd_expected: z.number(),
        cost_usd_low: z.number(),
        cost_usd_high: z.number(),
        cost_usd_max: z.number(),
        estimate_method: z.string(),
        within_budget: z.boolean(),
        token_count_method: z.string(),
      })
      .meta({ listedAs: { type: "object" } }),
  ),
  order: z.array(z.string()),
  rejected: z.array(RejectionOut),
  worst_case_usd: z.number(),
  baseline: z.object({ model: z.string(), cost_usd: z.number() }).nullable(),
  notes: z.array(z.string()),
});
export type EstimateOutput = z.infer<typeof EstimateOutput>;
