import type { MediaRule } from "./media-rule.ts";

/**
 * Gemini 3 without `media_resolution`, ai.google.dev, "Media resolution" (2026): up to 1,120 tokens for an image of any size, 560 for a
 * page of a PDF, whose own text is not charged. It takes no GIF.
 */
export const gemini: MediaRule = {
  imageTokens: () => 1120,
  pageTokens: { expected: 560, max: 560 },
  refusedTypes: ["image/gif"],
};
