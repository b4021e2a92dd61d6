import { SignalboxError, type ErrorKind, type SignalboxErrorDetails } from "../../../src/core/errors.ts";
import type { Clock, FinishReason, ModelCall, Provider, StreamEvent } from "../../../src/core/ports.ts";
import type { Usage } from "../../../src/core/usage.ts";
import { billedNanoUsd, createBill, type BillLine, type OpenLine } from "../../../src/sandbox/bill.ts";
import type { Ending, ReadCall, Reply, SandboxProvider } from "../../../src/sandbox/call.ts";
import { isStatusFault, type Fault, type PlayedFaultKind, type StatusFaultKind } from "../../../src/sandbox/faults.ts";
import { countTokens, firstPieces, piecesOf, type StreamPiece } from "../../../src/sandbox/pieces.ts";
import { replyOf } from "../../../src/sandbox/reply.ts";
import { thinks } from "../../../src/sandbox/rules.ts";
import { WIRES } from "../../../src/sandbox/server.ts";

/** What a virtual vendor may look at when it decides how a call goes and what it says. */
export interface VirtualCall {
  readonly provider: SandboxProvider;
  /** Our id of the model, and the vendor's. */
  readonly model: string;
  readonly wireId: string;
  readonly user: string;
}

/** How long a healthy call takes, milliseconds. */
export interface LatencyEstimate {
  readonly firstMs: number;
  readonly betweenMs: number;
}

export interface VirtualVendorsOptions {
  readonly clock: Clock;
  readonly faultFor: (call: VirtualCall) => Fault | null;
  readonly answerFor: (call: VirtualCall, bad: boolean) => string;
  readonly estimateLatency: () => LatencyEstimate;
}

export interface VirtualVendors {
  /** In place of the adapters: `AppDeps.createProvider`. */
  readonly create: (settings: { readonly id: string }) => Provider;
  /** Line by line what the vendors bill, with what each call was asked. */
  bill(): readonly (BillLine & { readonly user: string })[];
  billedNanoUsd(): number;
  /** Calls by how they went; `well` for those without a fault. */
  readonly calls: ReadonlyMap<Fault["kind"] | "well", number>;
}

/** Pieces of an answer are sent so many at a time: fewer turns of the clock. */
const PIECES_AT_ONCE = 4;
const ROUND_TRIP_MS = 60;
const DRIP_MS = 20;

/**
 * The sandbox's vendors without sockets, in virtual time: the same faults, the same scripted replies, the same rules of billing,
 * reported as the adapters report what they read off the wire. (virtual-vendors.test.ts compares the two.)
 */
export function virtualVendors(options: VirtualVendorsOptions): VirtualVendors {
  const bill = createBill();
  const users: string[] = [];
  const calls = new Map<Fault["kind"] | "well", number>();
  const create = ({ id }: { readonly id: string }): Provider => ({
    id,
    stream: (call, signal) => {
      const provider = id as SandboxProvider;
      const { model, user } = call;
      const asked: VirtualCall = { provider, model: model.id, wireId: model.wireId, user };
      const fault = options.faultFor(asked);
      calls.set(fault?.kind ?? "well", (calls.get(fault?.kind ?? "well") ?? 0) + 1);
      const nowMs = options.clock.nowMs();
      if (fault !== null && isStatusFault(fault.kind)) {
        // Who hangs up before the refusal is there has broken the call off, which is billed like any other that breaks off.
        const left = (): void => {
          users.push(user);
          bill.open(users.length, provider, model, replyTo(provider, call, fault, "", nowMs).usage, nowMs);
        };
        return refuse(fault.kind, fault, { signal, clock: options.clock, left });
      }
      const answer = options.answerFor(asked, fault?.kind === "bad_answer");
      const reply = replyTo(provider, call, fault, answer, nowMs);
      users.push(user);
      const line = bill.open(users.length, provider, model, reply.usage, nowMs);
      return act({ provider, reply, fault, line, latency: options.estimateLatency(), signal, clock: options.clock });
    },
  });
  return {
    create,
    bill: () => bill.lines().map((line) => ({ ...line, user: users[line.call - 1] ?? "" })),
    billedNanoUsd: () => billedNanoUsd(bill.lines()),
    calls,
  };
}

function replyTo(
  provider: SandboxProvider,
  { model, system, user, outputLimitTokens, effort, answerSchema }: ModelCall,
  fault: Fault | null,
  answer: string,
  nowMs: number,
): Reply {
  const call: ReadCall = {
    wireId: model.wireId,
    stream: true,
    system,
    user,
    marked: null,
    media: [],
    wantsFlex: false,
    schema: answerSchema?.schema ?? null,
    limitTokens: outputLimitTokens,
    thinking: effort === "none" && model.thinking.mode === "optional" ? "off" : "default",
    sampling: [],
    includeUsage: true,
    parameters: {},
    invalid: null,
  };
  const { tokenFactor } = model;
  return replyOf({
    serial: "",
    call,
    fault: fault?.kind ?? null,
    answer: { text: answer },
    thinks: thinks(provider, call, model),
    promptTokens: [system ?? "", user, answerSchema === undefined ? "" : JSON.stringify(answerSchema.schema)].reduce(
      (sum, text) => sum + countTokens(text, tokenFactor),
      0,
    ),
    tokenFactor,
    refusalText: WIRES.find((wire) => wire.provider === provider)?.refusalText ?? "",
    nowMs,
  });
}

/** What the adapters make of an error status. */
const REFUSALS = {
  rate_limit: "rate_limit",
  quota: "quota",
  server_error: "overloaded",
  unavailable: "overloaded",
  overloaded: "overloaded",
  unauthorized: "auth",
  context_length: "context_length",
} as const satisfies Record<StatusFaultKind, ErrorKind>;

interface RefusedCall {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Called when the caller hangs up first. */
  readonly left: () => void;
}

/** Ends without an event, after the way there and back. */
function refuse(kind: StatusFaultKind, fault: Fault, { signal, clock, left }: RefusedCall): AsyncIterable<StreamEvent> {
  const retryAfterMs = fault.kind === "rate_limit" ? { retryAfterMs: 1000 * (fault.retryAfterS ?? 1) } : {};
  const next = async (): Promise<never> => {
    await clock.sleep(ROUND_TRIP_MS, signal);
    if (signal.aborted) {
      left();
      throw trouble("cancelled");
    }
    throw trouble(REFUSALS[kind], { status: 400, ...retryAfterMs });
  };
  return { [Symbol.asyncIterator]: () => ({ next }) };
}

/** How a reply's ending reads, by vendor: Together declines in plain words, Anthropic has one word for two endings. */
const FINISHES = {
  anthropic: { stop: "stop", length: "length", refusal: "refusal", filter: "refusal" },
  openai: { stop: "stop", length: "length", refusal: "refusal", filter: "content_filter" },
  together: { stop: "stop", length: "length", refusal: "stop", filter: "content_filter" },
  google: { stop: "stop", length: "length", refusal: "content_filter", filter: "content_filter" },
} as const satisfies Record<SandboxProvider, Record<Ending, FinishReason>>;

interface Scene {
  readonly provider: SandboxProvider;
  readonly reply: Reply;
  readonly fault: Fault | null;
  readonly line: OpenLine;
  readonly latency: LatencyEstimate;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

type Play = (scene: Scene) => AsyncIterable<StreamEvent>;

const PLAYS = {
  latency: whole,
  bad_answer: whole,
  empty: whole,
  refusal: whole,
  filter: whole,
  length: whole,
  hang: untilLeft,
  stall: brokenOff(untilLeft),
  reset: failing("network"),
  reset_mid_body: brokenOff(failing("network")),
  truncated: some,
  malformed: brokenOff(failing("invalid_response")),
  html: failing("invalid_response"),
  no_body: failing("invalid_response"),
  wrong_shape: failing("invalid_response"),
  // Gemini's error object carries its status.
  error_event: brokenOff((scene) => failing("overloaded", scene.provider === "google" ? { status: 503 } : {})(scene)),
  drip,
} as const satisfies Record<PlayedFaultKind, Play>;

async function* act(scene: Scene): AsyncGenerator<StreamEvent> {
  const { fault, signal, clock, latency } = scene;
  await clock.sleep(latency.firstMs + (fault?.kind === "latency" ? fault.ms : 0), signal);
  const play: Play = fault === null ? whole : PLAYS[fault.kind as PlayedFaultKind];
  yield* play(scene);
}

function failing(kind: ErrorKind, details: SignalboxErrorDetails = {}): Play {
  return () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(trouble(kind, details)) }) });
}

function brokenOff(by: Play): Play {
  return async function* (scene) {
    yield* some(scene);
    yield* by(scene);
  };
}

async function* whole(scene: Scene): AsyncGenerator<StreamEvent> {
  const { provider, reply, line, signal } = scene;
  yield* opening(scene);
  // OpenAI declines in a field of its own, which is no text of an answer.
  if (provider !== "openai" || reply.ending !== "refusal") yield* send(piecesOf(reply.text), scene);
  if (signal.aborted) throw trouble("cancelled");
  line.complete();
  yield { type: "usage", usage: told(provider, reply) };
  yield { type: "finish", reason: FINISHES[provider][reply.ending], raw: reply.ending };
}

/** Anthropic and Gemini tell the input from the start, the others tell everything at the end. */
function* opening({ provider, reply }: Scene): Generator<StreamEvent> {
  if (provider !== "anthropic" && provider !== "google") return;
  yield { type: "usage", usage: { ...told(provider, reply), outputTokens: null, reasoningTokens: null } };
}

async function* some(scene: Scene): AsyncGenerator<StreamEvent> {
  yield* opening(scene);
  yield* send(firstPieces(scene.reply.text), scene);
}

/** A piece is on the bill once the caller has taken it. */
async function* send(
  pieces: readonly StreamPiece[],
  { line, latency, signal, clock }: Scene,
): AsyncGenerator<StreamEvent> {
  for (let at = 0; at < pieces.length; at += PIECES_AT_ONCE) {
    if (at > 0) await clock.sleep(latency.betweenMs, signal);
    if (signal.aborted) throw trouble("cancelled");
    const group = pieces.slice(at, at + PIECES_AT_ONCE);
    yield { type: "text", text: group.map(({ text }) => text).join("") };
    line.sent(group.at(-1)?.sentTokens ?? 0);
  }
}

async function* drip(scene: Scene): AsyncGenerator<StreamEvent> {
  const { reply, fault, line, signal, clock } = scene;
  const everyMs = fault?.kind === "drip" ? (fault.everyMs ?? DRIP_MS) : DRIP_MS;
  yield* opening(scene);
  const characters = Array.from(reply.text);
  let sent = "";
  for (;;) {
    await clock.sleep(everyMs, signal);
    if (signal.aborted) throw trouble("cancelled");
    const character = characters[sent.length % characters.length] ?? ".";
    yield { type: "text", text: character };
    sent += character;
    line.sent(countTokens(sent, 1));
  }
}

function untilLeft({ signal }: Scene): AsyncIterable<StreamEvent> {
  const next = async (): Promise<never> => {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    throw trouble("cancelled");
  };
  return { [Symbol.asyncIterator]: () => ({ next }) };
}

/** The usage as the vendor tells it: Gemini leaves zeros out, and only Anthropic tells what was written to a cache. */
function told(provider: SandboxProvider, { usage }: Reply): Usage {
  const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, reasoningTokens } = usage;
  const all = { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, reasoningTokens };
  if (provider === "anthropic") return all;
  if (provider !== "google") return { ...all, cacheWriteTokens: null };
  return {
    ...all,
    cacheReadTokens: cacheReadTokens || null,
    cacheWriteTokens: null,
    reasoningTokens: reasoningTokens || null,
  };
}

function trouble(kind: ErrorKind, details: SignalboxErrorDetails = {}): SignalboxError<ErrorKind> {
  return new SignalboxError(kind, `virtual ${kind}`, details);
}
