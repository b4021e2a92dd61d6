import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import OpenAI from "openai";
import { createService } from "../src/app.ts";
import { parseConfig } from "../src/config/parse.ts";
import { aiWithFallback } from "./peers.mjs";
import { statementsIn } from "./statements.ts";
import { callsPerSecond, median, ms, quantile, timeEach, withCpu } from "./stats.ts";

const ROUNDS = 12;
const CALLS_PER_ROUND = 100;
const PROMPT = "Say something short about railway signals.";
const MODEL = "gpt-6-luna";

/** A routed call in process against the bare SDK call, same server, same stream, in turns. */
export async function benchOverhead(env: Record<string, string>): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-bench-"));
  const parsed = parseConfig(null, env);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const service = createService(parsed.config, join(folder, "ledger.sqlite"));
  const client = new OpenAI({ apiKey: "sandbox", baseURL: env["OPENAI_BASE_URL"] ?? "", maxRetries: 0 });

  const bare = async (): Promise<void> => {
    const stream = await client.chat.completions.create({
      model: MODEL,
      messages: [{ role: "user", content: PROMPT }],
      max_completion_tokens: 4096,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
    if (text === "") throw new Error("The bare call brought no text");
  };
  const routed = async (): Promise<void> => {
    const outcome = await service.route(
      { task: "general", prompt: PROMPT, models: [MODEL] },
      { signal: new AbortController().signal },
    );
    if (!outcome.ok) throw new Error(outcome.error.message);
  };

  const peer = await aiWithFallback(env);
  const peerCall = async (): Promise<void> => {
    if (((await peer?.(MODEL, PROMPT)) ?? "") === "") throw new Error("The peer brought no text");
  };
  if (peer !== null) await timeEach(200, peerCall);
  await timeEach(200, bare);
  await timeEach(200, routed);
  const [bareMs, routedMs, peerMs]: [number[], number[], number[]] = [[], [], []];
  /** A call's, by round. */
  const [bareCpuUs, routedCpuUs, peerCpuUs]: [number[], number[], number[]] = [[], [], []];
  const round = async (call: () => Promise<void>, tookMs: number[], cpuOfCallUs: number[]): Promise<void> => {
    const { result, cpuUs } = await withCpu(() => timeEach(CALLS_PER_ROUND, call));
    tookMs.push(...result);
    cpuOfCallUs.push(cpuUs / CALLS_PER_ROUND);
  };
  for (let index = 0; index < ROUNDS; index += 1) {
    await round(bare, bareMs, bareCpuUs);
    await round(routed, routedMs, routedCpuUs);
    if (peer !== null) await round(peerCall, peerMs, peerCpuUs);
  }
  const statements = (await statementsIn(() => timeEach(CALLS_PER_ROUND, routed))) / CALLS_PER_ROUND;
  const bareAt16 = await callsPerSecond(3000, 16, bare);
  const routedAt16 = await callsPerSecond(3000, 16, routed);
  const peerAt16 = peer === null ? Number.NaN : await callsPerSecond(3000, 16, peerCall);
  await service.close();
  rmSync(folder, { recursive: true });
  return [
    ["", "p50", "p99", "CPU a call", "calls/s at 16", "SQL statements"],
    ["bare OpenAI SDK call", ...figures(bareMs, bareCpuUs), bareAt16.toFixed(0), ""],
    ["routed call", ...figures(routedMs, routedCpuUs), routedAt16.toFixed(0), statements.toFixed(1)],
    [
      "added",
      ms(median(routedMs) - median(bareMs)),
      ms(quantile(routedMs, 0.99) - quantile(bareMs, 0.99)),
      `x${(median(routedCpuUs) / median(bareCpuUs)).toFixed(2)}`,
      `x${(routedAt16 / bareAt16).toFixed(2)}`,
      "",
    ],
    peer === null
      ? ["ai with ai-fallback: not installed (npm ci --prefix bench)", "", "", "", "", ""]
      : ["ai with ai-fallback", ...figures(peerMs, peerCpuUs), peerAt16.toFixed(0), ""],
  ];
}

const figures = (tookMs: readonly number[], cpuUs: readonly number[]): readonly string[] => [
  ms(median(tookMs)),
  ms(quantile(tookMs, 0.99)),
  `${median(cpuUs).toFixed(0)} µs`,
];
