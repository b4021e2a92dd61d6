import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { HERE } from "../cases/request.ts";
import { systemClock } from "../../src/app.ts";
import { serveStdioServer } from "../../src/mcp/stdio.ts";
import { connectInMemory, type TestClient } from "../support/clients.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";

let sandbox: Sandbox;
let app: SandboxService;
let client: TestClient;
let answer = "42";
beforeAll(async () => {
  sandbox = await startSandbox({ answers: () => answer });
  app = await sandboxService(sandbox, { outcome_share: 1 }, { verifier: HERE });
  const options = { version: "0.0.0", clock: systemClock, onError: () => undefined };
  client = await connectInMemory("v2-modern", (end) => void serveStdioServer(app.service, options, end));
});
afterAll(async () => {
  await client.close();
  await app.close();
  await sandbox.close();
});

interface Routed extends Readonly<Record<string, unknown>> {
  readonly verdict: Readonly<Record<string, unknown>>;
}

let asked = 0;
async function route(args: Record<string, unknown> = {}): Promise<Routed> {
  asked += 1;
  const { structured, isError } = await client.callTool("route_task", {
    task: "general",
    prompt: `How many? (${asked})`,
    models: ["claude-haiku-5-5"],
    ...args,
  });
  const { verdict, ...others } = structured;
  return { ...others, isError, verdict: (verdict ?? {}) as Readonly<Record<string, unknown>> };
}

describe("through a client of the protocol", () => {
  it("agreement verifies after a hundred outcomes, with its record on the receipt", async () => {
    const agree = { on_unchecked: "agree", min_quality: 0.9 };
    for (let done = 0; done < 100; done += 1) {
      const { route_id, verdict, notes } = await route(agree);
      if (done === 0) {
        expect(verdict).toMatchObject({ status: "unchecked" });
        expect(JSON.stringify(notes)).toContain("report_outcome");
      }
      await client.callTool("report_outcome", { route_id, success: true });
    }
    let last = await route(agree);
    for (let tries = 0; tries < 100 && last.verdict["status"] !== "verified"; tries += 1) {
      await setTimeout(5);
      last = await route(agree);
    }
    expect(last.verdict).toMatchObject({ status: "verified", basis: "agreement" });
    const receipt = JSON.stringify(await client.readResource(String(last["receipt"])));
    expect(receipt).toContain("right on 100 of 100 answers so far");
    expect(JSON.stringify(await client.readResource("signalbox://metrics"))).toContain('"reported":100,"wrong":0');
  });

  it("a refused schema is told on the receipt, and the answer is checked against all of it", async () => {
    answer = '{"names": ["Ada"]}';
    const names = { type: "array", items: { type: "string", minLength: 1 }, maxItems: 1000 };
    const done = await route({
      models: ["gemini-3.8-flash"],
      response_schema: { type: "object", properties: { names }, required: ["names"] },
    });
    const receipt = JSON.stringify(await client.readResource(String(done["receipt"])));
    expect(receipt).toContain("was given the schema of its answer in the prompt alone: its vendor refused it");
    expect(receipt).toContain("matches the schema");
  });

  it("a schema that cannot be used is answered with one sentence, before anything is spent", async () => {
    const before = sandbox.calls.length;
    const { isError, error } = await route({
      response_schema: { type: "object", properties: { age: { type: "integr" } } },
    });
    expect(isError).toBe(true);
    expect(error).toMatchObject({
      code: "invalid_request",
      message:
        'response_schema is not a usable JSON Schema: "type" at /properties/age must be one of array, boolean, integer, null, number, object, string; it is "integr".',
    });
    expect(sandbox.calls).toHaveLength(before);
  });
});
