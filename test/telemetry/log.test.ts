import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { launch } from "../support/launched.ts";

let directory: string;
let sandbox: Sandbox;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "signalbox-log-"));
  sandbox = await startSandbox();
});
afterEach(async () => {
  await sandbox.close();
  await rm(directory, { recursive: true, force: true });
});

const PROMPT = "PROMPT-that-must-not-be-logged: what is a signal box?";

async function route(level: string) {
  const { child, ended } = launch(["route", "--task", "general", "--json"], directory, {
    ...sandbox.env,
    SIGNALBOX_LOG: level,
  });
  child.stdin?.end(PROMPT);
  const { stdout, stderr } = await ended;
  const lines = stderr
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { result: JSON.parse(stdout) as { route_id: string; text: string }, lines, stderr };
}

describe("SIGNALBOX_LOG", () => {
  it("at info, says a line for each plan, attempt, verdict and end, each with the route id", async () => {
    const { result, lines } = await route("info");
    const ofRoute = lines.filter(({ route_id }) => route_id === result.route_id);
    const said = ofRoute.map(({ msg }) => msg);
    expect(said[0]).toBe("plan");
    expect(said.at(-1)).toBe("end");
    expect(said.filter((msg) => msg === "attempt").length).toBeGreaterThan(0);
    expect(said).toContain("verdict");
    expect(ofRoute[0]).toMatchObject({ level: 30, task: "general", order: expect.any(String), deadline_ms: 30_000 });
    const attempt = ofRoute.find(({ msg }) => msg === "attempt");
    expect(attempt).toMatchObject({
      attempt: 1,
      role: "answer",
      outcome: expect.any(String),
      latency_ms: expect.any(Number),
    });
    expect(ofRoute.at(-1)).toMatchObject({ status: "accepted", error_code: null, attempts: expect.any(Number) });
  });

  it("never says a text of the prompt or of the answer", async () => {
    const { result, stderr } = await route("trace");
    expect(stderr).not.toContain("PROMPT-that-must-not-be-logged");
    expect(result.text.length).toBeGreaterThan(20);
    expect(stderr).not.toContain(result.text.slice(0, 20));
  });

  it("at its default says nothing of a request that goes well", async () => {
    const { lines } = await route("warn");
    expect(lines).toEqual([]);
  });
});
