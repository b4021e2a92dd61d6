import type { MediaRule } from "./media-rule.ts";

const TILE_TOKENS = 258;
const ONE_TILE_PX = 384;

/**
 * Gemini before 3, ai.google.dev, "Image understanding": an image of up to 384 by 384 pixels is one tile; a larger one is cut into squares
 * of its short side by 1.5, of 256 to 768 pixels. A tile is 258 tokens, and so is a page of a PDF.
 */
export const geminiTiles: MediaRule = {
  imageTokens(widthPx, heightPx) {
    if (Math.max(widthPx, heightPx) <= ONE_TILE_PX) return TILE_TOKENS;
    const tilePx = Math.min(768, Math.max(256, Math.floor(Math.min(widthPx, heightPx) / 1.5)));
    return TILE_TOKENS * Math.ceil(widthPx / tilePx) * Math.ceil(heightPx / tilePx);
  },
  pageTokens: { expected: TILE_TOKENS, max: TILE_TOKENS },
  refusedTypes: ["image/gif"],
};
