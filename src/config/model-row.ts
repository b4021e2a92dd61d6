import { z } from "zod";
import { MAX_PRICE_USD } from "../catalog/row.ts";
import { MEDIA_KINDS } from "../core/media.ts";
import { MEDIA_RULES, type MediaRuleId } from "../core/media-rules/index.ts";
import { SCHEMA_DIALECTS } from "../core/schema-dialects.ts";
import { count, day, name, params, share } from "./scalars.ts";

const price = z.number().min(0).max(MAX_PRICE_USD);
const cachePrice = z.union([price, z.enum(["none", "unknown"])]);
const PriceClasses = z.strictObject({
  input_usd_per_mtok: price.describe("USD per million tokens of the prompt"),
  output_usd_per_mtok: price.describe("USD per million tokens of the answer, thinking included"),
  cache_read_usd_per_mtok: cachePrice.optional().describe('default "unknown"; "none": billed as input'),
  cache_write_usd_per_mtok: cachePrice.optional().describe('default "unknown"; "none": billed as input'),
});
const Prices = PriceClasses.extend({
  long_prompt: PriceClasses.extend({ over_tokens: count.describe("Prompt tokens above which these prices hold") })
    .optional()
    .describe("Prices of the whole request once its prompt is over the limit"),
  changes: z
    .array(PriceClasses.partial().extend({ from: day.describe("First day of these prices, YYYY-MM-DD") }))
    .optional()
    .describe("Announced changes, in order of date"),
});

const nativeSchema = z.enum(["none", ...SCHEMA_DIALECTS]).optional();

const mediaRule = z.enum(Object.keys(MEDIA_RULES) as [MediaRuleId, ...MediaRuleId[]]).optional();

/** A new model (needs `provider` and `context_tokens`), or changes to one that is known. */
export const ModelRow = z.strictObject({
  id: name.describe("Its name in Signalbox; that of a known model changes it"),
  provider: name.optional().describe("Who serves it: a vendor, or a name under providers"),
  wire_id: name.optional().describe("The vendor's own id; default: id"),
  aliases: z.array(name).optional().describe("Other names that callers may use"),
  prices: z
    .union([z.literal("unpriced"), Prices])
    .optional()
    .describe("USD per million tokens; 0 is free; a new model without prices is unpriced"),
  flex_prices: Prices.optional().describe(
    "Of the vendor's slower tier; default: as known, unless prices or provider are given",
  ),
  context_tokens: count.optional().describe("Tokens of prompt and answer together"),
  max_output_tokens: z
    .union([count, z.literal("unknown")])
    .optional()
    .describe("Longest answer; default unknown"),
  params: params.optional().describe("Sent in the body of its calls, beside and before those of its provider"),
  timeout_ms: count.optional().describe("How long one call may take; default 120000"),
  loads_ms: z
    .number()
    .min(0)
    .optional()
    .describe("How long a local server may load it before its first token; default 0"),
  silence_ms: count
    .optional()
    .describe("How long it may be silent once its text has begun; default: 40% of its time, at most 10 s"),
  floor_ms: z
    .number()
    .min(0)
    .optional()
    .describe("Under this no answer can be expected, until the ledger has measured"),
  output_tokens_per_s: z.number().positive().max(100_000).optional().describe("A prior, until the ledger has measured"),
  quality: share.optional().describe("How good it is thought to be, before anything was learned; default 0.5"),
  sampling: z.enum(["accepted", "rejected"]).optional().describe("Whether temperature and the like may be sent"),
  thinking: z
    .strictObject({
      mode: z.enum(["none", "optional", "always"]).describe("Whether it thinks before it answers"),
      room_tokens: z
        .strictObject({
          low: count.describe("With little effort"),
          normal: count.describe("With the usual effort"),
        })
        .optional()
        .describe("Output tokens kept free for thinking"),
    })
    .optional()
    .describe("How it thinks; default none"),
  native_schema: nativeSchema.describe("How its endpoint takes response_schema; none: in the prompt alone"),
  accepts: z.array(z.enum(MEDIA_KINDS)).optional().describe("What it takes beside text; a new model: text alone"),
  media_rule: mediaRule.describe("How its vendor counts images and PDF as tokens; default: by the dearest rule"),
  token_factor: z.number().min(0.1).max(10).optional().describe("Its tokens for each that is estimated; default 1"),
  lifecycle: z
    .strictObject({
      state: z.enum(["current", "legacy", "retired"]).describe("A retired model is answered for by its successor"),
      successor: name.optional().describe("The model that answers for it"),
      shutdown_date: day.optional().describe("Of a legacy model: its last day"),
      since: day.optional().describe("Of a retired model: since when"),
    })
    .optional()
    .describe("Whether its vendor still serves it; default current"),
  source: name.optional().describe("Where its figures come from"),
  as_of: name.optional().describe("When they were read"),
});
export type ModelRow = z.infer<typeof ModelRow>;
