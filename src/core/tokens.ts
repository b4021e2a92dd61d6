import { estimateTokenCount } from "tokenx";

/** How tokens are counted before a call; the vendor's own usage replaces it afterwards. */
export const TOKEN_COUNT_METHOD = "tokenx estimate (o200k), max: utf-8 bytes";

/** Chat templates wrap the messages in a few tokens of their own. */
const TEMPLATE_TOKENS = 64;

/** The expected number of tokens of a text; `factor` is the model's `tokenFactor`. */
export function estimateTokens(text: string, factor: number): number {
  return Math.ceil(estimateTokenCount(text) * factor);
}

/** A certain upper bound of the tokens of a call: no tokenizer in use makes more than one token of a byte. */
export function maxTokens(texts: readonly string[]): number {
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), TEMPLATE_TOKENS);
}
