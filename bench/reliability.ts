import { fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { FAULT_KINDS, type Fault } from "../src/sandbox/faults.ts";
import { DEADLINE_MS, runScenario, type Measured, type Scenario } from "../test/support/virtual/scenario.ts";
import { printMarkdown } from "./print.ts";
import { quantile } from "./stats.ts";

/**
 * `npm run bench:reliability [seed]`: requests by the thousand on vendors that fail, through the real service, plan, ledger file
 * and checks. Virtual: time (deadlines, breakers and outages pass as fast as the work is done), and the vendors, who play the
 * sandbox's faults without sockets, as the adapters tell them, and keep a bill of their own. Exits with 1 when a promise is broken.
 */
const seed = Number(process.argv[2] ?? 20_261_123);
const SUCCESS_SHARE = 0.999;

/** Failures that no vendor bills. */
const REFUSALS: readonly Fault[] = [
  { kind: "unavailable" },
  { kind: "server_error" },
  { kind: "overloaded" },
  { kind: "quota" },
  { kind: "unauthorized" },
];

interface Run extends Scenario {
  /** What must hold besides time and money: an answer, or an error because no model can answer; then whether nothing may be spent. */
  readonly due: "answers" | "failures" | "free failures";
}

const base = { seed, outageOf: null, faultShare: 0 };
const RUNS: readonly Run[] = [
  {
    ...base,
    name: "20% of calls fail, an outage",
    requests: 10_000,
    faultShare: 0.2,
    outageOf: "openai",
    due: "answers",
  },
  {
    ...base,
    name: "5% of calls fail, an outage",
    requests: 10_000,
    faultShare: 0.05,
    outageOf: "anthropic",
    due: "answers",
  },
  { ...base, name: "all vendors refuse", requests: 2_000, always: REFUSALS, due: "free failures" },
  { ...base, name: "all vendors are silent", requests: 500, always: [{ kind: "hang" }], due: "failures" },
];

const only = process.argv[3];
if (only === undefined) await report();
else process.send?.(await runScenario(RUNS[Number(only)] as Run));

/** Each run in a process of its own, as many at a time as there are cores. */
async function report(): Promise<void> {
  const measured: Measured[] = Array.from({ length: RUNS.length });
  const left = RUNS.map((_, index) => index);
  const lane = async (): Promise<void> => {
    for (let index = left.shift(); index !== undefined; index = left.shift()) measured[index] = await forked(index);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  print(measured);
}

async function forked(index: number): Promise<Measured> {
  // "advanced": maps go over as they are.
  const child = fork(fileURLToPath(import.meta.url), [String(seed), String(index)], { serialization: "advanced" });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the run of ${RUNS[index]?.name ?? ""} ended with code ${String(code)}`);
  });
  const [measured] = (await Promise.race([once(child, "message"), ended])) as [Measured];
  return measured;
}

function print(measured: readonly Measured[]): void {
  printMarkdown(`Requests, seed ${seed}`, [
    ["", "requests", "calls", "calls that fail", "verified", "unchecked", "wrong", "typed failures", "answered"],
    ...measured.map(answersRow),
  ]);
  printMarkdown("Their time (virtual) and money", [
    ["", "p50", "p99", "slowest", "late", "reported", "billed", "requests billed otherwise"],
    ...measured.map(moneyRow),
  ]);
  const broken = measured.flatMap((each, index) => brokenPromises(each, RUNS[index]?.due ?? "answers"));
  for (const line of broken) console.log(`\nBroken: ${line}`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}

function answersRow(each: Measured): readonly string[] {
  const calls = [...each.calls.values()].reduce((sum, count) => sum + count, 0);
  const failing = FAULT_KINDS.filter((kind) => kind !== "latency").reduce(
    (sum, kind) => sum + (each.calls.get(kind) ?? 0),
    0,
  );
  const failures = [...each.failures].map(([code, count]) => `${count} \`${code}\``).join(", ");
  return [
    each.scenario.name,
    each.scenario.requests.toLocaleString("en"),
    calls.toLocaleString("en"),
    percent(failing / calls, 1),
    each.verified.toLocaleString("en"),
    each.unchecked.toLocaleString("en"),
    String(each.wrong),
    failures === "" ? "0" : failures,
    percent(answeredShare(each), 2),
  ];
}

function moneyRow(each: Measured): readonly string[] {
  const { latenciesMs } = each;
  const [p50, p99, slowest] = [quantile(latenciesMs, 0.5), quantile(latenciesMs, 0.99), Math.max(...latenciesMs)].map(
    seconds,
  );
  const { reportedNanoUsd, billedNanoUsd } = each;
  return [
    each.scenario.name,
    p50 ?? "",
    p99 ?? "",
    slowest ?? "",
    String(each.late),
    usd(reportedNanoUsd),
    usd(billedNanoUsd),
    String(each.unequal),
  ];
}

/** Only right answers, each verified or marked as unchecked. */
function answeredShare({ verified, unchecked, scenario }: Measured): number {
  return (verified + unchecked) / scenario.requests;
}

function brokenPromises(each: Measured, due: Run["due"]): readonly string[] {
  const { scenario, reportedNanoUsd, ledgerNanoUsd, billedNanoUsd } = each;
  const failed = [...each.failures.values()].reduce((sum, count) => sum + count, 0);
  const answered = answeredShare(each);
  const promises: readonly (readonly [boolean, string])[] = [
    [each.thrown === 0, `${each.thrown} requests threw`],
    [each.wrong === 0, `${each.wrong} answers are wrong`],
    [each.late === 0, `${each.late} requests ended after ${DEADLINE_MS} ms`],
    [each.unequal === 0, `${each.unequal} requests report another cost than is billed`],
    [reportedNanoUsd === billedNanoUsd, `${usd(reportedNanoUsd)} reported, ${usd(billedNanoUsd)} billed`],
    [ledgerNanoUsd === billedNanoUsd, `${usd(ledgerNanoUsd)} in the ledger, ${usd(billedNanoUsd)} billed`],
    [due !== "answers" || answered >= SUCCESS_SHARE, `${percent(answered, 2)} are answered`],
    [due === "answers" || failed === scenario.requests, `${failed} of ${scenario.requests} fail with a code`],
    [due !== "free failures" || billedNanoUsd === 0, `${usd(billedNanoUsd)} spent on nothing`],
  ];
  return promises.filter(([kept]) => !kept).map(([, what]) => `${scenario.name}: ${what}`);
}

function percent(share: number, digits: number): string {
  // Cut, not rounded: 99.999% is not 100%.
  const scale = 100 * 10 ** digits;
  return `${(Math.floor(share * scale) / (scale / 100)).toFixed(digits)}%`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function usd(nanoUsd: number): string {
  return `$${(nanoUsd / 1e9).toFixed(9)}`;
}
