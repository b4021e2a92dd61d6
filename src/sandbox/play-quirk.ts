import type { Fault } from "./faults.ts";
import { piecesOf } from "./pieces.ts";
import type { PlayedCall } from "./played-call.ts";
import type { QuirkKind } from "./quirks.ts";
import type { Reply } from "./call.ts";
import { JSON_HEADERS, streamHeaders } from "./send.ts";
import { asList, asRecord, type Wire } from "./wire/wire.ts";

/** One message of a stream, as it goes over the wire: its name, and its data. */
interface WireMessage {
  readonly name: string | null;
  readonly data: unknown;
}

/** Something to send, or a time to wait in milliseconds. */
type Part = string | number;

interface QuirkScene {
  readonly wire: Wire;
  readonly reply: Reply;
  readonly fault: Fault;
}

/** What a quirk makes of a stream: its parts, and the type that it calls itself. */
interface QuirkedStream {
  readonly parts: Iterable<Part>;
  readonly contentType?: string;
}

type Edit = (message: WireMessage, provider: Wire["provider"]) => readonly WireMessage[];
type Key = string | number;

const FINISH_KEYS: ReadonlySet<Key> = new Set(["finish_reason", "stop_reason", "finishReason"]);
/** A word for the end that the vendor itself does not use. */
const FOREIGN = { anthropic: "stop", openai: "end_turn", together: "STOP", google: "eos_token" } as const;
const THINKING = "Let me see. A <plan> is asked for.";
const COST_USD = "0.00125";
const DEFAULT_MS = 400;

const PLAYS = {
  early_finish: (scene) => {
    const everyMs = figure(scene.fault, "everyMs") ?? 10;
    const { wire } = scene;
    const messages = messagesOf(scene).map((each) => finished(each, wire.provider).map(encode));
    return { parts: messages.flatMap((each, index) => (index === 0 ? each : [everyMs, ...each])) };
  },
  keep_alive: (scene) => {
    const everyMs = figure(scene.fault, "everyMs") ?? 50;
    const times = Math.ceil((figure(scene.fault, "ms") ?? DEFAULT_MS) / everyMs);
    const comments = Array.from({ length: times }, (): Part[] => [": keep-alive\n\n", everyMs]);
    return { parts: [...opening(scene), ...comments.flat(), ...rest(scene)] };
  },
  late_text: (scene) => ({
    parts: [...opening(scene), figure(scene.fault, "ms") ?? DEFAULT_MS, ...rest(scene)],
  }),
  no_finish: edited(({ name, data }) => [{ name, data: mapped(data, FINISH_KEYS, () => null) }]),
  renamed_finish: edited(({ name, data }) => [
    { name, data: renamed(data, { finish_reason: "finishReason", stop_reason: "stopReason" }) },
  ]),
  foreign_finish: edited(({ name, data }, provider) => [
    { name, data: mapped(data, FINISH_KEYS, (reason) => (reason === null ? null : FOREIGN[provider])) },
  ]),
  think_tags: (scene) => {
    const text = `<think>\n${THINKING}\n</think>\n\n${scene.reply.text}`;
    return { parts: messagesOf({ ...scene, reply: { ...scene.reply, text } }).map(encode) };
  },
  content_parts: edited(({ name, data }) => [
    {
      name,
      data: mapped(data, new Set(["content"]), (text) =>
        text === "" ? [{ type: "thinking", thinking: [{ type: "text", text: THINKING }] }] : [{ type: "text", text }],
      ),
    },
  ]),
  json_body: ({ wire, reply }) => ({
    parts: [JSON.stringify(wire.body(reply), null, 2)],
    contentType: JSON_HEADERS["content-type"],
  }),
  labelled_json: (scene) => ({ parts: messagesOf(scene).map(encode), contentType: JSON_HEADERS["content-type"] }),
  error_text: () => ({
    parts: [JSON.stringify({ error: "the model runner has stopped" })],
    contentType: JSON_HEADERS["content-type"],
  }),
  glued_events: (scene) => ({
    parts: messagesOf(scene).map((message, index) =>
      `: ping ${index}\nid: ${index}\nevent: ${message.name ?? "message"}\n${encode({ ...message, name: null })}`.replaceAll(
        "\n",
        "\r\n",
      ),
    ),
  }),
  zero_usage: edited(({ name, data }) => [{ name, data: zeroed(data) }]),
  outside_reasoning: edited(({ name, data }) => [{ name, data: mapped(data, new Set(["usage"]), outside) }]),
  moved_usage: (scene) => ({ parts: moved(messagesOf(scene)).map(encode) }),
  stated_cost: edited(({ name, data }) => [
    {
      name,
      data: mapped(data, new Set(["usage"]), (usage) =>
        usage === null ? null : { ...asRecord(usage), cost: COST_USD },
      ),
    },
  ]),
  flood: (scene) => ({ parts: flood(scene) }),
} as const satisfies Record<QuirkKind, (scene: QuirkScene) => QuirkedStream>;

/** Sends the reply as the quirk has it. It is complete, and billed so, when all of it was sent. */
export function playQuirk(
  { response, wire, reply, line }: PlayedCall,
  fault: Fault & { readonly kind: QuirkKind },
): void {
  const act: (scene: QuirkScene) => QuirkedStream = PLAYS[fault.kind];
  const { parts, contentType } = act({ wire, reply, fault });
  const headers = streamHeaders(wire.framing);
  response.writeHead(200, contentType === undefined ? headers : { ...headers, "content-type": contentType });
  const left = parts[Symbol.iterator]();
  let timer: NodeJS.Timeout | undefined;
  response.once("close", () => clearTimeout(timer));
  const next = (): void => {
    while (!response.destroyed) {
      const { done, value } = left.next();
      if (done === true) {
        response.end();
        line.complete();
        return;
      }
      if (typeof value === "number") {
        timer = setTimeout(next, value);
        return;
      }
      if (!response.write(value)) {
        response.once("drain", next);
        return;
      }
    }
  };
  next();
}

function figure(fault: Fault, key: "ms" | "everyMs"): number | undefined {
  return key in fault ? (fault as Readonly<Partial<Record<typeof key, number>>>)[key] : undefined;
}

function messagesOf({ wire, reply }: Pick<QuirkScene, "wire" | "reply">): readonly WireMessage[] {
  const deltas = piecesOf(reply.text).map((piece) => wire.delta(reply, piece.text, piece.sentTokens));
  return decode([wire.opening(reply), ...deltas, wire.closing(reply)].join(""));
}

/** The first event of the answer, before any text. */
function opening({ wire, reply }: QuirkScene): readonly string[] {
  return [wire.opening(reply) || wire.delta(reply, "", 0)];
}

function rest({ wire, reply }: QuirkScene): readonly string[] {
  return [...piecesOf(reply.text).map((piece) => wire.delta(reply, piece.text, piece.sentTokens)), wire.closing(reply)];
}

function decode(stream: string): readonly WireMessage[] {
  return stream
    .split("\n\n")
    .filter((event) => event !== "")
    .map((event) => {
      const lines = event.split("\n");
      const value = (field: string): string | null =>
        lines.find((line) => line.startsWith(`${field}: `))?.slice(field.length + 2) ?? null;
      const data = value("data") ?? "";
      return { name: value("event"), data: data.startsWith("{") ? (JSON.parse(data) as unknown) : data };
    });
}

function encode({ name, data }: WireMessage): string {
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return `${name === null ? "" : `event: ${name}\n`}data: ${text}\n\n`;
}

function edited(edit: Edit): (scene: QuirkScene) => QuirkedStream {
  return (scene) => ({
    parts: messagesOf(scene)
      .flatMap((message) => edit(message, scene.wire.provider))
      .map(encode),
  });
}

/** The value with every value under one of the keys changed, however deep. */
function mapped(value: unknown, keys: ReadonlySet<Key>, change: (value: unknown, key: Key) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => mapped(each, keys, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      keys.has(key) ? change(each as unknown, key) : mapped(each, keys, change),
    ]),
  );
}

function renamed(value: unknown, names: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [names[key] ?? key, renamed(each, names)]));
}

/** With a finish, as if the answer were over. */
function finished(message: WireMessage, provider: Wire["provider"]): readonly WireMessage[] {
  const { name, data } = message;
  if (provider === "anthropic") {
    if (name !== "content_block_delta") return [message];
    const delta = { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null } };
    return [message, { name: "message_delta", data: delta }];
  }
  if (provider !== "google") return [{ name, data: mapped(data, FINISH_KEYS, () => "stop") }];
  const candidates = asList(asRecord(data)["candidates"]).map((each) => ({ ...asRecord(each), finishReason: "STOP" }));
  return [{ name, data: { ...asRecord(data), candidates } }];
}

const COUNTS = /(?:_tokens|TokenCount)$/;

function zeroed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(zeroed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, COUNTS.test(key) && typeof each === "number" ? 0 : zeroed(each)]),
  );
}

/** Reasoning taken out of the output count; the total stays. */
function outside(usage: unknown): unknown {
  if (usage === null) return null;
  const counts = asRecord(usage);
  const reasoning = asRecord(counts["completion_tokens_details"])["reasoning_tokens"];
  return { ...counts, completion_tokens: Number(counts["completion_tokens"]) - Number(reasoning) };
}

/** The usage moved into the choice that finishes, with the cached tokens under another name. */
function moved(messages: readonly WireMessage[]): readonly WireMessage[] {
  const usage =
    messages.map(({ data }) => asRecord(asRecord(data)["usage"])).findLast((each) => Object.keys(each).length > 0) ??
    {};
  const { prompt_tokens_details: details, ...counts } = usage;
  const inside = { ...counts, prompt_cache_hit_tokens: asRecord(details)["cached_tokens"] };
  return messages
    .filter(({ data }) => typeof data === "string" || asList(asRecord(data)["choices"]).length > 0)
    .map(({ name, data }) => {
      if (typeof data === "string") return { name, data };
      const { usage: _, ...bare } = asRecord(data);
      const choices = asList(bare["choices"]).map((choice) =>
        (asRecord(choice)["finish_reason"] ?? null) === null ? choice : { ...asRecord(choice), usage: inside },
      );
      return { name, data: { ...bare, choices } };
    });
}

function* flood({ wire, reply }: QuirkScene): Generator<Part> {
  yield wire.opening(reply);
  const text = `${reply.text} `.repeat(8);
  for (;;) yield wire.delta(reply, text, 0);
}
