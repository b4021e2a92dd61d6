import { createHash } from "node:crypto";
import { BoundedCache } from "../checks/kit/bounded-cache.ts";
import type { ModelId } from "../core/model.ts";
import type { Clock } from "../core/ports.ts";
import type { PromptPrefix } from "../core/prompt-prefix.ts";
import type { RenderedPrompt, Request } from "../core/request.ts";
import type { Usage } from "../core/usage.ts";

/** Anthropic keeps nothing shorter for some of its models; the other vendors' least is 1,024 (their documentation, 2026-11). */
const LEAST_PREFIX_TOKENS = 4096;
/** No shorter text has so many tokens. */
const LEAST_PREFIX_CHARS = LEAST_PREFIX_TOKENS;
/** Anthropic keeps a prefix for five minutes from its last use; the others for at least as long. */
const KEPT_MS = 5 * 60_000;
const MOST_PREFIXES = 1000;

/** When a prefix was last sent to each model whose vendor has said that it keeps it. */
interface SentPrefix {
  atMs: number;
  readonly warmAtMs: Map<ModelId, number>;
}

/** The beginnings of prompts that this process has sent lately: one that comes again is worth keeping at the vendor. */
export class PrefixMemory {
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #sent = new BoundedCache<SentPrefix>(MOST_PREFIXES);

  constructor(clock: Pick<Clock, "monotonicMs">) {
    this.#clock = clock;
  }

  /**
   * The request with its prefix, or with what is known of it by now. `isShared`: whether other requests beside it have the same one; else
   * whether one had it lately.
   */
  withPrefix(request: Request, isShared = false): Request {
    const measured = request.prefix ?? prefixOf(request);
    if (measured === null) return request;
    const { key, chars, tokens } = measured;
    const nowMs = this.#clock.monotonicMs();
    const before = this.#recent(key, nowMs);
    const warm = [...(before?.warmAtMs ?? [])].filter(([, atMs]) => nowMs - atMs < KEPT_MS).map(([id]) => id);
    const prefix: PromptPrefix = {
      key,
      chars,
      tokens,
      isShared: isShared || before !== undefined,
      warm: new Set(warm),
    };
    return { ...request, prefix };
  }

  /** A request with this prefix is on its way. */
  sent(prefix: PromptPrefix | undefined): void {
    if (prefix === undefined) return;
    const atMs = this.#clock.monotonicMs();
    const before = this.#recent(prefix.key, atMs);
    if (before === undefined) this.#sent.set(prefix.key, { atMs, warmAtMs: new Map() });
    else before.atMs = atMs;
  }

  /** A model has answered a prompt with this prefix. */
  answered(prefix: PromptPrefix | undefined, model: ModelId, { cacheReadTokens, cacheWriteTokens }: Usage): void {
    if (prefix === undefined || (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0) === 0) return;
    this.#sent.get(prefix.key)?.value.warmAtMs.set(model, this.#clock.monotonicMs());
  }

  #recent(key: string, nowMs: number): SentPrefix | undefined {
    const sent = this.#sent.get(key)?.value;
    return sent !== undefined && nowMs - sent.atMs < KEPT_MS ? sent : undefined;
  }
}

/** The prefix of a prompt; `null` when no vendor would keep it. Its tokens are its share of those that the whole was counted to. */
function prefixOf({ principal, rendered }: Request): Pick<PromptPrefix, "key" | "chars" | "tokens"> | null {
  const { system, user, systemTokens, userTokens, sharedChars: chars = 0 } = rendered;
  if ((system?.length ?? 0) + chars < LEAST_PREFIX_CHARS) return null;
  const tokens = systemTokens + Math.floor((userTokens * chars) / Math.max(1, user.length));
  return tokens < LEAST_PREFIX_TOKENS ? null : { key: keyOf(principal, rendered, chars), chars, tokens };
}

/** Vendors get it as the name of a cache: no two principals share one, and a vendor cannot tell the text from it. */
function keyOf(principal: string | null, { system, user, media = [] }: RenderedPrompt, chars: number): string {
  return createHash("sha256")
    .update(JSON.stringify([principal, system, ...media.map(({ sha256 }) => sha256)]))
    .update(user.slice(0, chars))
    .digest("hex")
    .slice(0, 32);
}
