import { z } from "zod";

/** The public contract of the tools that report: receipts, models, outcomes and spend. See `contract.ts`. */

export const RECEIPT_PARTS = ["summary", "checks", "attempts", "plan", "answer"] as const;

export const ReceiptInput = z.strictObject({
  route_id: z.string(),
  part: z.enum(RECEIPT_PARTS).optional().describe("default summary"),
  page: z.number().optional().describe("of the answer, from 1"),
});
export type ReceiptInput = z.infer<typeof ReceiptInput>;

const PartOut = z.record(z.string(), z.unknown()).meta({ listedAs: { type: "object" } });
export const ReceiptOutput = z.object({
  route_id: z.string(),
  summary: PartOut.optional(),
  checks: z.array(PartOut).optional(),
  attempts: z.array(PartOut).optional(),
  plan: PartOut.optional(),
  text: z.string().optional(),
  page: z.number().optional(),
  pages: z.number().optional(),
});
export type ReceiptOutput = z.infer<typeof ReceiptOutput>;

export const ListModelsInput = z.strictObject({
  task: z.string().optional(),
  provider: z.string().optional(),
  available_only: z.boolean().optional(),
});
export type ListModelsInput = z.infer<typeof ListModelsInput>;

export const ModelOut = z.object({
  id: z.string(),
  provider: z.string(),
  wire_id: z.string(),
  available: z.boolean(),
  unavailable_reason: z.string().optional(),
  input_usd_per_mtok: z.number().nullable(),
  output_usd_per_mtok: z.number().nullable(),
  cache_read_usd_per_mtok: z.number().nullable(),
  cache_write_usd_per_mtok: z.number().nullable(),
  context_tokens: z.number(),
  max_output_tokens: z.number().nullable(),
  timeout_ms: z.number(),
  quality: z.number(),
  lifecycle: z.string().describe("current, legacy or retired, with successor and date"),
  health: z.string().describe("ok, or why it is skipped"),
});
export type ModelOut = z.infer<typeof ModelOut>;
export const ListModelsOutput = z.object({
  models: z.array(ModelOut.meta({ listedAs: { type: "object" } })),
  notes: z.array(z.string()),
});
export type ListModelsOutput = z.infer<typeof ListModelsOutput>;

export const ReportOutcomeInput = z.strictObject({
  route_id: z.string(),
  success: z.boolean(),
  note: z.string().optional(),
});
export type ReportOutcomeInput = z.infer<typeof ReportOutcomeInput>;
export const ReportOutcomeOutput = z.object({ route_id: z.string(), recorded: z.literal(true), success: z.boolean() });
export type ReportOutcomeOutput = z.infer<typeof ReportOutcomeOutput>;

export const SpendReportInput = z.strictObject({
  since: z.string().optional().describe("YYYY-MM-DD, UTC"),
  until: z.string().optional(),
  group_by: z.enum(["day", "week", "model", "provider", "task", "principal"]).optional(),
});
export type SpendReportInput = z.infer<typeof SpendReportInput>;

/** `modelled`: the baseline on the tokens of our own accepted answers. `measured`: by shadow runs; low and high: its 95% interval. */
const SpendTotals = z.object({
  requests: z.number(),
  accepted: z.number(),
  verified: z.number(),
  unchecked: z.number(),
  cost_usd: z.number(),
  baseline_usd: z.number(),
  saved_usd: z.number(),
  saved_share: z.number().nullable(),
  measured: z
    .object({
      runs: z.number(),
      saved_share: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      cost_usd: z.number(),
    })
    .nullable()
    .meta({ listedAs: { type: ["object", "null"] } }),
  usd_per_verified: z.number().nullable(),
  unchecked_share: z.number().nullable(),
  caller_tokens: z.number(),
  caller_usd: z.number().nullable(),
  caller_unwritten_tokens: z.number(),
  caller_unread_tokens: z.number(),
  caller_saved_usd: z.number().nullable(),
});

/** `open`: too few requests to tell. */
const Mark = z.enum(["met", "missed", "open"]);

/**
 * What Signalbox promises, held against the requests of some days, of the latest 20,000 that are kept. Refused: a budget or the user
 * said no before anything was spent. A share is of the requests that were neither refused nor cancelled; `null`: there are none.
 */
const ReportOut = z.object({
  requests: z.number(),
  complete: z.boolean(),
  right_model: z.object({
    mark: Mark,
    target_share: z.number(),
    share: z.number().nullable(),
    by_task: z.array(
      z.object({
        task: z.string(),
        model: z.string(),
        asked_first: z.number(),
        answered: z.number(),
        verified: z.number(),
        share: z.number().nullable(),
      }),
    ),
  }),
  saved_requests: z.object({
    mark: Mark,
    target_share: z.number(),
    share: z.number().nullable(),
    in_need: z.number(),
    by_fallback: z.number(),
    by_repair: z.number(),
  }),
  cost: z.object({
    mark: Mark,
    target_share: z.number(),
    share: z.number().nullable(),
    by: z.enum(["measured", "modelled"]),
  }),
  latency: z.object({
    mark: Mark,
    target_ms: z.number(),
    target_share: z.number(),
    share: z.number().nullable(),
    p50_ms: z.number().nullable(),
    p90_ms: z.number().nullable(),
    p95_ms: z.number().nullable(),
    p99_ms: z.number().nullable(),
    most_ms: z.number().nullable(),
  }),
  success: z.object({
    mark: Mark,
    target_share: z.number(),
    share: z.number().nullable(),
    succeeded: z.number(),
    failed: z.number(),
    refused: z.number(),
    cancelled: z.number(),
  }),
});
export type ReportOut = z.infer<typeof ReportOut>;

export const SpendReportOutput = z.object({
  totals: SpendTotals.extend({
    target: z
      .object({
        saved_share: z.number(),
        mark: Mark,
        by: z.enum(["measured", "modelled"]),
      })
      .meta({ listedAs: { type: "object" } }),
  }).meta({ listedAs: { type: "object" } }),
  rows: z.array(SpendTotals.extend({ key: z.string() }).meta({ listedAs: { type: "object" } })),
  report: ReportOut.meta({ listedAs: { type: "object" } }),
});
export type SpendReportOutput = z.infer<typeof SpendReportOutput>;
