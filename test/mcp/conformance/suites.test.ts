import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../src/app.ts";
import { startHttpServer } from "../../../src/mcp/http/server.ts";
import { DEFAULT_HTTP_SETTINGS } from "../../../src/core/http-settings.ts";
import { fakeService } from "../../support/fake-service.ts";
import { buildConformanceServer } from "./fixtures.ts";

/** The official runner: its own program, against our HTTP server as it is, on which the fixtures are. */
const RUNNER = join(
  createRequire(import.meta.url).resolve("@modelcontextprotocol/conformance/package.json"),
  "..",
  "dist",
  "index.js",
);

/** Scenarios whose failure is known, each with its reason. None is. */
const EXPECTED_FAILURES: readonly string[] = [];

interface Check {
  readonly id: string;
  readonly status: string;
  readonly errorMessage?: string;
}

interface Ran {
  readonly exitCode: number;
  readonly output: string;
  /** Each scenario's checks. */
  readonly checks: readonly Check[];
}

async function runSuite(revision: string): Promise<Ran> {
  const server = await startHttpServer(fakeService(), {
    version: "1.2.3",
    clock: systemClock,
    onError: () => {},
    host: "127.0.0.1",
    port: 0,
    settings: { ...DEFAULT_HTTP_SETTINGS, drainMs: 0 },
    build: buildConformanceServer,
  });
  const folder = await mkdtemp(join(tmpdir(), "signalbox-conformance-"));
  onTestFinished(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const args = [RUNNER, "server", "--url", server.url, "--requirements", revision, "--output-dir", folder];
  const { exitCode, output } = await new Promise<Omit<Ran, "checks">>((resolve) => {
    execFile(process.execPath, args, { timeout: 120_000 }, (error, stdout, stderr) =>
      resolve({ exitCode: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
  const scenarios = await readdir(folder);
  const files = scenarios.map(async (scenario) =>
    JSON.parse(await readFile(join(folder, scenario, "checks.json"), "utf8")),
  );
  return { exitCode, output, checks: (await Promise.all(files)).flat() as Check[] };
}

test.each([
  ["2025-11-25", 30],
  ["2026-07-28", 37],
])(
  "the official server suite of %s has no failing check",
  async (revision, scenarios) => {
    const { exitCode, output, checks } = await runSuite(revision);
    const summary = output.slice(output.indexOf("=== SUMMARY ==="));
    const passed = [...summary.matchAll(/^✓ (?<name>[\w-]+):/gmu)];
    // Beside the required ones it runs some that are not scored, and those of an extension.
    expect(passed.length, summary).toBeGreaterThanOrEqual(scenarios);
    const failed = [...summary.matchAll(/^✗ (?<name>[\w-]+):/gmu)].flatMap(({ groups }) => groups?.["name"] ?? []);
    const required = failed.filter((name) => !name.startsWith("tasks-"));
    expect(required, JSON.stringify(failuresIn(checks), null, 2)).toEqual(EXPECTED_FAILURES);
    expect(exitCode, summary).toBe(0);
  },
  150_000,
);

function failuresIn(checks: readonly Check[]): readonly Check[] {
  return checks.filter(({ status }) => status === "FAILURE");
}
