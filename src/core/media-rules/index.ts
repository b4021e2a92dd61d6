import { claude, claudeLarge } from "./claude.ts";
import { gemini } from "./gemini.ts";
import { geminiTiles } from "./gemini-tiles.ts";
import { gptPatches } from "./gpt-patches.ts";
import { gptTiles } from "./gpt-tiles.ts";
import { llamaTiles } from "./llama-tiles.ts";
import type { MediaRule } from "./media-rule.ts";

export type { MediaTokens } from "./media-rule.ts";

/** The vendors' rules: adding one is one file and one row here. The config names them in `media_rule`. */
const RULES = {
  claude,
  claude_large: claudeLarge,
  gpt_patches: gptPatches,
  gpt_tiles: gptTiles,
  gemini,
  gemini_tiles: geminiTiles,
  llama_tiles: llamaTiles,
} as const satisfies Record<string, MediaRule>;

export type MediaRuleId = keyof typeof RULES;
export const MEDIA_RULES: Readonly<Record<MediaRuleId, MediaRule>> = RULES;
