import type { MediaRule } from "./media-rule.ts";

/** A patch of 28 by 28 pixels is a token. The older figure, width times height by 750, comes to a few per cent more. */
const PATCH_PX = 28;

/**
 * Claude's rule, platform.claude.com, "Vision" (2026): an image is made smaller until its long edge and its tokens are within the limits
 * of the model, then filled up to whole patches. A page of a PDF is an image and its text: 1,500 to 3,000 tokens by "PDF support".
 */
function claudeRule(mostEdgePx: number, mostTokens: number): MediaRule {
  const patches = (px: number): number => Math.ceil(px / PATCH_PX);
  return {
    imageTokens(widthPx, heightPx) {
      const scale = Math.min(1, mostEdgePx / Math.max(widthPx, heightPx));
      // Whole patches may exceed the limit by their fill; the vendor makes the image smaller then.
      const tokens = patches(widthPx * scale) * patches(heightPx * scale);
      return Math.min(tokens, mostTokens);
    },
    // The text of a dense page beside the largest image.
    pageTokens: { expected: 2400, max: 3000 + mostTokens },
  };
}

/** Models up to Claude 4.6, and the Haiku line up to 4.5. */
export const claude = claudeRule(1568, 1568);
/** Models from Claude Opus 4.7 on. */
export const claudeLarge = claudeRule(2576, 4784);
