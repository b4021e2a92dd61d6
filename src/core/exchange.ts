import type { ModelId } from "./model.ts";
import { marked, renderedOf } from "./prompt.ts";
import type { RenderedPrompt } from "./request.ts";

/** A request that was answered, as a later one may go on from it. */
export interface EarlierExchange {
  readonly routeId: string;
  readonly rendered: Pick<RenderedPrompt, "system" | "user" | "media" | "sharedChars">;
  readonly answer: string;
  /** Who gave the answer. */
  readonly model: ModelId;
}

/** An exchange, or why there is none to go on from. */
export type FoundExchange =
  | { readonly ok: true; readonly exchange: EarlierExchange }
  | { readonly ok: false; readonly problem: string };

/** Where the files of the first request are longer than so many UTF-16 units, they stay the part that vendors keep; else all of it is. */
const LONG_SHARED_CHARS = 16_000;

/**
 * A prompt behind an earlier prompt and its answer. It begins as the earlier one did, character by character, so that what the vendor
 * has kept of that is read again.
 */
export function continued(
  { routeId, rendered: earlier, answer }: EarlierExchange,
  next: RenderedPrompt,
): RenderedPrompt {
  const before = `${earlier.user}\n\nYour answer was:\n${marked("earlier_answer", answer, routeId)}`;
  const media = [...(earlier.media ?? []), ...(next.media ?? [])];
  const shared = earlier.sharedChars ?? 0;
  return {
    ...renderedOf(earlier.system, `${before}\n\nThis follows:\n\n${next.user}`, media),
    sharedChars: shared >= LONG_SHARED_CHARS ? shared : before.length,
  };
}
