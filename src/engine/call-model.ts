import type { CallOutcome, Failure } from "../core/attempt.ts";
import type { Candidate } from "../core/planning.ts";
import type { TimeShare } from "../core/deadline.ts";
import { isErrorKind, SignalboxError } from "../core/errors.ts";
import type { Clock, FinishReason, Provider } from "../core/ports.ts";
import type { PromptPrefix } from "../core/prompt-prefix.ts";
import type { RenderedPrompt } from "../core/request.ts";
import { legibleText } from "../core/legible.ts";
import { settlementOf } from "../core/settlement.ts";
import { SUPERSEDED } from "./hedging.ts";
import { isFinished, nothingReceived, take, type Received } from "./received.ts";

export interface AttemptInput {
  readonly candidate: Candidate;
  readonly prompt: RenderedPrompt;
  /** The start of the prompt that the vendor may keep. */
  readonly prefix?: PromptPrefix | undefined;
  readonly provider: Provider;
  readonly slice: TimeShare;
  /** The caller's own cancel, or the end of a race. */
  readonly signal: AbortSignal;
  /** Told with the characters of the answer so far, as they grow. */
  readonly onText: (chars: number) => void;
}

/** The reason of every abort, made once: making one for each abort, with a stack, shows in the cost of a call. */
const LET_GO = new Error("the attempt is over");
/** What comes of a call that was ended before it began. */
const UNSENT = new SignalboxError("cancelled", "ended before it began", { unsent: true });

/** One call of one candidate. Never throws and never outlasts its slice: every failure comes back as data, with its cost. */
export async function callModel(input: AttemptInput, clock: Clock): Promise<CallOutcome> {
  const { candidate } = input;
  const startedMs = clock.monotonicMs();
  const startedAtMs = clock.nowMs();
  const received = nothingReceived(startedMs);
  const control = new AbortController();
  const watched = new AbortController();
  const { promise: aborted, resolve: onAborted } = Promise.withResolvers<void>();
  control.signal.addEventListener("abort", () => onAborted(), { once: true });
  const cancel = (): void => control.abort(LET_GO);
  if (input.signal.aborted) cancel();
  else input.signal.addEventListener("abort", cancel, { once: true });

  void watch(input.slice, received, startedMs, control, watched.signal, clock);
  // An adapter that does not let go when it is told to must not hold the request: the race ends without it.
  const thrown = control.signal.aborted
    ? UNSENT
    : await Promise.race([consume(input, received, control.signal, clock), aborted.then(() => null)]);
  const timedOut = control.signal.aborted && !input.signal.aborted;
  input.signal.removeEventListener("abort", cancel);
  watched.abort(LET_GO);

  // Once, here: what is checked, returned, stored and repaired is the text that a reader sees.
  const legible = legibleText(received.text);
  const text = input.provider.withoutKey?.(legible) ?? legible;
  const failure = failureOf(
    received,
    text,
    thrown,
    timedOut ? telling(input) : null,
    input.signal.aborted ? whyCancelled(input.signal) : null,
    clock.monotonicMs() - startedMs,
  );
  // An endpoint that names a tier that was not asked for is not believed.
  const tier = candidate.tier === "flex" && received.flexRefusal === null ? received.tier : "standard";
  const settlement = settlementOf({
    model: candidate.model,
    startedAtMs,
    reported: received.usage,
    isContradictory: received.contradictory,
    statedCostNanoUsd: received.statedCostNanoUsd,
    tier,
    heldNanoUsd: candidate.costMaxNanoUsd,
    inputTokensMax: candidate.inputTokensMax,
    outputLimitTokens: candidate.outputLimitTokens,
    sent: input.prompt,
    schemaTokens: received.schemaRefusal === null ? schemaTokensOf(candidate) : 0,
    received: received.text + received.reasoning,
    failure,
    unsent: thrown?.unsent === true,
  });
  return {
    ...settlement,
    result:
      failure === null
        ? { ok: true, answer: { text, finish: received.finish?.raw ?? "" } }
        : { ok: false, failure, partialText: text },
    schemaRefusal: received.schemaRefusal,
    flexRefusal: received.flexRefusal,
    ...(tier === "flex" ? { cost: { ...settlement.cost, tier } } : {}),
    latencyMs: clock.monotonicMs() - startedMs,
    firstTokenMs: received.firstEventAtMs === null ? null : received.firstEventAtMs - startedMs,
  };
}

function schemaTokensOf({ nativeSchema }: Candidate): number {
  return nativeSchema?.ok === true ? nativeSchema.answerSchema.tokens : 0;
}

/** Drains the adapter; resolves with what it threw. */
async function consume(
  input: AttemptInput,
  received: Received,
  signal: AbortSignal,
  clock: Clock,
): Promise<SignalboxError | null> {
  const { candidate, prompt } = input;
  const call = {
    model: candidate.model,
    system: prompt.system,
    user: prompt.user,
    ...(prompt.media === undefined ? {} : { media: prompt.media }),
    outputLimitTokens: candidate.outputLimitTokens,
    effort: candidate.effort,
    ...(candidate.tier === undefined ? {} : { tier: candidate.tier }),
    ...(input.prefix === undefined ? {} : { prefix: input.prefix }),
    ...(candidate.nativeSchema?.ok === true ? { answerSchema: candidate.nativeSchema.answerSchema } : {}),
  };
  const onBytes = (): void => {
    received.lastBytesAtMs = clock.monotonicMs();
  };
  try {
    for await (const event of input.provider.stream(call, signal, onBytes)) {
      if (signal.aborted) return null;
      received.lastEventAtMs = clock.monotonicMs();
      // Of an answer: a schema or a tier is refused before one begins.
      if (event.type !== "schema_refused" && event.type !== "flex_refused")
        received.firstEventAtMs ??= received.lastEventAtMs;
      take(event, received);
      if (event.type === "text") input.onText(received.text.length);
    }
    return null;
  } catch (error) {
    return error instanceof SignalboxError
      ? error
      : new SignalboxError("invalid_response", `the adapter failed: ${String(error)}`, { cause: error });
  }
}

/** What follows the finish of an answer (its usage) comes at once, or not at all. */
const TRAILER_MS = 1000;
/** For data that has arrived and was not read yet: a busy process runs its timers before its sockets. */
const HEAR_OUT_MS = 10;

/** Aborts the call when its slice is over, when its text has fallen silent, or when nothing follows its finish. */
async function watch(
  slice: TimeShare,
  received: Received,
  startedMs: number,
  control: AbortController,
  over: AbortSignal,
  clock: Clock,
): Promise<void> {
  const leftMs = (): number => Math.min(startedMs + slice.totalMs, quietEndMs(slice, received)) - clock.monotonicMs();
  while (!over.aborted) {
    const waitMs = leftMs();
    if (waitMs <= 0) {
      await clock.sleep(HEAR_OUT_MS, over);
      if (!over.aborted && leftMs() <= 0) return control.abort(LET_GO);
      continue;
    }
    // Never asleep for longer than the shortest wait: the first text, or a finish, may come before the next one is awaited.
    await clock.sleep(Math.min(waitMs, slice.silenceMs, TRAILER_MS), over);
  }
}

/** When the call ends if nothing more comes. Before the first text no silence ends it: the model may think, or be loaded. */
function quietEndMs(slice: TimeShare, received: Received): number {
  // Behind a lone piece both its finish and its usage may be those of the piece: then the next one has the time of any other.
  if (isFinished(received)) {
    return received.lastEventAtMs + (received.pieces === 1 ? Math.max(TRAILER_MS, slice.silenceMs) : TRAILER_MS);
  }
  if (received.text === "") return Number.POSITIVE_INFINITY;
  return Math.max(received.lastEventAtMs, received.lastBytesAtMs) + slice.silenceMs;
}

function failureOf(
  received: Received,
  text: string,
  thrown: SignalboxError | null,
  timedOut: { readonly inconclusive?: true } | null,
  cancelled: string | null,
  elapsedMs: number,
): Failure | null {
  if (cancelled !== null) return { kind: "cancelled", message: cancelled };
  // A vendor that said that the answer is complete owes nothing more, though the connection is open.
  if (timedOut !== null && !isFinished(received))
    return { kind: "timeout", message: silence(received, elapsedMs), ...timedOut };
  if (thrown !== null) return asFailure(thrown);
  const { finish } = received;
  if (finish === null) return { kind: "invalid_response", message: "the stream ended without a finish reason" };
  const kind = FINISH_FAILURES[finish.reason];
  if (kind !== null) return { kind, message: `finish reason ${finish.raw}` };
  return text.trim() === "" ? { kind: "empty", message: "the answer is empty" } : null;
}

/** Why an attempt was ended from outside. */
export function whyCancelled(signal: AbortSignal): string {
  return signal.reason === SUPERSEDED ? SUPERSEDED.message : "the caller cancelled";
}

/** From so long a slice on a time-out speaks against the model; a shorter one may speak of the caller's deadline. */
const TELLING_SLICE_MS = 8000;
/** A model that has not answered in twice its 95th percentile is not well, however short the deadline. */
const TELLING_FACTOR = 2;
const TELLING_LEAST_MS = 1000;

function telling({ slice, candidate }: AttemptInput): { readonly inconclusive?: true } {
  const { latency, model } = candidate;
  const knownMs = latency.measured ? Math.max(TELLING_LEAST_MS, TELLING_FACTOR * latency.p95Ms) : TELLING_SLICE_MS;
  const tellingMs = Math.min(TELLING_SLICE_MS, knownMs) + (model.loadsMs ?? 0);
  return slice.totalMs >= Math.min(tellingMs, model.timeoutMs) ? {} : { inconclusive: true };
}

const FINISH_FAILURES = {
  stop: null,
  length: "truncated",
  refusal: "refusal",
  content_filter: "content_filter",
  other: "invalid_response",
} as const satisfies Record<FinishReason, Failure["kind"] | null>;

function silence(received: Received, elapsedMs: number): string {
  const state = received.firstEventAtMs === null ? "no sign of life" : `${received.text.length} characters and no end`;
  return `${state} within ${Math.round(elapsedMs)} ms`;
}

function asFailure(error: SignalboxError): Failure {
  return {
    kind: isErrorKind(error.kind) ? error.kind : "invalid_response",
    message: error.message,
    ...(error.status === undefined ? {} : { status: error.status }),
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    ...(error.modelMissing === undefined ? {} : { modelMissing: error.modelMissing }),
  };
}
