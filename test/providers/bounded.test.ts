import { describe, expect, it } from "vitest";
import { bounded } from "../../src/providers/bounded.ts";
import { askPieces, askRaw, ENDINGS, KINDS, OPENINGS, sse } from "./support.ts";

const MEGABYTE = 1024 * 1024;
const LINE = Buffer.alloc(MEGABYTE, "a");

/** A body of so many pieces, and whether it was let go. */
function source(pieces: number, piece: Uint8Array) {
  const seen = { read: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      seen.read += 1;
      if (seen.read > pieces) controller.close();
      else controller.enqueue(piece);
    },
    cancel() {
      seen.cancelled = true;
    },
  });
  return { body, seen };
}

async function bytesOf(body: ReadableStream<Uint8Array>): Promise<number> {
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
    const outcome = await askRaw(kind, opening + ENDINGS[kind]);
    expect(outcome).toMatchObject({ kind: null, finish: "stop" });
    expect(outcome.text).toBe(text);
  });
});

describe("a stream", () => {
  const lines = Buffer.from(sse({ choices: [] }).repeat(50_000)).subarray(0, MEGABYTE);

  it("passes as it is within the bounds", async () => {
    const { body } = source(40, lines);
    expect(await bytesOf(bounded(body, Error))).toBe(40 * MEGABYTE);
  });

  it("ends, and lets its source go, once it is longer than any answer", async () => {
    const { body, seen } = source(10_000, lines);
    await expect(bytesOf(bounded(body, (reason) => new Error(reason)))).rejects.toThrow("a stream without end");
    expect(seen.cancelled).toBe(true);
    expect(seen.read).toBeLessThan(300);
  });

  it("releases its source when the reader stops", async () => {
    const { body, seen } = source(10, lines);
    const reader = bounded(body, Error).getReader();
    await reader.read();
    await reader.cancel();
    expect(seen.cancelled).toBe(true);
  });
});
