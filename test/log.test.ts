import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import type { LogLevel } from "../src/config.ts";
import { createLog, parseLogLevel } from "../src/log.ts";

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
      msg: "the vendor said: bad key [hidden]",
      note: "[hidden] again",
      count: 2,
    });
  });

  it("knows its levels by name, warn by default", () => {
    expect(parseLogLevel(undefined)).toBe("warn");
    expect(parseLogLevel("")).toBe("warn");
    expect(parseLogLevel(" DEBUG ")).toBe("debug");
    expect(parseLogLevel("trace")).toBe("trace");
    expect(parseLogLevel("loud")).toBeNull();
  });
});
