import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { launch } from "../support/launched.ts";

let directory: string;
let sandbox: Sandbox;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "signalbox-lazy-"));
  sandbox = await startSandbox();
});
afterEach(async () => {
  await sandbox.close();
  await rm(directory, { recursive: true, force: true });
});

/** Routes in a process that says which files and packages of telemetry it loads. */
async function loadedBy(env: Readonly<Record<string, string>>): Promise<ReadonlySet<string>> {
  const watch = `import { registerHooks } from "node:module";
    import { writeSync } from "node:fs";
    registerHooks({ resolve: (name, context, next) => {
      if (name.startsWith("@opentelemetry/") || name.includes("telemetry/")) writeSync(2, "loads " + name + "\\n");
      return next(name, context);
    } });`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(watch)}`;
  const { child, ended } = launch(["route", "--task", "general", "--json"], directory, {
    ...sandbox.env,
    ...env,
    NODE_OPTIONS,
  });
  child.stdin?.end("What is a signal box?");
  const { exitCode, stderr } = await ended;
  expect(exitCode, stderr).toBe(0);
  return new Set([...stderr.matchAll(/^loads (\S+)$/gm)].map(([, name = ""]) => name));
}

describe("telemetry that no one asks for", () => {
  it("loads nothing, and with a log alone no library of OpenTelemetry", async () => {
    expect(await loadedBy({})).toEqual(new Set());
    const withLog = [...(await loadedBy({ SIGNALBOX_LOG: "info" }))];
    expect(withLog).toEqual(["./telemetry/attach.ts"]);
    const withCollector = await loadedBy({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
    expect(withCollector).toContain("@opentelemetry/sdk-trace");
    expect(withCollector).not.toContain("@opentelemetry/exporter-prometheus");
  });
});
