import { fencesOf } from "./fences.ts";

/** The JSON of an answer and its place; or why there is none. */
export type JsonAnswer =
  | { readonly ok: true; readonly value: unknown; readonly from: "text" | "fence" }
  | { readonly ok: false; readonly problem: string };

/**
 * The JSON of an answer: the whole text, or the one fenced block of JSON in it. Nothing is repaired: a repair would hide
 * that the answer was cut off.
 */
export function jsonOf(text: string): JsonAnswer {
  const trimmed = text.trim().replace(/^\uFEFF/, "");
  const whole = parse(trimmed);
  if (whole.ok) return { ...whole, from: "text" };
  const fences = fencesOf(text);
  const tagged = fences.filter((fence) => /^json[5c]?\b/i.test(fence.info));
  const blocks = tagged.length > 0 ? tagged : fences.filter((fence) => fence.info === "");
  const [block] = blocks;
  if (block === undefined) {
    const problem = /^[{[]/.test(trimmed) ? whole.problem : "it has neither bare JSON nor a fenced block of it";
    return { ok: false, problem: `the answer is not valid JSON: ${problem}` };
  }
  if (blocks.length > 1) return { ok: false, problem: `the answer has ${blocks.length} blocks of JSON, one is wanted` };
  if (!block.closed) return { ok: false, problem: "the block of JSON is not closed: the answer was cut off" };
  const fenced = parse(block.content);
  if (fenced.ok) return { ...fenced, from: "fence" };
  return { ok: false, problem: `the block of JSON is not valid: ${fenced.problem}` };
}

function parse(json: string): { ok: true; value: unknown } | { ok: false; problem: string } {
  try {
    return { ok: true, value: JSON.parse(json) };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}
