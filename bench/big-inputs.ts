import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { pickTask } from "../src/catalog/auto.ts";
import { TASKS } from "../src/catalog/tasks.ts";
import { RouteInput } from "../src/core/contract.ts";
import { parseContext, render } from "../src/core/prompt.ts";
import { parseArguments } from "../src/mcp/parse-arguments.ts";
import { median, ms, timeEach } from "./stats.ts";

const SIZES_MB = [1, 4, 15] as const;
const RUNS = 5;
const LAUNCH = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const SENTENCE =
  "The contract `Vault` keeps a balance of 12 ether for each caller;\nit may be withdrawn at any time.\n";

/** Files of 16 KB that together have so many megabytes. */
function filesOf(megabytes: number): { path: string; content: string }[] {
  const content = SENTENCE.repeat(Math.ceil(16_384 / SENTENCE.length)).slice(0, 16_384);
  return Array.from({ length: (megabytes * 1e6) / 16_384 }, (_, index) => ({ path: `src/${index}.sol`, content }));
}

/** How long what happens before a call takes with inputs of 1, 4 and 15 MB. Linear: four times the input, some four times the time. */
export async function benchBigInputs(env: Readonly<Record<string, string>>): Promise<string[][]> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-bench-"));
  const tasks = new Map(TASKS.map((task) => [task.id, task]));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [LAUNCH],
    env: { ...env, SIGNALBOX_DB: join(folder, "ledger.sqlite") },
  });
  const client = new Client({ name: "bench", version: "0" }, { versionNegotiation: { mode: { pin: "2026-07-28" } } });
  await client.connect(transport);
  const steps: Readonly<Record<string, (megabytes: number) => () => Promise<unknown>>> = {
    "reading the arguments and the context": (megabytes) => {
      const args = { task: "general", prompt: "x", context: { files: filesOf(megabytes) } };
      return async () => [parseArguments(RouteInput, args), parseContext(args.context)];
    },
    "building the prompt and estimating its tokens": (megabytes) => {
      const parsed = parseContext({ files: filesOf(megabytes) });
      return async () => (parsed.ok ? render("x", parsed.context, null) : null);
    },
    "hashing it for the receipt": (megabytes) => {
      const text = SENTENCE.repeat((megabytes * 1e6) / SENTENCE.length);
      return async () =>
        createHash("sha256")
          .update(JSON.stringify([null, text]))
          .digest("hex");
    },
    "picking the task of a prompt": (megabytes) => {
      const prompt = SENTENCE.repeat((megabytes * 1e6) / SENTENCE.length);
      return async () => pickTask(prompt, tasks);
    },
    "estimate_cost over stdio, in all": (megabytes) => {
      const args = { task: "general", prompt: "x", context: { files: filesOf(megabytes) } };
      return () => client.callTool({ name: "estimate_cost", arguments: args }, { timeout: 120_000 });
    },
  };
  try {
    const rows = [["", ...SIZES_MB.map((size) => `${size} MB`), "4 MB / 1 MB", "15 MB / 4 MB"]];
    for (const [name, prepare] of Object.entries(steps)) {
      const times: number[] = [];
      for (const size of SIZES_MB) times.push(median(await timeEach(RUNS, prepare(size))));
      const [one = 0, four = 0, fifteen = 0] = times;
      rows.push([name, ...times.map(ms), `x${(four / one).toFixed(1)}`, `x${(fifteen / four).toFixed(1)}`]);
    }
    return rows;
  } finally {
    await client.close();
    await rm(folder, { recursive: true, force: true });
  }
}
