import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { callsPerSecond, median, ms, quantile, timeEach } from "./stats.ts";

const STARTS = 12;
const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

async function connect(script: string, env: Record<string, string>): Promise<Client> {
  const client = new Client({ name: "bench", version: "1.0.0" });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [path(script)],
      env: { PATH: process.env["PATH"] ?? "", ...env },
    }),
  );
  return client;
}

/** From the spawn to the first `tools/list`, milliseconds. */
async function startOnce(script: string, env: Record<string, string>): Promise<number> {
  const startMs = performance.now();
  const client = await connect(script, env);
  await client.listTools();
  const tookMs = performance.now() - startMs;
  await client.close();
  return tookMs;
}

/** Start-up and calls over stdio through a real client, beside a bare server with one echo tool. */
export async function benchStdio(sandboxEnv: Record<string, string>): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-bench-"));
  const env = { ...sandboxEnv, SIGNALBOX_DB: join(folder, "ledger.sqlite") };
  const bareStarts: number[] = [];
  const ourStarts: number[] = [];
  for (let round = 0; round < STARTS; round += 1) {
    bareStarts.push(await startOnce("./bare-server.mjs", {}));
    ourStarts.push(await startOnce("../dist/bin.js", env));
  }

  const bare = await connect("./bare-server.mjs", { ...sandboxEnv, BENCH_DB: join(folder, "bare.sqlite") });
  const ours = await connect("../dist/bin.js", env);
  const echo = (): Promise<unknown> => bare.callTool({ name: "echo", arguments: { text: "hello" } });
  const limit = (): Promise<unknown> => bare.callTool({ name: "limit", arguments: {} });
  const route = async (): Promise<void> => {
    const result = await ours.callTool({
      name: "route_task",
      arguments: { task: "general", prompt: "Say something short.", models: ["gpt-6-luna"] },
    });
    if (result.isError === true) throw new Error(JSON.stringify(result.structuredContent));
  };
  await timeEach(300, echo);
  await timeEach(300, limit);
  await timeEach(300, route);
  const echoMs = await timeEach(1000, echo);
  const limitMs = await timeEach(1000, limit);
  const routeMs = await timeEach(1000, route);
  const echoAt16 = await callsPerSecond(5000, 16, echo);
  const limitAt16 = await callsPerSecond(3000, 16, limit);
  const routeAt16 = await callsPerSecond(3000, 16, route);
  await bare.close();
  await ours.close();
  rmSync(folder, { recursive: true });
  return [
    ["", "start to tools/list", "call p50", "call p99", "calls/s at 16"],
    [
      "bare SDK server, echo",
      ms(median(bareStarts)),
      ms(median(echoMs)),
      ms(quantile(echoMs, 0.99)),
      echoAt16.toFixed(0),
    ],
    [
      "the same, one HTTP request, one transaction",
      "",
      ms(median(limitMs)),
      ms(quantile(limitMs, 0.99)),
      limitAt16.toFixed(0),
    ],
    [
      "Signalbox, route_task",
      ms(median(ourStarts)),
      ms(median(routeMs)),
      ms(quantile(routeMs, 0.99)),
      routeAt16.toFixed(0),
    ],
    [
      "Signalbox over the bare server",
      times(ourStarts, bareStarts),
      times(routeMs, limitMs),
      "",
      `x${(routeAt16 / limitAt16).toFixed(2)}`,
    ],
  ];
}

/** The ratio of the medians. */
const times = (ours: readonly number[], theirs: readonly number[]): string =>
  `x${(median(ours) / median(theirs)).toFixed(2)}`;
