import parsePrometheus from "parse-prometheus-text-format";
import { describe, expect, it, onTestFinished } from "vitest";
import { createService } from "../../src/app.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { DEFAULT_HTTP_SETTINGS } from "../../src/core/http-settings.ts";
import { startHttpServer } from "../../src/mcp/http/server.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { prometheusMetrics, PROMETHEUS_TYPE } from "../../src/telemetry/prometheus.ts";
import { systemClock } from "../../src/app.ts";
import { startIssuer } from "../mcp/http/support/issuer.ts";

interface Family {
  readonly name: string;
  readonly type: string;
  readonly metrics: readonly {
    readonly value?: string;
    readonly labels?: Record<string, string>;
    readonly count?: string;
  }[];
}

async function served() {
  const sandbox = await startSandbox();
  const parsed = parseConfig(JSON.stringify({ budgets: { day_usd: 2 } }), sandbox.env);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const service = createService(parsed.config, ":memory:");
  const metrics = prometheusMetrics("1.2.3");
  service.observe(metrics.observer, () => metrics.close());
  const { oauth, token } = await startIssuer(Date.now());
  const server = await startHttpServer(service, {
    version: "1.2.3",
    clock: systemClock,
    onError: (error) => {
      throw error;
    },
    host: "127.0.0.1",
    port: 0,
    settings: { ...DEFAULT_HTTP_SETTINGS, token: "owners", oauth },
    metrics: async () => ({ contentType: PROMETHEUS_TYPE, text: () => metrics.text() }),
  });
  onTestFinished(async () => {
    await server.stop();
    await service.close();
    await sandbox.close();
  });
  const get = (path: string, bearer: string | null = "owners"): Promise<Response> =>
    fetch(new URL(path, server.url), { headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` } });
  return { service, get, token };
}

const familiesOf = (text: string): ReadonlyMap<string, Family> =>
  new Map((parsePrometheus(text) as Family[]).map((family) => [family.name, family]));

describe("/metrics", () => {
  it("counts requests, calls, tokens and money in a form that a Prometheus parser reads", async () => {
    const { service, get } = await served();
    const { signal } = new AbortController();
    const routed = await service.route({ task: "general", prompt: "PROMPT: what is a signal box?" }, { signal });
    if (!routed.ok) throw new Error(routed.error.message);
    const response = await get("/metrics");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const text = await response.text();
    const families = familiesOf(text);
    expect(families.get("signalbox_requests_total")).toMatchObject({
      type: "COUNTER",
      metrics: [
        { value: "1", labels: expect.objectContaining({ signalbox_task: "general", signalbox_status: "accepted" }) },
      ],
    });
    const cost = families.get("signalbox_cost_USD_total") ?? families.get("signalbox_cost_total");
    const sum = (cost?.metrics ?? []).reduce((total, { value }) => total + Number(value), 0);
    expect(sum).toBeCloseTo(routed.value.cost_usd, 9);
    expect([...families.keys()].some((name) => name.startsWith("gen_ai_client_token_usage"))).toBe(true);
    expect(text).not.toContain("PROMPT");
    expect(text).not.toContain(routed.value.route_id);
  });

  it("tells budgets and breakers without a request of its own", async () => {
    const { get } = await served();
    const families = familiesOf(await (await get("/metrics")).text());
    expect(families.get("signalbox_budget_limit")?.metrics).toEqual([
      expect.objectContaining({ value: "2", labels: expect.objectContaining({ signalbox_budget_scope: "day" }) }),
    ]);
  });

  it("is behind the token, and the owner's alone", async () => {
    const { get, token } = await served();
    expect((await get("/metrics", null)).status).toBe(401);
    expect((await get("/metrics", "wrong")).status).toBe(401);
    expect((await get("/metrics", await token("ann", "read route"))).status).toBe(403);
  });
});
