import type { MediaRule } from "./media-rule.ts";

const TILE_TOKENS = 1601;
const TILE_PX = 560;

/** Together's rule for open-weights models, docs.together.ai, "Vision": one or two tiles of 560 pixels each way, 1,601 tokens a tile. No PDF. */
export const llamaTiles: MediaRule = {
  imageTokens(widthPx, heightPx) {
    const tiles = (px: number): number => (px < TILE_PX ? 1 : 2);
    return TILE_TOKENS * tiles(widthPx) * tiles(heightPx);
  },
  pageTokens: null,
};
