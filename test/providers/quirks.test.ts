import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MODELS } from "../../src/catalog/models.ts";
import { billedOutputTokens, promptTokens, UNKNOWN_USAGE } from "../../src/core/usage.ts";
import { canBeAnswered, occursAt, QUIRK_KINDS, type QuirkKind } from "../../src/sandbox/quirks.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { call, drain, provider, VENDORS, type Outcome } from "./support.ts";

/** Every unusual way to answer, at every vendor where it can occur, through the vendor's own SDK. */
const TEXT = "A text with <b>tags</b>, \\n, «quotes» and 🚦, long enough to come in many pieces of its own. ".repeat(3);

const MODEL_IDS = {
  anthropic: "claude-sonnet-5-5",
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
type Vendor = (typeof VENDORS)[number];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ answers: () => ({ text: TEXT, cacheReadTokens: 2 }) });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

function askSandbox(vendor: Vendor, kind: QuirkKind): Promise<Outcome> {
  const model = MODELS.find(({ id }) => id === MODEL_IDS[vendor]);
  if (model === undefined) throw new Error(`the catalogue has no ${MODEL_IDS[vendor]}`);
  const waits = kind === "keep_alive" || kind === "late_text" ? { ms: 50, everyMs: 10 } : {};
  sandbox.setFault("*", { kind, ...waits });
  const asked = provider(vendor, sandbox.env[BASE_URLS[vendor]] ?? "");
  return drain(
    asked.stream(
      call({ model, user: "Say something of some length.", outputLimitTokens: 4096 }),
      AbortSignal.timeout(10_000),
    ),
  );
}

/** What the usage of these is, is told by a test of its own below. */
const OWN_USAGE: ReadonlySet<QuirkKind> = new Set(["no_finish", "zero_usage"]);

describe.each(VENDORS)("%s", (vendor) => {
  const occurring = QUIRK_KINDS.filter((kind) => occursAt(kind, vendor));
  const answered = occurring.filter(canBeAnswered);

  it.each(answered)("reads the whole answer, and its finish, from %s", async (kind) => {
    const { text, finish, kind: error, events } = await askSandbox(vendor, kind);
    expect({ text, error }).toEqual({ text: TEXT, error: null });
    // Text after a finish takes it back: what counts is that one comes last.
    expect(events.findLast(({ type }) => type === "text" || type === "finish")).toMatchObject({ reason: "stop" });
    expect(finish).toBe("stop");
  });

  it.each(answered.filter((kind) => !OWN_USAGE.has(kind)))("reads from %s the tokens that are billed", async (kind) => {
    const usage = (await askSandbox(vendor, kind)).usage ?? UNKNOWN_USAGE;
    const [line] = sandbox.bill;
    if (line === undefined) throw new Error("the sandbox billed nothing");
    expect(promptTokens(usage)).toBe(line.inputTokens + line.cacheReadTokens + line.cacheWriteTokens);
    expect(usage.cacheReadTokens).toBe(2);
    expect(billedOutputTokens(usage)).toBe(line.outputTokens + line.reasoningTokens);
    expect(line.complete).toBe(true);
  });

  it("does not believe a usage of zeros beside an answer", async () => {
    expect((await askSandbox(vendor, "zero_usage")).usage).toEqual(UNKNOWN_USAGE);
  });

  it("takes what was thought in the text for reasoning", async () => {
    const { reasoning } = await askSandbox(vendor, "think_tags");
    expect(reasoning).toContain("A <plan> is asked for.");
  });

  it.each(occurring.filter((kind) => !canBeAnswered(kind)))("ends %s as an invalid response", async (kind) => {
    const { error, finish } = await askSandbox(vendor, kind);
    expect(error?.kind).toBe("invalid_response");
    expect(finish).toBeNull();
    expect(error?.message).toMatch(kind === "flood" ? /ignores an output limit/ : /the model runner has stopped/);
  });
});

describe.each(["openai", "together"] as const)("%s", (vendor) => {
  it("takes thinking parts of the content for reasoning", async () => {
    expect((await askSandbox(vendor, "content_parts")).reasoning).toContain("Let me see.");
  });

  it("tells the cost that the endpoint states, to the nano-USD", async () => {
    const { events } = await askSandbox(vendor, "stated_cost");
    expect(events.filter(({ type }) => type === "stated_cost")).toEqual([
      { type: "stated_cost", costNanoUsd: 1_250_000 },
    ]);
  });
});
