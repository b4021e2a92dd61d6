import { describe, expect, it } from "vitest";
import { runLine } from "./support/world.ts";

describe("signalbox serve", () => {
  it("serves over stdio", async () => {
    const { exitCode, calls } = await runLine(["serve"]);
    expect(exitCode).toBe(0);
    expect(calls).toEqual([{ method: "serve", input: { over: "stdio" } }]);
  });

  it("serves over HTTP on this machine alone by default", async () => {
    const { calls } = await runLine(["serve", "--http"]);
    expect(calls).toEqual([{ method: "serve", input: { over: "http", host: "127.0.0.1", port: 8787 } }]);
  });

  it("takes an address", async () => {
    const { calls } = await runLine(["serve", "--http", "--host", "::1", "--port", "0"]);
    expect(calls).toEqual([{ method: "serve", input: { over: "http", host: "::1", port: 0 } }]);
  });

  it.each([
    [["--sandbox"], { over: "stdio", sandbox: { folder: null } }],
    [["--sandbox=kept"], { over: "stdio", sandbox: { folder: "kept" } }],
    [["serve", "--sandbox", "kept"], { over: "stdio", sandbox: { folder: "kept" } }],
    [["serve", "--sandbox", "--http"], { over: "http", host: "127.0.0.1", port: 8787, sandbox: { folder: null } }],
  ])("serves on the sandbox: %j", async (argv, input) => {
    expect((await runLine(argv)).calls).toEqual([{ method: "serve", input }]);
  });

  it.each([
    ["serve", "--port", "80"],
    ["serve", "--host", "0.0.0.0"],
    ["serve", "--http", "--port", "65536"],
    ["serve", "--http", "--port", "http"],
    ["serve", "--https"],
  ])("refuses %s %s %s %s", async (...argv) => {
    const { exitCode, calls } = await runLine(argv.filter((each) => each !== undefined));
    expect(exitCode).toBe(2);
    expect(calls).toEqual([]);
  });
});
