import "better-sqlite3";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse.ts";
import { SignalboxError } from "../../src/core/errors.ts";
import type { RouteEvent } from "../../src/core/events.ts";
import { attachTelemetry } from "../../src/telemetry/attach.ts";
import { Webhook, type WebhookMessage } from "../../src/telemetry/webhook.ts";
import { FIRST, GOOD, SECOND, warmUp } from "../support/routed.ts";
import { answers, USAGE } from "../support/scripted-provider.ts";
import { pass, station, whoOf, type Station } from "../support/station.ts";
import { startReceiver, type Received } from "./support/collector.ts";

beforeAll(warmUp);
let open: Station | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

const messagesOf = (received: readonly Received[]): readonly WebhookMessage[] =>
  received.map(({ body }) => JSON.parse(body.toString()) as WebhookMessage);

async function listening(yard: Station, url: string, config: Record<string, unknown>, token: string | null = null) {
  const process = await yard.open({ config });
  const warnings: string[] = [];
  await attachTelemetry(process.service, {
    version: "1",
    env: {},
    log: null,
    notify: { webhookUrl: url, token },
    warn: (message) => warnings.push(message),
  });
  return { ...process, warnings };
}

/** One answer of the first model costs so much here. */
const DEAR = [{ say: GOOD }, { report: { ...USAGE, outputTokens: 1500 } }, { finish: "stop" }] as const;

async function costOfOne(): Promise<number> {
  const yard = await station({ [FIRST]: [DEAR] });
  const routed = await (await yard.open()).route();
  await yard.close();
  if (!routed.ok) throw new Error(routed.error.message);
  return routed.value.cost_usd;
}

describe("the webhook", () => {
  it("is told once of each threshold of a budget, over all processes", async () => {
    const { origin, received } = await startReceiver();
    const one = await costOfOne();
    open = await station({ [FIRST]: [DEAR] });
    // Room for what a call holds, and each answer is worth 5%.
    const config = { budgets: { day_usd: one * 20 } };
    const processes = [
      await listening(open, `${origin}/hook`, config, "s3cret"),
      await listening(open, `${origin}/hook`, config, "s3cret"),
    ];
    for (let at = 0; at < 17; at += 1) {
      await processes[at % 2]?.route({ models: [FIRST] });
      await pass(open.clock, 1000);
    }
    for (const { service } of processes) await service.close();
    const messages = messagesOf(received).filter(({ event }) => event === "budget");
    const thresholds = messages.map((message) => message.event === "budget" && message.threshold_percent);
    expect(thresholds).toEqual([50, 80]);
    expect(messages[0]).toMatchObject({
      scope: "day",
      limit_usd: expect.closeTo(one * 20, 9),
      period_start: expect.any(String),
    });
    expect(messages[0]?.text).toMatch(/^Signalbox: 50% of the budget "day" is spent: \$/);
    expect(received[0]?.headers["authorization"]).toBe("Bearer s3cret");
  });

  it("is told once when a breaker opens, whichever process sees it", async () => {
    const { origin, received } = await startReceiver();
    open = await station({ [FIRST]: [[{ fail: "network" }]], [SECOND]: [answers(GOOD)] });
    const processes = [await listening(open, origin, {}), await listening(open, origin, {})];
    for (let at = 0; at < 4; at += 1) {
      expect(whoOf((await processes[at % 2]?.route()) ?? fail())).toBe(SECOND);
      await pass(open.clock, 1000);
    }
    for (const { service } of processes) await service.close();
    expect(messagesOf(received)).toEqual([
      expect.objectContaining({ event: "breaker", model: FIRST, provider: "anthropic", until: expect.any(String) }),
    ]);
  });

  it("never delays a request, and never costs one anything when no one is there", async () => {
    open = await station({ [FIRST]: [answers(GOOD)] });
    const process = await listening(open, "http://127.0.0.1:9/secret-path", {
      budgets: { day_usd: 0.0001 },
    });
    const before = open.clock.elapsedMs();
    await process.route();
    expect(open.clock.elapsedMs() - before).toBeLessThan(100);
    await process.service.close();
    expect(process.warnings.join()).not.toContain("secret-path");
  });
});

const AT = Date.UTC(2026, 11, 1, 12);
const openBreaker = (model: string): RouteEvent => ({
  type: "breaker",
  atMs: AT,
  model,
  provider: "anthropic",
  state: "open",
  untilMs: AT + 15_000,
});
const spent = (percent: number): RouteEvent => ({
  type: "budget",
  atMs: AT,
  budget: {
    scope: { kind: "day" },
    limitNanoUsd: 1e9,
    spentNanoUsd: percent * 1e7,
    heldNanoUsd: 0,
    heldUntilMs: null,
  },
});

function webhook(url: string, claim: (key: string) => Promise<boolean> = async () => true) {
  const warnings: string[] = [];
  const made = new Webhook({
    settings: { webhookUrl: url, token: "s3cret" },
    claim,
    warn: (message) => warnings.push(message),
    pausesMs: [0, 1, 1],
  });
  return { hear: made.observer, close: () => made.close(5000), warnings };
}

describe("a message of the webhook", () => {
  it("is tried again when the receiver is in trouble, and told to the log when that does not help", async () => {
    const { origin, received } = await startReceiver((index) => (index < 2 ? 503 : 200));
    const { hear, close, warnings } = webhook(origin);
    hear(openBreaker("a"));
    await close();
    expect(received).toHaveLength(3);
    expect(warnings).toEqual([]);
    const dead = await startReceiver(() => 500);
    const other = webhook(dead.origin);
    other.hear(openBreaker("a"));
    await other.close();
    expect(dead.received).toHaveLength(3);
    expect(other.warnings).toEqual([expect.stringContaining("it answered 500")]);
  });

  it("follows no redirect: the token goes to the address of the config alone", async () => {
    const { origin, received } = await startReceiver(() => 307);
    const { hear, close, warnings } = webhook(origin);
    hear(openBreaker("a"));
    await close();
    expect(received.map(({ path }) => path)).toEqual(["/"]);
    expect(warnings).toEqual([expect.stringContaining("it answered 307")]);
  });

  it("tells the highest threshold alone when several are passed at once, and the lower ones never after", async () => {
    const { origin, received } = await startReceiver();
    const claimed = new Set<string>();
    const claim = async (key: string): Promise<boolean> => !claimed.has(key) && claimed.add(key).size > 0;
    const { hear, close } = webhook(origin, claim);
    hear(spent(49));
    hear(spent(85));
    hear(spent(85));
    const other = webhook(origin, claim);
    await close();
    other.hear(spent(55));
    other.hear(spent(100));
    await other.close();
    expect(messagesOf(received).map((message) => message.event === "budget" && message.threshold_percent)).toEqual([
      80, 100,
    ]);
  });

  it("is sent when the ledger cannot say whether it was: rather twice than not at all", async () => {
    const { origin, received } = await startReceiver();
    const { hear, close } = webhook(origin, () => Promise.reject(new SignalboxError("ledger_unavailable", "locked")));
    hear(openBreaker("a"));
    hear(openBreaker("a"));
    await close();
    expect(received).toHaveLength(1);
  });
});

describe("notify.webhook_url", () => {
  it.each(["http://hooks.example.com/x", "https://user:pass@hooks.example.com", "file:///etc/passwd", "hooks"])(
    "refuses %s without showing it",
    (url) => {
      const parsed = parseConfig(JSON.stringify({ notify: { webhook_url: url } }), {});
      expect(parsed).toMatchObject({ ok: false, problems: [{ path: "notify.webhook_url" }] });
      expect(JSON.stringify(parsed)).not.toContain(url);
    },
  );

  it("takes https, and http on this machine, with the token from the environment", () => {
    for (const url of ["https://hooks.example.com/x?y=z", "http://127.0.0.1:9000/"]) {
      const parsed = parseConfig(JSON.stringify({ notify: { webhook_url: url } }), { SIGNALBOX_WEBHOOK_TOKEN: "t" });
      expect(parsed).toMatchObject({ ok: true, config: { notify: { webhookUrl: url, token: "t" } } });
    }
  });
});

function fail(): never {
  throw new Error("no such process");
}
