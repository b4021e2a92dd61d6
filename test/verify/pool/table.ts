import { readFileSync } from "node:fs";
import { exit } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import type { Check, CheckReport } from "../../../src/checks/kit/check.ts";
import { met, notMet } from "../../../src/checks/kit/criterion-report.ts";

function check(name: string, run: Check["run"], over: Partial<Check> = {}): [string, Check] {
  return [name, { name, maxChars: 10_000_000, run, ...over }];
}

/** Nothing wrong. */
const pass = (looked: string): CheckReport => ({ findings: [], evidence: [], looked });

/** Of a criterion of the caller, each in a way of its own. */
const acceptText: Check["run"] = ({ criterion }) => {
  if (criterion === null) throw new Error("there is no criterion");
  switch (criterion.name) {
    case "hangs":
      return endless();
    case "dies":
      return exit(1);
    case "breaks":
      throw new Error("boom");
    case "is not met":
      return notMet(criterion, "it is not so");
    default:
      return met(criterion, "it is so");
  }
};

/** Checks that misbehave, for the tests of the pool. */
export const CHECKS: ReadonlyMap<string, Check> = new Map([
  check("fine", () => pass("fine")),
  check("fact", () => ({
    findings: [{ rule: "test/fact", certainty: "fact", severity: "serious", message: "not so" }],
    evidence: [],
  })),
  check("accept_text", acceptText, { timeoutMs: 300 }),
  check("accept_code", () => endless(), { timeoutMs: 60_000 }),
  check("hangs", () => endless(), { timeoutMs: 300 }),
  check("waits", () => new Promise(() => undefined), { timeoutMs: 300 }),
  check("waits_long", () => new Promise(() => undefined), { timeoutMs: 60_000 }),
  check("exits", () => exit(0)),
  check("throws", () => {
    throw new Error("boom");
  }),
  check("throws_later", () => {
    setTimeout(() => {
      throw new Error("later");
    });
    return new Promise(() => undefined);
  }),
  check("rejects_unseen", () => {
    void Promise.reject(new Error("unseen"));
    return new Promise(() => undefined);
  }),
  check("eats", () => eat(), { timeoutMs: 20_000 }),
  check("fills_a_map", () => fillMap(), { timeoutMs: 20_000 }),
  check("takes_large_arrays", () => takeArrays(), { timeoutMs: 20_000 }),
  check("takes_buffers", () => takeBuffers(), { timeoutMs: 20_000 }),
  check("wears_out", () => {
    worn = true;
    return pass("worn");
  }),
  check("needs_a_fresh_thread", () => (worn ? exit(1) : pass("fresh"))),
  check("rejects_behind_its_back", () => {
    void Promise.reject(new Error("unseen"));
    return pass("passed too soon");
  }),
  check("thread", () => pass(String(threadId))),
  check("recurses", () => recurse(0)),
  check("prints", () => {
    console.log("this must not be seen");
    return pass("printed");
  }),
  check("environment", () => pass(JSON.stringify(Object.keys(process.env)))),
  check("finds_many", () => ({
    findings: Array.from({ length: 100_000 }, (_, at) => ({
      rule: "test/many",
      certainty: at === 99_999 ? ("fact" as const) : ("hint" as const),
      severity: "minor" as const,
      message: at % 1_000 === 7 ? "x".repeat(100_000) : "x",
    })),
    evidence: [],
  })),
  check("priority", () => pass(String(threadPriority()))),
  check(
    "takes_its_time",
    async () => {
      await sleep(5_200);
      return pass("took");
    },
    { timeoutMs: 20_000 },
  ),
  check("silent", () => pass("never"), { applies: () => false }),
]);

let worn = false;

/** Of this thread, as Linux tells it. */
function threadPriority(): number {
  const stat = readFileSync("/proc/thread-self/stat", "utf8");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[16]);
}

function fillMap(): never {
  const map = new Map<number, unknown>();
  for (let at = 0; ; at += 1) map.set(at, { at });
}

function takeArrays(): never {
  const taken: unknown[] = [];
  for (;;) taken.push(Array.from({ length: 10_000_000 }).fill(1.5));
}

function takeBuffers(): never {
  const taken: unknown[] = [];
  for (;;) taken.push(new Uint8Array(1_000_000).fill(1));
}

function endless(): never {
  for (;;) Math.sqrt(2);
}

function eat(): ReturnType<Check["run"]> {
  const eaten: unknown[] = [];
  for (;;) eaten.push(Array.from({ length: 100_000 }, (_, index) => ({ index })));
}

function recurse(depth: number): ReturnType<Check["run"]> {
  return recurse(depth + 1) ?? pass(String(depth));
}
