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

  it("never shows a secret in another form, over a line end, or half of one", async () => {
    const secret = "abcDEF123456ghiJKL7890";
    const stream = new PassThrough();
    const log = createLog({ level: "warn", stream, secrets: [secret] });
    const forms = [
      Buffer.from(`user:${secret}`).toString("base64"),
      Buffer.from(secret).toString("hex"),
      `${secret.slice(0, 8)}\n${secret.slice(8)}`,
      secret.slice(0, 15),
      secret.slice(-15),
    ];
    for (const form of forms) log.write("warn", `got ${form}`, { chunk: `and "${form}"` });
    await log.flush();
    const lines = String(stream.read()).trim().split("\n");
    const told = lines.map((line) => JSON.parse(line) as { msg: string; chunk: string });
    expect(told.map(({ msg, chunk }) => [msg, chunk])).toEqual(forms.map(() => ["got [key]", 'and "[key]"']));
  });

  it("holds nothing that steers a terminal", async () => {
    const stream = new PassThrough();
    const log = createLog({ level: "warn", stream, secrets: [] });
    log.write("warn", "a\u009B31mb\u202Ec\u001B]0;t\u0007d", { model: "x\u009D0;t\u009Cy\u200B" });
    await log.flush();
    expect(String(stream.read())).toContain('"model":"xy","msg":"abcd"');
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
