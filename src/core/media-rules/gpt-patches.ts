import type { MediaRule } from "./media-rule.ts";

const PATCH_PX = 32;
const PATCH_BUDGET = 2500;
const TOKENS_PER_PATCH = 1.2;

/**
 * OpenAI's patches at `detail: "high"`, "Images and vision" (2026): an image of more than 2,500 patches of 32 by 32 pixels is made smaller
 * until it has no more, and a patch is billed as 1.2 tokens. Without `detail` current models take the image at its own size, so
 * that a photograph costs five times as much: the adapter always asks for `high`. A page of a PDF is an image and its text.
 */
export const gptPatches: MediaRule = {
  imageTokens: (widthPx, heightPx) => Math.ceil(patchesOf(widthPx, heightPx) * TOKENS_PER_PATCH),
  // Not published for a page: the largest image, and the text of a usual and of a dense page.
  pageTokens: { expected: PATCH_BUDGET * TOKENS_PER_PATCH + 600, max: PATCH_BUDGET * TOKENS_PER_PATCH + 3000 },
};

function patchesOf(widthPx: number, heightPx: number): number {
  const whole = count(widthPx) * count(heightPx);
  if (whole <= PATCH_BUDGET) return whole;
  const shrink = Math.sqrt((PATCH_BUDGET * PATCH_PX ** 2) / (widthPx * heightPx));
  const [across, down] = [(widthPx * shrink) / PATCH_PX, (heightPx * shrink) / PATCH_PX];
  // Then until one side is whole patches, so that the budget is kept.
  const fit = Math.min(Math.max(1, Math.floor(across)) / across, Math.max(1, Math.floor(down)) / down);
  const patches = Math.ceil(rounded(across * fit)) * Math.ceil(rounded(down * fit));
  return Math.min(patches, PATCH_BUDGET);
}

const count = (px: number): number => Math.ceil(px / PATCH_PX);
/** A side that is whole patches stays so in floating point. */
const rounded = (patches: number): number => Math.round(patches * 1e6) / 1e6;
