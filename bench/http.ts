import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { callsPerSecond, median, ms, quantile, timeEach } from "./stats.ts";

/**
 * `npm run bench:http`: `estimate_cost` (a whole plan, on the ledger's figures) beside a bare SDK server's echo, over stdio and over
 * HTTP in both eras, in turns in one run, through the SDK's own client. Prints Markdown.
 */
const ROUNDS = 8;
const CALLS_PER_ROUND = 150;
const THROUGHPUT_CALLS = 1500;
const IN_FLIGHT = 16;
const ESTIMATE = { task: "general", prompt: "Say something short about railway signals." };
const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

type Mode = "legacy" | { pin: string };
const MODERN: Mode = { pin: "2026-07-28" };

interface Subject {
  readonly name: string;
  readonly call: () => Promise<unknown>;
  readonly samples: number[];
  perSecond: number;
}

const folder = mkdtempSync(join(tmpdir(), "signalbox-bench-"));
const config = join(folder, "config.json");
// The bench is one caller that is faster than any person.
writeFileSync(config, JSON.stringify({ http: { requests_per_minute: 100_000_000 } }));
const ENV = {
  PATH: process.env["PATH"] ?? "",
  OPENAI_API_KEY: "bench",
  ANTHROPIC_API_KEY: "bench",
  SIGNALBOX_CONFIG: config,
  SIGNALBOX_DB: join(folder, "ledger.sqlite"),
};
const closers: (() => unknown)[] = [];

async function overStdio(script: string, args: string[], mode: Mode): Promise<Client> {
  const client = new Client({ name: "bench", version: "1.0.0" }, { versionNegotiation: { mode } });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [path(script), ...args], env: ENV }),
  );
  closers.push(() => client.close());
  return client;
}

/** Starts a server that says on stderr where it is. */
function serve(script: string, args: string[]): Promise<URL> {
  const child = spawn(process.execPath, [path(script), ...args], { env: ENV, stdio: ["ignore", "ignore", "pipe"] });
  closers.push(() => child.kill());
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error(`${script} has ended`)));
    child.stderr.on("data", (part: Buffer) => {
      const url = /http:\S+/u.exec(part.toString())?.[0];
      if (url !== undefined) resolve(new URL(url));
    });
  });
}

async function overHttp(url: URL, mode: Mode): Promise<Client> {
  const client = new Client({ name: "bench", version: "1.0.0" }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(url));
  closers.push(() => client.close());
  return client;
}

const echo = (name: string, client: Client): Subject => ({
  name: `${name}, bare SDK server, echo`,
  call: () => client.callTool({ name: "echo", arguments: { text: "hello" } }),
  samples: [],
  perSecond: 0,
});

const estimate = (name: string, client: Client): Subject => ({
  name: `${name}, Signalbox, estimate_cost`,
  call: async () => {
    const result = await client.callTool({ name: "estimate_cost", arguments: ESTIMATE });
    if (result.isError === true) throw new Error(JSON.stringify(result.structuredContent));
  },
  samples: [],
  perSecond: 0,
});

const bareUrl = await serve("./echo-server.mjs", []);
const ourUrl = await serve("../dist/bin.js", ["serve", "--http", "--port", "0"]);
const pairs: (readonly [Subject, Subject])[] = [
  [
    echo("stdio, 2026-07-28", await overStdio("./bare-server.mjs", [], MODERN)),
    estimate("stdio, 2026-07-28", await overStdio("../dist/bin.js", [], MODERN)),
  ],
  [
    echo("HTTP, 2026-07-28", await overHttp(bareUrl, MODERN)),
    estimate("HTTP, 2026-07-28", await overHttp(ourUrl, MODERN)),
  ],
  [
    // The bare server serves old clients without sessions: a server for each request.
    echo("HTTP, 2025-11-25", await overHttp(bareUrl, "legacy")),
    estimate("HTTP, 2025-11-25", await overHttp(ourUrl, "legacy")),
  ],
];
const subjects = pairs.flat();
for (const { call } of subjects) await timeEach(100, call);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const { call, samples } of subjects) samples.push(...(await timeEach(CALLS_PER_ROUND, call)));
}
for (const subject of subjects) {
  subject.perSecond = await callsPerSecond(THROUGHPUT_CALLS, IN_FLIGHT, subject.call);
}
for (const close of closers.toReversed()) await close();
rmSync(folder, { recursive: true });

const line = (cells: readonly string[]): void => console.log(`| ${cells.join(" | ")} |`);
line(["", "p50", "p99", `calls/s at ${IN_FLIGHT} in flight`]);
line(["---", "---", "---", "---"]);
for (const [bare, ours] of pairs) {
  for (const { name, samples, perSecond } of [bare, ours]) {
    line([name, ms(median(samples)), ms(quantile(samples, 0.99)), perSecond.toFixed(0)]);
  }
  const times = (median(ours.samples) / median(bare.samples)).toFixed(2);
  line(["Signalbox over the bare server", `x${times}`, "", `x${(ours.perSecond / bare.perSecond).toFixed(2)}`]);
}
process.exit();
