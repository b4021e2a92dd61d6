import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { wholeLines } from "../../src/mcp/line-buffer.ts";

async function read(pieces: readonly (string | Buffer)[], mostBytes = 1e9): Promise<readonly Buffer[]> {
  const got: Buffer[] = [];
  const input = Readable.from(pieces.map((piece) => Buffer.from(piece as string)));
  for await (const chunk of wholeLines(input, mostBytes)) got.push(chunk as Buffer);
  return got;
}

const texts = async (...args: Parameters<typeof read>) => (await read(...args)).map(String);

describe("lines that come in pieces", () => {
  test("are put together, and handed on as soon as they are whole", async () => {
    expect(await texts(["a", "b\nc", "d", "\n"])).toEqual(["ab\n", "cd\n"]);
    expect(await texts(["a\nb\nc\n", "d\n"])).toEqual(["a\nb\nc\n", "d\n"]);
  });

  test("may end without a line feed, and may be cut inside a character", async () => {
    expect(await texts(["a\nrest"])).toEqual(["a\n", "rest"]);
    const bytes = Buffer.from("é😀\n");
    expect(await texts([...bytes].map((byte) => Buffer.from([byte])))).toEqual(["é😀\n"]);
  });

  test("go on as they are once they are too long: the reader refuses them", async () => {
    expect(await texts(["aaaa", "bbbb", "cc\n"], 6)).toEqual(["aaaabbbb", "cc\n"]);
  });

  test("are never handed on twice: sixteen times the pieces is sixteen times the work", async () => {
    const piece = "x".repeat(65_536);
    for (const count of [16, 256]) {
      const got = await read([...Array.from({ length: count }, () => piece), "\n"]);
      expect(got).toHaveLength(1);
      expect(got[0]?.length).toBe(count * piece.length + 1);
    }
  });

  test("end without a fuss when their reader's input is put away", async () => {
    const input = new Readable({ read: () => {} });
    const seen: unknown[] = [];
    const lines = wholeLines(input, 10).on("error", (error) => seen.push(error));
    const closed = new Promise((resolve) => void lines.on("close", resolve));
    input.push("a");
    input.destroy();
    await closed;
    expect(seen).toEqual([]);
  });

  test("break as their input breaks", async () => {
    const input = new Readable({ read: () => {} });
    const broken = new Promise((resolve) => void wholeLines(input, 10).on("error", resolve));
    input.destroy(new Error("the line is dead"));
    expect(await broken).toMatchObject({ message: "the line is dead" });
  });
});
