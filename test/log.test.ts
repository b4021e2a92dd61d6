import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import type { LogLevel } from "../src/config/parse.ts";
import { SignalboxError } from "../src/core/errors.ts";
import { createLog, parseLogLevel, traceOf } from "../src/log.ts";

async function written(level: LogLevel, secrets: readonly string[] = []): Promise<readonly Record<string, unknown>[]> {
  const stream = new PassThrough();
  const log = createLog({ level, stream, secrets });
  log.write("debug", "a detail");
  log.write("warn", "the vendor said: bad key sk-very-secret", { note: "sk-very-secret again", count: 2 });
  log.write("error", "worse");
  await log.flush();
  const text = String((stream.read() as Buffer | null) ?? "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("the log", () => {
  it("writes one JSON line a record, in order, from its level upwards", async () => {
    expect((await written("warn")).map(({ msg }) => msg)).toEqual(["the vendor said: bad key sk-very-secret", "worse"]);
    expect(await written("debug")).toHaveLength(3);
    expect(await written("silent")).toEqual([]);
  });

  it("never shows a secret, wherever it stands", async () => {
    const lines = await written("warn", ["sk-very-secret", ""]);
    expect(JSON.stringify(lines)).not.toContain("sk-very-secret");
    expect(lines[0]).toMatchObject({
      name: "signalbox",
      msg: "the vendor said: bad key [key]",
      note: "[key] again",
      count: 2,
    });
  });

  it("tells of an unexpected error what it is and where, never what it says", () => {
    const quoting = new TypeError('Unexpected token in "SECRET\n    at SECRET (x.ts:1:1)"');
    expect(traceOf(quoting)).toMatch(/^TypeError\n {4}at .*log\.test\.ts/u);
    expect(traceOf(quoting)).not.toContain("SECRET");
    expect(traceOf("SECRET")).not.toContain("SECRET");
    expect(traceOf(new SignalboxError("ledger_unavailable", "the file is locked"))).toContain("the file is locked");
    const taken = Object.assign(new Error("listen EADDRINUSE"), { code: "EADDRINUSE" });
    expect(traceOf(taken)).toContain("listen EADDRINUSE");
  });

  it("knows its levels by name, warn by default", () => {
    expect(parseLogLevel(undefined)).toBe("warn");
    expect(parseLogLevel("")).toBe("warn");
    expect(parseLogLevel(" DEBUG ")).toBe("debug");
    expect(parseLogLevel("trace")).toBe("trace");
    expect(parseLogLevel("loud")).toBeNull();
  });
});
