import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { readOtlpSettings } from "../../src/telemetry/otlp-settings.ts";
import { launch } from "../support/launched.ts";
import { type OtlpSpan, plainAttributes, type Received, startReceiver } from "./support/collector.ts";

let directory: string;
let sandbox: Sandbox;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "signalbox-otlp-"));
  sandbox = await startSandbox();
});
afterEach(async () => {
  await sandbox.close();
  await rm(directory, { recursive: true, force: true });
});

const PROMPT = "PROMPT-that-must-not-leave: what is a signal box?";

async function route(env: Readonly<Record<string, string>>, task = "general") {
  const { child, ended } = launch(["route", "--task", task, "--json"], directory, { ...sandbox.env, ...env });
  child.stdin?.end(PROMPT);
  const { exitCode, stdout, stderr } = await ended;
  expect(exitCode, stderr).toBe(0);
  return { result: JSON.parse(stdout) as { route_id: string; model: string; text: string; cost_usd: number }, stderr };
}

function spansOf(received: readonly Received[]): readonly OtlpSpan[] {
  return received
    .filter(({ path }) => path === "/v1/traces")
    .flatMap(({ body }) => {
      const message = JSON.parse(body.toString()) as {
        resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[];
      };
      return message.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
    });
}

describe("OpenTelemetry", () => {
  it("traces a request: its span, and below it a client span for each call, by the GenAI conventions", async () => {
    const { origin, received } = await startReceiver();
    const { result } = await route({ OTEL_EXPORTER_OTLP_ENDPOINT: origin, OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" });
    const spans = spansOf(received);
    const root = spans.find(({ name }) => name === "route general");
    expect(plainAttributes(root?.attributes ?? [])).toMatchObject({
      "signalbox.route.id": result.route_id,
      "signalbox.task": "general",
      "signalbox.status": "accepted",
      "signalbox.cost_usd": result.cost_usd,
    });
    const calls = spans.filter(({ parentSpanId }) => parentSpanId === root?.spanId);
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) {
      const attributes = plainAttributes(call.attributes);
      expect(call.traceId).toBe(root?.traceId);
      expect(call.kind).toBe(3);
      expect(call.name).toBe(`chat ${String(attributes["gen_ai.request.model"])}`);
      expect(attributes).toMatchObject({ "gen_ai.operation.name": "chat", "gen_ai.provider.name": expect.any(String) });
      expect(attributes["gen_ai.usage.input_tokens"]).toBeGreaterThan(0);
      expect(attributes["gen_ai.usage.output_tokens"]).toBeGreaterThan(0);
      expect(BigInt(call.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(call.startTimeUnixNano));
    }
    expect(root?.events.map(({ name }) => name)).toContain("gen_ai.evaluation.result");
  });

  it("sends metrics by the GenAI conventions and its own, under its service name", async () => {
    const { origin, received } = await startReceiver();
    await route({
      OTEL_EXPORTER_OTLP_ENDPOINT: `${origin}/`,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_SERVICE_NAME: "boxes",
      OTEL_EXPORTER_OTLP_HEADERS: "x-tenant=one",
    });
    const message = received.findLast(({ path }) => path === "/v1/metrics");
    expect(message?.headers["x-tenant"]).toBe("one");
    const { resourceMetrics } = JSON.parse(message?.body.toString() ?? "{}") as {
      resourceMetrics: {
        resource: { attributes: Parameters<typeof plainAttributes>[0] };
        scopeMetrics: { metrics: { name: string; unit: string }[] }[];
      }[];
    };
    const [first] = resourceMetrics;
    expect(plainAttributes(first?.resource.attributes ?? [])).toMatchObject({ "service.name": "boxes" });
    const units = new Map(first?.scopeMetrics.flatMap(({ metrics }) => metrics.map(({ name, unit }) => [name, unit])));
    expect(units.get("gen_ai.client.operation.duration")).toBe("s");
    expect(units.get("gen_ai.client.token.usage")).toBe("{token}");
    expect(units.get("signalbox.requests")).toBe("{request}");
  });

  it("speaks protobuf unless told otherwise, and sends no text of prompt or answer", async () => {
    const { origin, received } = await startReceiver();
    const { result } = await route({ OTEL_EXPORTER_OTLP_ENDPOINT: origin });
    expect(new Set(received.map(({ path }) => path))).toEqual(new Set(["/v1/traces", "/v1/metrics"]));
    expect(new Set(received.map(({ type }) => type))).toEqual(new Set(["application/x-protobuf"]));
    const all = Buffer.concat(received.map(({ body }) => body)).toString("latin1");
    expect(all).toContain(result.route_id);
    expect(all).not.toContain("PROMPT-that-must-not-leave");
    expect(all).not.toContain(result.text.slice(0, 20));
  });

  it("answers as well when no collector is there, and is not held up by it", async () => {
    const { result } = await route({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
    expect(result.text).not.toBe("");
  });

  it("says which variable it cannot follow, and sends nothing without an endpoint", async () => {
    const { stderr } = await route({
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
    });
    expect(stderr).toContain("OTEL_EXPORTER_OTLP_PROTOCOL is neither http/protobuf nor http/json: no traces are sent");
    expect(readOtlpSettings({})).toEqual({ traces: null, metrics: null, problems: [] });
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" };
    expect(readOtlpSettings({ ...endpoint, OTEL_SDK_DISABLED: "true" })).toMatchObject({ traces: null, metrics: null });
    expect(readOtlpSettings({ ...endpoint, OTEL_TRACES_EXPORTER: "none" })).toMatchObject({
      traces: null,
      metrics: "http/protobuf",
    });
    expect(readOtlpSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: "ftp://secret@x" }).problems.join()).not.toContain("secret");
  });
});
