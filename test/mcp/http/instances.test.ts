import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../src/app.ts";
import { DEFAULT_HTTP_SETTINGS, type HttpSettings } from "../../../src/core/http-settings.ts";
import { openLedger } from "../../../src/ledger/ledger.ts";
import { type RunningServer, startHttpServer } from "../../../src/mcp/http/server.ts";
import { type FakeService, fakeService, LONG_ANSWER } from "../../support/fake-service.ts";
import { freshPostgres, noPostgres } from "../../support/postgres.ts";
import { OFFLINE } from "../../support/station.ts";
import { startProxy } from "../../support/tcp-proxy.ts";
import { sandboxService } from "../../support/sandbox-service.ts";
import { modern, post } from "./support/raw.ts";

const TASKS = { extensions: { "io.modelcontextprotocol/tasks": {} } };

interface Instance {
  readonly url: URL;
  readonly service: FakeService;
  readonly server: RunningServer;
  readonly errors: readonly unknown[];
}

/** A server with a pool of its own, as one process among several would be. */
async function instance(
  ledgerUrl: string,
  settings: Partial<HttpSettings> = {},
  listen = false,
  busyTimeoutMs = 20_000,
): Promise<Instance> {
  const listenUrl = new URL(ledgerUrl);
  listenUrl.search = "";
  const ledger = openLedger({
    path: ledgerUrl,
    storeText: false,
    busyTimeoutMs,
    listenUrl: listen ? listenUrl.href : null,
  });
  const { shared } = ledger;
  if (shared === undefined) throw new Error("nothing is shared");
  const service = fakeService({ pause: () => delay(100) });
  const errors: unknown[] = [];
  const server = await startHttpServer(service, {
    version: "1.2.3",
    // What is kept in a process is kept by its clock.
    clock: { ...systemClock },
    shared,
    onError: (error) => errors.push(error),
    host: "127.0.0.1",
    port: 0,
    settings: { ...DEFAULT_HTTP_SETTINGS, drainMs: 0, ...settings },
  });
  onTestFinished(async () => {
    await server.stop();
    ledger.close();
  });
  return { url: new URL("/mcp", server.url), service, server, errors };
}

interface Answer {
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A request of the new era on a connection of its own: a load balancer sends the next one elsewhere. */
async function ask(
  url: URL,
  method: string,
  params: Record<string, unknown>,
  capabilities: Record<string, unknown> = {},
): Promise<Answer> {
  const { message, headers } = modern(method, params);
  message.params._meta["io.modelcontextprotocol/clientCapabilities"] = capabilities;
  const named = [params["taskId"], params["uri"]].find((value) => typeof value === "string");
  const name = typeof named === "string" ? { "mcp-name": named } : {};
  const response = await post(url, message, { ...headers, ...name });
  const text = await response.text();
  return JSON.parse(text.startsWith("{") ? text : (/^data: (.*)$/mu.exec(text)?.[1] ?? "{}")) as Answer;
}

const LONG_CALL = { name: "route_task", arguments: { task: "code", prompt: "wait", deadline_ms: 60_000 } };

describe.skipIf(noPostgres !== null)("two instances on one ledger", () => {
  test.each([false, true])("a task is polled and cancelled at the other one (listening: %s)", async (listen) => {
    const ledger = await freshPostgres();
    const [one, other] = await Promise.all([instance(ledger, {}, listen), instance(ledger, {}, listen)]);
    const made = await ask(one.url, "tools/call", LONG_CALL, TASKS);
    expect(made.result).toMatchObject({ resultType: "task", status: "working" });
    const params = { taskId: String(made.result?.["taskId"]) };
    await expect
      .poll(async () => (await ask(other.url, "tasks/get", params, TASKS)).result)
      .toMatchObject({ status: "working", statusMessage: expect.stringContaining("calling") });

    expect((await ask(other.url, "tasks/cancel", params, TASKS)).error).toBeUndefined();
    expect((await ask(other.url, "tasks/get", params, TASKS)).result).toMatchObject({ status: "cancelled" });
    await expect.poll(() => one.service.cancelledCalls()).toBe(1);
    expect((await ask(one.url, "tasks/get", params, TASKS)).result).toMatchObject({ status: "cancelled" });
    const unknown = await ask(other.url, "tasks/get", { taskId: "x".repeat(32) }, TASKS);
    expect(unknown.error).toMatchObject({ code: -32_602 });
  });

  test("what a task came to is read at the other one, and its id does not stand in the database", async () => {
    const ledger = await freshPostgres();
    const [one, other] = await Promise.all([instance(ledger), instance(ledger)]);
    const call = { name: "route_task", arguments: { task: "code", prompt: "stream", deadline_ms: 60_000 } };
    const made = await ask(one.url, "tools/call", call, TASKS);
    const taskId = String(made.result?.["taskId"]);
    expect(made.result).toMatchObject({ resultType: "task" });
    await expect
      .poll(async () => (await ask(other.url, "tasks/get", { taskId }, TASKS)).result)
      .toMatchObject({ status: "completed", result: { structuredContent: { text: "answer to stream" } } });
    const { client, schema } = await administrator(ledger);
    const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${schema}.shared_tasks t`);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(taskId);
  });

  test("a task that ends while the database is away is told as completed once it is back", async () => {
    const ledger = await freshPostgres();
    const proxy = await startProxy(Number(new URL(ledger).port));
    onTestFinished(() => proxy.close());
    const wired = new URL(ledger);
    wired.port = String(proxy.port);
    const [one, other] = await Promise.all([instance(wired.href, {}, false, 1000), instance(ledger)]);
    const call = { name: "route_task", arguments: { task: "code", prompt: "stream", deadline_ms: 60_000 } };
    const made = await ask(one.url, "tools/call", call, TASKS);
    const params = { taskId: String(made.result?.["taskId"]) };
    proxy.mode = "away";
    proxy.cut();
    await expect
      .poll(async () => (await ask(one.url, "tasks/get", params, TASKS)).result)
      .toMatchObject({ status: "completed" });
    expect((await ask(other.url, "tasks/get", params, TASKS)).result).toMatchObject({ status: "working" });
    proxy.mode = "pass";
    await expect
      .poll(async () => (await ask(other.url, "tasks/get", params, TASKS)).result)
      .toMatchObject({ status: "completed", result: { structuredContent: { text: "answer to stream" } } });
  });

  test("a task whose instance ended without a word is told as failed", async () => {
    const ledger = await freshPostgres();
    const [one, other] = await Promise.all([instance(ledger), instance(ledger)]);
    const made = await ask(one.url, "tools/call", LONG_CALL, TASKS);
    const params = { taskId: String(made.result?.["taskId"]) };
    const { client, schema } = await administrator(ledger);
    await expect
      .poll(async () => {
        await client.query(`UPDATE ${schema}.shared_tasks SET lease_until = now() - interval '1 second'`);
        return (await ask(other.url, "tasks/get", params, TASKS)).result;
      })
      .toMatchObject({ status: "failed", error: { message: expect.stringContaining("has ended") } });
  });

  test("the pages of a long answer are read at the other one, until they expire", async () => {
    const ledger = await freshPostgres();
    const [one, other] = await Promise.all([instance(ledger), instance(ledger)]);
    const call = { name: "route_task", arguments: { task: "code", prompt: "long" } };
    const { result } = await ask(one.url, "tools/call", call);
    expect(result?.["structuredContent"]).toMatchObject({ text_is_cut: true });
    const uri = "signalbox://answers/route-1";
    const read = await ask(other.url, "resources/read", { uri });
    expect(read.result).toMatchObject({ contents: [{ uri, text: LONG_ANSWER }] });
    const page = { name: "get_receipt", arguments: { route_id: "route-1", part: "answer", page: 2 } };
    expect((await ask(other.url, "tools/call", page)).result).toMatchObject({ structuredContent: { page: 2 } });

    const { client, schema } = await administrator(ledger);
    await client.query(`UPDATE ${schema}.shared_answers SET expires_at = now() - interval '1 second'`);
    expect((await ask(other.url, "resources/read", { uri })).error?.message).toContain("is not kept");
    await client.query(`SELECT ${schema}.sweep_shared('{}')`);
    expect((await client.query(`SELECT FROM ${schema}.shared_answers`)).rowCount).toBe(0);
  });

  test("a token has one share of requests at both", async () => {
    const ledger = await freshPostgres();
    const settings = { requestsPerMinute: 4 };
    const instances = await Promise.all([instance(ledger, settings), instance(ledger, settings)]);
    const statuses: number[] = [];
    for (let number = 0; number < 6; number += 1) {
      const { message, headers } = modern("tools/list");
      const response = await post((instances[number % 2] as Instance).url, message, headers);
      await response.text();
      statuses.push(response.status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
  });

  test("a call that runs behind a task ends before its instance does, and its result is read at the other", async () => {
    const ledger = await freshPostgres();
    const [one, other] = await Promise.all([instance(ledger, { drainMs: 20_000 }), instance(ledger)]);
    const made = await ask(one.url, "tools/call", LONG_CALL, TASKS);
    const params = { taskId: String(made.result?.["taskId"]) };
    const stopped = one.server.stop();
    await expect.poll(async () => (await fetch(new URL("/health", one.url))).status).toBe(503);
    const refused = await post(one.url, modern("tools/list").message, modern("tools/list").headers);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
    await ask(other.url, "tasks/cancel", params, TASKS);
    await stopped;
    expect(one.service.cancelledCalls()).toBe(1);
    expect((await ask(other.url, "tasks/get", params, TASKS)).result).toMatchObject({ status: "cancelled" });
  });

  test.each([false, true])(
    "changes made at one are told at the other, to whom they concern (listening: %s)",
    async (listen) => {
      const ledger = await freshPostgres();
      const plain = new URL(ledger);
      plain.search = "";
      const env = { ...OFFLINE, SIGNALBOX_DB: ledger, ...(listen ? { SIGNALBOX_DB_LISTEN: plain.href } : {}) };
      const apps = await Promise.all([0, 1].map(() => sandboxService({ env }, {}, {}, ledger)));
      onTestFinished(async () => {
        for (const app of apps) await app.close();
      });
      const [one, other] = apps.map(({ service }) => service);
      const heard: string[] = [];
      const stops = [
        other?.onChange(() => heard.push("owner")),
        other?.as("alice").onChange(() => heard.push("alice")),
        other?.as("bob").onChange(() => heard.push("bob")),
      ];
      await delay(listen ? 500 : 100);
      await one?.budget();
      await expect
        .poll(
          async () => {
            // Nobody answers there: it fails, and is recorded.
            await one
              ?.as("alice")
              .route({ task: "general", prompt: "x", deadline_ms: 200 }, { signal: new AbortController().signal });
            return heard;
          },
          { interval: 500 },
        )
        .toEqual(expect.arrayContaining(["owner", "alice"]));
      if (listen) expect(heard).not.toContain("bob");
      for (const stop of stops) stop?.();
    },
  );
});

describe("/ready", () => {
  test.skipIf(noPostgres !== null)(
    "is apart from /health: the database is away, then the server is to stop",
    async () => {
      const good = await instance(await freshPostgres(), { drainNoticeMs: 1500 });
      const status = async ({ url }: Instance, path: string): Promise<[number, unknown]> => {
        const response = await fetch(new URL(path, url));
        return [response.status, ((await response.json()) as { status: unknown }).status];
      };
      expect(await status(good, "/ready")).toEqual([200, "ready"]);
      const lost = await instance("postgres://nobody:secret@127.0.0.1:1/none");
      expect(await status(lost, "/health")).toEqual([200, "ok"]);
      expect(await status(lost, "/ready")).toEqual([503, "ledger_unavailable"]);

      // First it says that it is to stop, and takes calls all the same.
      const stopped = good.server.stop();
      expect(await status(good, "/health")).toEqual([503, "stopping"]);
      expect(await status(good, "/ready")).toEqual([503, "stopping"]);
      expect((await ask(good.url, "tools/list", {})).result).toBeDefined();
      await stopped;
      await expect(fetch(good.url)).rejects.toThrow();
    },
  );
});

async function administrator(ledger: string): Promise<{ readonly client: Client; readonly schema: string }> {
  const plain = new URL(ledger);
  const schema = plain.searchParams.get("schema") ?? "";
  plain.search = "";
  const client = new Client({ connectionString: plain.href });
  await client.connect();
  onTestFinished(() => client.end());
  return { client, schema };
}
