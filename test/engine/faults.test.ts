import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MODELS } from "../../src/catalog/models.ts";
import { FAULT_KINDS, type Fault, type FaultKind } from "../../src/sandbox/faults.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";

const DEADLINE_MS = 3_000;
/** The time share of the first of two ends 180 ms after one drip and 70 ms before the next, so that the bill is certain. */
const DRIP_MS = 250;

/** The primary of each vendor, and who answers for it. */
const VENDORS = [
  { vendor: "anthropic", primary: "claude-opus-5-5", secondary: "gpt-6.2-sol" },
  { vendor: "openai", primary: "gpt-6.2-sol", secondary: "deepseek-v4-pro" },
  { vendor: "together", primary: "deepseek-v4-pro", secondary: "gemini-3.8-flash" },
  { vendor: "google", primary: "gemini-3.8-flash", secondary: "claude-opus-5-5" },
] as const;

/** What each fault must come to. `null`: no fault for the caller, the primary answers. */
const EXPECTED = {
  latency: null,
  hang: ["timeout"],
  stall: ["timeout"],
  rate_limit: ["rate_limit"],
  quota: ["quota"],
  server_error: ["overloaded"],
  unavailable: ["overloaded"],
  overloaded: ["overloaded"],
  unauthorized: ["auth"],
  context_length: ["context_length"],
  reset: ["network"],
  reset_mid_body: ["network"],
  truncated: ["invalid_response", "network"],
  malformed: ["invalid_response"],
  html: ["invalid_response"],
  no_body: ["invalid_response", "empty"],
  wrong_shape: ["invalid_response"],
  error_event: ["overloaded"],
  empty: ["empty"],
  refusal: ["refusal", "content_filter"],
  filter: ["content_filter", "refusal"],
  length: ["truncated"],
  drip: ["timeout"],
  bad_answer: null,
} as const satisfies Record<FaultKind, readonly string[] | null>;

const wireIdOf = (id: string): string => MODELS.find((model) => model.id === id)?.wireId ?? "";
const faultOf = (kind: FaultKind): Fault =>
  kind === "latency" ? { kind, ms: 50 } : kind === "drip" ? { kind, everyMs: DRIP_MS } : { kind };

describe.each(VENDORS)("with $vendor as primary", ({ vendor, primary, secondary }) => {
  let sandbox: Sandbox;
  let app: SandboxService;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    sandbox.reset();
    app = await sandboxService(sandbox);
    return () => app.close();
  });

  it.each(FAULT_KINDS.filter((kind) => kind !== "bad_answer"))(
    "survives %s inside the deadline, and the ledger equals the bill",
    async (kind) => {
      sandbox.setFault(wireIdOf(primary), faultOf(kind));
      const startedMs = performance.now();
      const outcome = await app.service.route(
        {
          task: "planning",
          prompt: "Plan the migration of a monolith to services in six steps.",
          models: [primary, secondary],
          deadline_ms: DEADLINE_MS,
          budget_usd: 5,
        },
        { signal: new AbortController().signal },
      );
      const tookMs = performance.now() - startedMs;

      if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
      const expected = EXPECTED[kind];
      expect(outcome.value.status).toBe("accepted");
      expect(outcome.value.model).toBe(expected === null ? primary : secondary);
      if (expected !== null) {
        const first = outcome.value.attempts[0];
        expect(first?.model).toBe(primary);
        // Together has no field for a refusal: it comes as plain text with "stop", and it is the check that catches it.
        if (kind === "refusal" && vendor === "together") expect(first?.outcome).toBe("rejected");
        else expect(expected).toContain(first?.error_kind);
      }
      expect(tookMs).toBeLessThan(DEADLINE_MS + 250);

      const billedUsd = sandbox.billedNanoUsd() / 1e9;
      const spend = await app.service.spendReport({});
      if (!spend.ok) throw new Error(spend.error.message);
      expect(outcome.value.cost_usd).toBe(billedUsd);
      expect(spend.value.totals.cost_usd).toBe(billedUsd);
    },
  );

  it("falls back when a check catches a defective answer", async () => {
    sandbox.setFault(wireIdOf(primary), { kind: "bad_answer" });
    const outcome = await app.service.route(
      {
        task: "planning",
        prompt: "Plan the migration of a monolith to services in six steps.",
        models: [primary, secondary],
        // Nothing is waited for here: a busy machine gets the time that its checks take.
        deadline_ms: 20_000,
      },
      { signal: new AbortController().signal },
    );
    if (!outcome.ok) throw new Error(outcome.error.message);
    expect(outcome.value.model).toBe(secondary);
    expect(outcome.value.attempts[0]).toMatchObject({ model: primary, outcome: "rejected" });
    expect(outcome.value.cost_usd).toBe(sandbox.billedNanoUsd() / 1e9);
  });
});
