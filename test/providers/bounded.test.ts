import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { bounded, type Bounds } from "../../src/providers/bounded.ts";
import { ask, askPieces, ENDINGS, KINDS, OPENINGS, sse, stub } from "./support.ts";

const MEGABYTE = 1024 * 1024;
const LINE = Buffer.alloc(MEGABYTE, "a");

/** A body of so many pieces, and how many of them were read. */
function source(pieces: number, piece: Uint8Array) {
  const seen = { read: 0 };
  const body = Readable.from(
    (function* all() {
      for (; seen.read < pieces; seen.read += 1) yield piece;
    })(),
    { highWaterMark: 1 },
  );
  return { body, seen };
}

async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const piece of body) bytes += piece.byteLength;
  return bytes;
}

describe.each(KINDS)("%s", (kind) => {
  it("gives up a line that does not end", async () => {
    const outcome = await askPieces(kind, ['data: "', ...Array.from({ length: 8 }, () => LINE)]);
    expect(outcome.kind).toBe("invalid_response");
    expect(outcome.error?.message).toContain("a line without end");
  });

  it("takes a whole answer in one long line", async () => {
    const text = "a".repeat(MEGABYTE / 2);
    const opening = OPENINGS[kind].replaceAll('"par"', JSON.stringify(text));
    const server = await stub((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).end(opening + ENDINGS[kind]);
    });
    const outcome = await ask(kind, server.baseUrl, { outputLimitTokens: 128_000 });
    await server.close();
    expect(outcome).toMatchObject({ kind: null, finish: "stop" });
    expect(outcome.text).toBe(text);
  });

  it("ends far above the output limit that was sent, and says so", async () => {
    const piece = OPENINGS[kind].replaceAll('"par"', JSON.stringify("word ".repeat(2000)));
    const server = await stub((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const more = (): void => void (response.write(piece) ? setImmediate(more) : response.once("drain", more));
      more();
      response.once("close", () => response.removeAllListeners("drain"));
    });
    const outcome = await ask(kind, server.baseUrl, { outputLimitTokens: 100 });
    expect(outcome).toMatchObject({ kind: "invalid_response", finish: null });
    expect(outcome.error?.message).toMatch(/ignores an output limit of 100 tokens: it has sent \d+ characters/);
    expect(outcome.text.length).toBeLessThan(40_000);
    await server.closed();
    await server.close();
  });

  it("ends a body of nothing but comments once it is longer than any for so few tokens", async () => {
    const comments = Buffer.from(": still here\n\n".repeat(70_000));
    const outcome = await askPieces(
      kind,
      Array.from({ length: 20 }, () => comments),
    );
    expect(outcome.kind).toBe("invalid_response");
    expect(outcome.error?.message).toContain("more than 9248768 bytes for this call");
  });
});

describe("a stream", () => {
  const bounds: Bounds = { mostBytes: 256 * MEGABYTE, onBytes: () => {}, fail: (reason) => new Error(reason) };
  const lines = Buffer.from(sse({ choices: [] }).repeat(50_000)).subarray(0, MEGABYTE);

  it("passes as it is within the bounds", async () => {
    const { body } = source(40, lines);
    expect(await bytesOf(bounded(body, bounds))).toBe(40 * MEGABYTE);
  });

  it("ends, and lets its source go, once it is longer than any answer", async () => {
    const { body, seen } = source(10_000, lines);
    await expect(bytesOf(bounded(body, bounds))).rejects.toThrow("more than 268435456 bytes for this call");
    expect(body.destroyed).toBe(true);
    expect(seen.read).toBeLessThan(300);
  });

  it("releases its source when the reader stops", async () => {
    const { body, seen } = source(10, lines);
    for await (const piece of bounded(body, bounds)) if (piece.byteLength > 0) break;
    expect(body.destroyed).toBe(true);
    expect(seen.read).toBeLessThan(10);
  });
});
