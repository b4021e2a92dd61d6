import type { Model } from "../core/model.ts";
import type { ReadCall, SandboxProvider } from "./call.ts";
import { countTokens } from "./pieces.ts";

/** How a vendor keeps the beginnings of prompts, and what it tells of that. */
type Keeping = "marked" | "automatic" | "none";

const KEEPING: Readonly<Record<SandboxProvider, Keeping>> = {
  // Only what is marked is kept, and writing it is charged for.
  anthropic: "marked",
  // Everything is kept; what is read again is counted in steps.
  openai: "automatic",
  google: "automatic",
  together: "none",
};
const KEPT_MS = 5 * 60_000;
const LEAST_TOKENS = { marked: 4096, automatic: 1024 } as const;
const STEP_TOKENS = 128;
/** So many prompts of a model are compared with a new one. */
const MOST_PROMPTS = 20;

interface CachedCounts {
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
}

const NOTHING: CachedCounts = { cacheReadTokens: 0, cacheWriteTokens: 0 };

interface KeptPrompt {
  readonly text: string;
  usedAtMs: number;
}

/** The vendors' caches of prompts: what of each call is read from them, and what is written. */
export class PromptCaches {
  readonly #kept = new Map<string, KeptPrompt[]>();

  clear(): void {
    this.#kept.clear();
  }

  /** Counts a call that is answered, and keeps what its vendor would keep. */
  take(provider: SandboxProvider, model: Model, call: ReadCall, nowMs: number): CachedCounts {
    // Prompts with images or PDF are never kept here.
    const keeping = call.media.length > 0 ? "none" : KEEPING[provider];
    const text = keeping === "marked" ? call.marked : (call.system ?? "") + call.user;
    // No text has more tokens than characters.
    if (keeping === "none" || text === null || text.length < LEAST_TOKENS[keeping]) return NOTHING;
    const name = `${provider} ${model.wireId}`;
    const kept = (this.#kept.get(name) ?? []).filter(({ usedAtMs }) => nowMs - usedAtMs < KEPT_MS);
    this.#kept.set(name, kept);
    return keeping === "marked" ? marked(text, kept, model, nowMs) : automatic(text, kept, model, nowMs);
  }
}

function marked(text: string, kept: KeptPrompt[], model: Model, nowMs: number): CachedCounts {
  const tokens = countTokens(text, model.tokenFactor);
  if (tokens < LEAST_TOKENS.marked) return NOTHING;
  const known = kept.find((one) => one.text === text);
  if (known === undefined) {
    keep(text, kept, nowMs);
    return { cacheReadTokens: 0, cacheWriteTokens: tokens };
  }
  known.usedAtMs = nowMs;
  return { cacheReadTokens: tokens, cacheWriteTokens: 0 };
}

function automatic(text: string, kept: KeptPrompt[], model: Model, nowMs: number): CachedCounts {
  let commonChars = 0;
  for (const one of kept) {
    const chars = commonLength(one.text, text);
    if (chars < LEAST_TOKENS.automatic) continue;
    one.usedAtMs = nowMs;
    commonChars = Math.max(commonChars, chars);
  }
  keep(text, kept, nowMs);
  const tokens = commonChars === 0 ? 0 : countTokens(text.slice(0, commonChars), model.tokenFactor);
  const counted = tokens - (tokens % STEP_TOKENS);
  return counted < LEAST_TOKENS.automatic ? NOTHING : { cacheReadTokens: counted, cacheWriteTokens: 0 };
}

function keep(text: string, kept: KeptPrompt[], nowMs: number): void {
  kept.push({ text, usedAtMs: nowMs });
  if (kept.length > MOST_PROMPTS) kept.shift();
}

function commonLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let chars = 0;
  while (chars < most && one.charCodeAt(chars) === other.charCodeAt(chars)) chars += 1;
  return chars;
}
