import type { MediaRule } from "./media-rule.ts";

const BASE_TOKENS = 85;
const TILE_TOKENS = 170;
const TILE_PX = 512;

/**
 * OpenAI's tiles at `detail: "high"`, of models before its patches (GPT-4o, GPT-4.1, GPT-4 Turbo): an image is made to fit into 2,048 by
 * 2,048 pixels, then its short side into 768; each tile of 512 by 512 is 170 tokens, and 85 are added.
 */
export const gptTiles: MediaRule = {
  imageTokens(widthPx, heightPx) {
    const fit = Math.min(1, 2048 / Math.max(widthPx, heightPx));
    const short = Math.min(1, 768 / (Math.min(widthPx, heightPx) * fit));
    const tiles = (px: number): number => Math.ceil(Math.round(px * fit * short) / TILE_PX);
    return BASE_TOKENS + TILE_TOKENS * tiles(widthPx) * tiles(heightPx);
  },
  // A page is six tiles, eight at the most; beside them the text of a usual and of a dense page.
  pageTokens: { expected: BASE_TOKENS + 6 * TILE_TOKENS + 600, max: BASE_TOKENS + 8 * TILE_TOKENS + 3000 },
};
