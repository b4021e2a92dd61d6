import { estimateTokenCount } from "tokenx";

/** How tokens are counted before a call; the vendor's own usage replaces it afterwards. */
export const TOKEN_COUNT_METHOD = "tokenx estimate (o200k), max: utf-8 bytes";

/** Chat templates wrap the messages in a few tokens of their own. */
const TEMPLATE_TOKENS = 64;

/** Texts up to this length are counted whole; longer ones by samples, so that a huge prompt does not delay other calls. */
const COUNTED_WHOLE_CHARS = 400_000;
const SAMPLES = 16;
const SAMPLE_CHARS = 20_000;

/** The expected number of o200k tokens of a text. */
export function estimateTokens(text: string): number {
  if (text.length <= COUNTED_WHOLE_CHARS) return estimateTokenCount(text);
  const step = (text.length - SAMPLE_CHARS) / (SAMPLES - 1);
  const starts = Array.from({ length: SAMPLES }, (_, index) => Math.floor(index * step));
  const sampled = starts.reduce((sum, start) => sum + estimateTokenCount(text.slice(start, start + SAMPLE_CHARS)), 0);
  return Math.ceil((sampled / (SAMPLES * SAMPLE_CHARS)) * text.length);
}

/** Estimated tokens in a model's own tokenizer; `factor` is its `tokenFactor`. */
export function scaleTokens(tokens: number, factor: number): number {
  return Math.ceil(tokens * factor);
}

/** A certain upper bound of the tokens of a call: no tokenizer in use makes more than one token of a byte. */
export function maxTokens(texts: readonly string[]): number {
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), TEMPLATE_TOKENS);
}
