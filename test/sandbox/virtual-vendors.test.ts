import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/app.ts";
import { MODELS } from "../../src/catalog/models.ts";
import type { ModelCall } from "../../src/core/ports.ts";
import { FAULT_KINDS, type Fault, type FaultKind } from "../../src/sandbox/faults.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { call, drain, provider, VENDORS, type Outcome } from "../providers/support.ts";
import { virtualVendors } from "../support/virtual/vendors.ts";

/** What is measured in virtual time stands on this: a virtual vendor tells, and bills, what the real adapter reads off the sandbox. */
const ANSWER = "An answer that is long enough to be cut into several pieces before anything breaks off. ".repeat(4);
const BAD = "A bad one.";
const WITHOUT_END: ReadonlySet<FaultKind> = new Set(["hang", "stall", "drip"]);
const IDS = {
  anthropic: "claude-opus-5-5",
  openai: "gpt-6-luna",
  together: "deepseek-v4-pro",
  google: "gemini-3.8-flash",
} as const;
const BASE_URLS = {
  anthropic: "ANTHROPIC_BASE_URL",
  openai: "OPENAI_BASE_URL",
  together: "TOGETHER_BASE_URL",
  google: "GOOGLE_GEMINI_BASE_URL",
} as const;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ answers: ({ bad }) => (bad ? BAD : ANSWER) });
});
afterAll(() => sandbox.close());

/** What the engine acts on. */
function acted({ kind, text, finish, usage, error }: Outcome) {
  return { kind, text, finish, usage, refusedByStatus: (error?.status ?? 0) >= 400, retryAfterMs: error?.retryAfterMs };
}

describe.each(VENDORS)("a virtual %s", (vendor) => {
  it.each(FAULT_KINDS.filter((kind) => !WITHOUT_END.has(kind)))("does on %s what the real one does", async (kind) => {
    const model = MODELS.find((each) => each.id === IDS[vendor]);
    if (model === undefined) throw new Error(`the catalogue has no ${IDS[vendor]}`);
    const asked: ModelCall = call({ model, outputLimitTokens: 4096 });
    const fault: Fault = kind === "latency" ? { kind, ms: 1 } : { kind };
    const { signal } = new AbortController();

    sandbox.reset();
    sandbox.setFault("*", fault);
    const real = await drain(provider(vendor, sandbox.env[BASE_URLS[vendor]] ?? "").stream(asked, signal));
    const virtual = virtualVendors({
      clock: systemClock,
      faultFor: () => fault,
      answerFor: (_, bad) => (bad ? BAD : ANSWER),
      estimateLatency: () => ({ firstMs: 0, betweenMs: 0 }),
    });
    const played = await drain(virtual.create({ id: vendor }).stream(asked, signal));

    expect(acted(played)).toEqual(acted(real));
    expect(virtual.billedNanoUsd()).toBe(sandbox.billedNanoUsd());
  });
});
