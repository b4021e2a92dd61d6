import { deflateSync, gzipSync } from "node:zlib";
import * as fc from "fast-check";
import type { SandboxProvider } from "../../src/sandbox/call.ts";
import { piecesOf } from "../../src/sandbox/pieces.ts";
import { replyOf } from "../../src/sandbox/reply.ts";
import { WIRES } from "../../src/sandbox/server.ts";
import type { Kind } from "./support.ts";

/** A response as a server might send it. */
export interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly chunks: readonly Uint8Array[];
  /** The connection breaks instead of ending. */
  readonly breaks: boolean;
}

/** What a valid stream says; with letters of two, three and four bytes. */
export const TEXT = "Signals tell trains when to stop: naïvely, 信号 say «go» 🚦 or they do not. ".repeat(3);

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (chunks: readonly Uint8Array[]): string => Buffer.concat(chunks).toString("utf8");

/** The chunks of a whole answer, as the sandbox writes them. */
export function validChunks(kind: Kind): readonly Uint8Array[] {
  const provider: SandboxProvider = kind === "openai_compatible" ? "openai" : kind;
  const wire = WIRES.find((each) => each.provider === provider);
  if (wire === undefined) throw new Error(`the sandbox has no ${provider}`);
  const call = wire.read({ path: "", query: new URLSearchParams(), headers: {}, body: { stream: true } });
  const reply = replyOf({
    serial: "000001",
    call: { ...call, includeUsage: true },
    fault: null,
    answer: { text: TEXT, reasoningText: "Hmm. " },
    thinks: true,
    promptTokens: 20,
    tokenFactor: 1,
    refusalText: "",
    nowMs: 0,
  });
  const deltas = piecesOf(TEXT).map((piece) => wire.delta(reply, piece.text, piece.sentTokens));
  return [wire.opening(reply), ...deltas, wire.closing(reply)].filter((text) => text !== "").map(encode);
}

type Mutation = (chunks: readonly Uint8Array[]) => readonly Uint8Array[];

/** Where: a share of the whole, so that it fits every length. */
const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (share: number, length: number): number => Math.min(length - 1, Math.floor(share * length));
const joined =
  (change: (bytes: Buffer) => Uint8Array): Mutation =>
  (chunks) => [change(Buffer.concat(chunks))];
const insert = (share: number, more: Uint8Array): Mutation =>
  joined((bytes) => {
    const where = Math.floor(share * bytes.length);
    return Buffer.concat([bytes.subarray(0, where), more, bytes.subarray(where)]);
  });

const flip = fc.tuple(place, fc.nat(7)).map(([share, bit]) =>
  joined((bytes) => {
    if (bytes.length === 0) return bytes;
    const where = at(share, bytes.length);
    bytes[where] = (bytes[where] ?? 0) ^ (1 << bit);
    return bytes;
  }),
);
const cut = fc.tuple(place, place).map(([one, other]) =>
  joined((bytes) => {
    const [from, to] = [one, other].map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  }),
);
const truncate = place.map((share) => joined((bytes) => bytes.subarray(0, Math.floor(share * bytes.length))));
const drop = place.map(
  (share): Mutation =>
    (chunks) =>
      chunks.toSpliced(at(share, chunks.length), 1),
);
const double = place.map((share): Mutation => (chunks) => {
  const again = chunks[at(share, chunks.length)];
  return again === undefined ? chunks : chunks.toSpliced(at(share, chunks.length), 0, again);
});
const swap = fc.tuple(place, place).map(([one, other]): Mutation => (chunks) => {
  const [a, b] = [at(one, chunks.length), at(other, chunks.length)];
  return chunks.map((chunk, index) =>
    index === a ? (chunks[b] ?? chunk) : index === b ? (chunks[a] ?? chunk) : chunk,
  );
});
/** In pieces of a few bytes: in the middle of letters and of line ends. */
const shred = fc.integer({ min: 1, max: 40 }).map((size): Mutation => (chunks) => {
  const bytes = Buffer.concat(chunks).subarray(0, 4000);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
});
const bytesBetween = fc.tuple(place, fc.uint8Array({ maxLength: 60 })).map(([share, more]) => insert(share, more));
const huge = fc
  .tuple(place, fc.integer({ min: 10_000, max: 3_000_000 }), fc.constantFrom('data: "', ": ", "event: ", ""))
  .map(([share, size, start]) => insert(share, Buffer.from(`\n${start}${"x".repeat(size)}\n\n`)));
const deep = fc
  .tuple(
    place,
    fc.integer({ min: 100, max: 20_000 }),
    fc.constantFrom(["[", "]"], ['{"choices":', "}"], ['{"error":', "}"]),
  )
  .map(([share, levels, [open = "", close = ""]]) =>
    insert(share, encode(`\n\ndata: ${open.repeat(levels)}1${close.repeat(levels)}\n\n`)),
  );
const lineEnds = fc.constantFrom("\r\n", "\r", "\n\r").map(
  (end): Mutation =>
    (chunks) =>
      chunks.map((chunk) => encode(decode([chunk]).replaceAll("\n", end))),
);
const mark = fc.constant<Mutation>((chunks) => [Uint8Array.of(0xef, 0xbb, 0xbf), ...chunks]);
const wide = fc.constant<Mutation>((chunks) => [Buffer.from(decode(chunks), "utf16le")]);
const packed = fc.constantFrom<Mutation>(joined(gzipSync), joined(deflateSync));

const mutation = fc.oneof(
  flip,
  flip,
  cut,
  truncate,
  drop,
  double,
  swap,
  shred,
  bytesBetween,
  lineEnds,
  mark,
  wide,
  packed,
);
const rare = fc.oneof(huge, deep);

const STREAM = "text/event-stream";
const contentType = fc.oneof(
  { weight: 6, arbitrary: fc.constant(STREAM) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(STREAM, "text/event-stream; charset=utf-16", "application/octet-stream", ""),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("text/html", "application/json", "nonsense", "multipart/mixed; boundary=x", "a\t;;;=,"),
  },
);
const encoding = fc.constantFrom(
  "",
  "",
  "",
  "",
  "identity",
  "gzip",
  "deflate",
  "br",
  "zstd",
  "x-unknown",
  "gzip, gzip",
);
const contentLength = fc.constantFrom("", "", "", "", "0", "5", "999999");

/** A valid stream with some things done to it, under headers that may lie. */
export function mutated(kind: Kind): fc.Arbitrary<Sent> {
  const valid = validChunks(kind);
  return fc
    .record({
      status: fc.constantFrom(200, 200, 200, 200, 200, 200, 201, 204, 206, 304, 404, 500),
      type: contentType,
      encoding,
      length: contentLength,
      mutations: fc.array(fc.oneof({ weight: 14, arbitrary: mutation }, { weight: 1, arbitrary: rare }), {
        maxLength: 4,
      }),
      breaks: fc.boolean(),
    })
    .map(({ status, type, encoding: packing, length, mutations, breaks }) => ({
      status,
      headers: {
        ...(type === "" ? {} : { "content-type": type }),
        ...(packing === "" ? {} : { "content-encoding": packing }),
        ...(length === "" ? {} : { "content-length": length }),
      },
      chunks: mutations.reduce((chunks, mutate) => mutate(chunks), valid),
      // What is promised and never comes is silence, and silence is the engine's to end.
      breaks: breaks || length !== "",
    }));
}
