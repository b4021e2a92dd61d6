import { Client } from "pg";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/app.ts";
import { openLedger } from "../../src/ledger/ledger.ts";
import { HERE } from "../cases/request.ts";
import { freshPostgres, noPostgres } from "../support/postgres.ts";
import { FIRST, GOOD, KEYS, SECOND, warmUp } from "../support/routed.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";
import { answers, scriptedProviders, type Step } from "../support/scripted-provider.ts";
import { startProxy, type TcpProxy } from "../support/tcp-proxy.ts";
import {
  attemptRecord,
  dayLimit,
  LEASE_MS,
  NOON,
  requestEnd,
  reserveInput,
  routeOnce,
  type TestLedger,
} from "./records.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Site {
  /** Of the database itself. */
  readonly url: string;
  /** Of the same, behind a wire that can break. */
  readonly wired: string;
  readonly schema: string;
  readonly proxy: TcpProxy;
}

async function site(): Promise<Site> {
  const url = await freshPostgres();
  const { port, searchParams } = new URL(url);
  const proxy = await startProxy(Number(port));
  cleanups.push(() => proxy.close());
  const wired = new URL(url);
  wired.port = String(proxy.port);
  return { url, wired: wired.href, schema: searchParams.get("schema") ?? "", proxy };
}

function ledgerAt(url: string, busyTimeoutMs?: number): TestLedger {
  const ledger = openLedger({ path: url, storeText: false, ...(busyTimeoutMs === undefined ? {} : { busyTimeoutMs }) });
  cleanups.push(() => ledger.close());
  return ledger;
}

async function run(url: string, sql: string): Promise<void> {
  const plain = new URL(url);
  plain.search = "";
  const client = new Client({ connectionString: plain.href });
  await client.connect();
  await client.query(sql);
  await client.end();
}

const DAY = dayLimit(1e12);
async function dayOf(ledger: TestLedger, nowMs = NOON): Promise<{ spent: number; held: number }> {
  const [budget] = (await ledger.recent([DAY], nowMs)).budgets;
  return { spent: budget?.spentNanoUsd ?? -1, held: budget?.heldNanoUsd ?? -1 };
}

const ROOMY = 10_000;

describe.skipIf(noPostgres !== null)("a connection to Postgres that breaks", () => {
  it("before the answer comes: the reservation is made once, and the settlement counts once", async () => {
    const { url, wired, proxy } = await site();
    const ledger = ledgerAt(wired, ROOMY);
    await routeOnce(ledger, "r0");
    for (const write of [
      () => ledger.reserve(reserveInput("r1", "a1")),
      () => ledger.answered("a1", 600),
      () => ledger.settle(attemptRecord("r1", "a1"), requestEnd("r1", "a1")),
      () => ledger.recordOutcome("r1", true, null, NOON),
    ]) {
      proxy.mode = "mute";
      const seen = proxy.answers;
      const written = write();
      // The database has done it, and its answer is lost.
      await expect.poll(() => proxy.answers).toBeGreaterThan(seen);
      proxy.mode = "pass";
      await written;
    }
    const direct = ledgerAt(url);
    expect(await dayOf(direct)).toEqual({ spent: 800, held: 0 });
    expect((await direct.metrics(null))[0]).toMatchObject({ attempts: 2, accepted: 2, reportedSuccess: 1 });
    expect(await direct.health(true)).toMatchObject({ requests: 2, integrity: "ok" });
  });

  it("while it is idle: the next call takes another one", async () => {
    const { wired, proxy } = await site();
    const ledger = ledgerAt(wired, ROOMY);
    await routeOnce(ledger, "r0");
    proxy.cut();
    await routeOnce(ledger, "r1");
    expect(await dayOf(ledger)).toEqual({ spent: 800, held: 0 });
  });

  it("for too long: what may have been reserved is taken back, and nothing is booked for it", async () => {
    const { url, wired, proxy } = await site();
    const ledger = ledgerAt(wired);
    await routeOnce(ledger, "r0");
    proxy.mode = "mute";
    const refused = await ledger.reserve(reserveInput("r1", "a1")).catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: "ledger_unavailable", retryAfterMs: expect.any(Number) });
    const direct = ledgerAt(url, ROOMY);
    expect(await dayOf(direct)).toEqual({ spent: 400, held: 1000 });
    proxy.mode = "pass";
    await expect.poll(() => dayOf(direct)).toEqual({ spent: 400, held: 0 });
    // No sweep finds it either.
    expect(await dayOf(direct, NOON + 2 * LEASE_MS)).toEqual({ spent: 400, held: 0 });
  });

  it("and is asked for again: what is reserved by then stays", async () => {
    const { url, wired, proxy } = await site();
    const ledger = ledgerAt(wired);
    await routeOnce(ledger, "r0");
    proxy.mode = "mute";
    await expect(ledger.reserve(reserveInput("r1", "a1"))).rejects.toMatchObject({ kind: "ledger_unavailable" });
    proxy.mode = "pass";
    expect(await ledger.reserve(reserveInput("r1", "a1"))).toEqual({ ok: true });
    await systemClock.sleep(2500, new AbortController().signal);
    expect(await dayOf(ledgerAt(url, ROOMY))).toEqual({ spent: 400, held: 1000 });
  });
});

describe.skipIf(noPostgres !== null)("a database in Postgres", () => {
  const SECRET = "hunter2-hunter2";

  it.each<[string, (site: Site) => Promise<string>, RegExp, boolean]>([
    ["is away", async ({ wired, proxy }) => ((proxy.mode = "away"), wired), /cannot be reached/, true],
    ["hangs", async ({ wired, proxy }) => ((proxy.mode = "hang"), wired), /did not answer in time/, true],
    [
      "only lets itself be read",
      async ({ url }) => `${url}&options=-c%20default_transaction_read_only%3Don`,
      /only lets itself be read/,
      true,
    ],
    [
      "is full",
      async ({ url, schema }) => {
        await run(
          url,
          `CREATE FUNCTION ${schema}.no_space() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
           CREATE TRIGGER no_space BEFORE INSERT ON ${schema}.reservations EXECUTE FUNCTION ${schema}.no_space()`,
        );
        return url;
      },
      /disk or memory is full/,
      true,
    ],
    [
      "is locked by another",
      async ({ url, schema }) => {
        const plain = new URL(url);
        plain.search = "";
        const client = new Client({ connectionString: plain.href });
        await client.connect();
        await client.query(`BEGIN; LOCK TABLE ${schema}.reservations`);
        cleanups.push(() => client.end());
        return url;
      },
      /did not answer in time/,
      true,
    ],
    [
      "gives this user no rights",
      async ({ url }) => {
        await run(
          url,
          "DO $$ BEGIN CREATE ROLE without_rights LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
        );
        return url.replace("postgres@", "without_rights@");
      },
      /does not let this user do that/,
      false,
    ],
    [
      "is not there",
      async ({ url }) => url.replace("/postgres?", "/nowhere?"),
      /check user, password and database/,
      false,
    ],
    ["has no TLS", async ({ url }) => `${url}&sslmode=verify-full`, /cannot be reached over TLS/, false],
    [
      "is of a newer Signalbox",
      async ({ url, schema }) => {
        await run(url, `INSERT INTO ${schema}.migrations (version) VALUES (999)`);
        return url;
      },
      /written by a newer Signalbox/,
      false,
    ],
  ])("that %s: no reservation, and no word of the password", async (_case, broken, message, passes) => {
    const there = await site();
    await routeOnce(ledgerAt(there.url, ROOMY), "r0");
    const address = new URL(await broken(there));
    address.password = SECRET;
    const startMs = performance.now();
    const error = await ledgerAt(address.href)
      .reserve(reserveInput("r1", "a1"))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: "ledger_unavailable", message: expect.stringMatching(message) });
    expect((error as { retryAfterMs?: number }).retryAfterMs !== undefined).toBe(passes);
    expect(String(error)).not.toContain(SECRET);
    expect(performance.now() - startMs).toBeLessThan(20_000);
    expect(
      await dayOf(ledgerAt(there.url.replace(/without_rights@/, "postgres@"), ROOMY)).catch(() => null),
    ).not.toMatchObject({
      held: 1000,
    });
  });

  it("that ends all connections (a failover): the next call finds it again", async () => {
    const { url } = await site();
    const ledger = ledgerAt(url, ROOMY);
    await routeOnce(ledger, "r0");
    await run(
      url,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'signalbox' AND pid <> pg_backend_pid()",
    );
    await routeOnce(ledger, "r1");
    expect(await dayOf(ledger)).toEqual({ spent: 800, held: 0 });
  });

  it("takes texts that it has no room for: NUL and halves of characters", async () => {
    const { url } = await site();
    const ledger = openLedger({ path: url, storeText: true, busyTimeoutMs: ROOMY });
    cleanups.push(() => ledger.close());
    await routeOnce(ledger, "r0", { attempt: { text: "a\0b\uD800c" } });
    await ledger.recordOutcome("r0", false, "no\0te", NOON);
    const route = await ledger.route("r0");
    expect(route?.attempts[0]?.text).toBe("a\uFFFDb\uFFFDc");
    expect(route?.outcome?.note).toBe("no\uFFFDte");
  });
});

beforeAll(warmUp);

describe.skipIf(noPostgres !== null)("a request whose database", () => {
  const CONFIG = { budgets: { day_usd: 10 } };
  const INPUT = { task: "general", prompt: "What are railway signals for?", models: [FIRST] };
  const { signal } = new AbortController();

  async function started(script: readonly (readonly Step[])[]) {
    const there = await site();
    await routeOnce(ledgerAt(there.url, ROOMY), "r0");
    const { create, calls } = scriptedProviders({ [FIRST]: script, [SECOND]: [answers(GOOD)] }, systemClock);
    const app: SandboxService = await sandboxService(
      { env: KEYS },
      CONFIG,
      { createProvider: create, verifier: HERE },
      there.wired,
    );
    cleanups.push(() => app.close());
    return { ...there, app, calls };
  }

  it("is away makes no call, and says when to come again", async () => {
    const { app, calls, proxy } = await started([answers(GOOD)]);
    proxy.mode = "away";
    const outcome = await app.service.route({ ...INPUT, deadline_ms: 1500 }, { signal });
    if (outcome.ok) throw new Error("should fail");
    expect(outcome.error).toMatchObject({ code: "ledger_unavailable", cost_usd: 0, attempts: [] });
    expect(outcome.error.retry_after_ms).toBeGreaterThan(0);
    expect(calls).toEqual([]);
  });

  it("comes back in time is answered", async () => {
    const { app, proxy } = await started([answers(GOOD)]);
    proxy.mode = "away";
    const outcome = app.service.route({ ...INPUT, deadline_ms: 20_000 }, { signal });
    await systemClock.sleep(1500, signal);
    proxy.mode = "pass";
    expect(await outcome).toMatchObject({ ok: true, value: { text: GOOD } });
  });

  it("goes away while the model answers gets the answer, and it is settled later", async () => {
    const slow: readonly Step[] = [{ say: GOOD }, { waitMs: 1500 }, { finish: "stop" }];
    const { app, calls, proxy, url } = await started([slow]);
    const routed = app.service.route({ ...INPUT, deadline_ms: 20_000 }, { signal });
    await expect.poll(() => calls.length, { timeout: 10_000 }).toBe(1);
    proxy.mode = "away";
    proxy.cut();
    const outcome = await routed;
    if (!outcome.ok) throw new Error(outcome.error.message);
    expect(outcome.value.text).toBe(GOOD);
    expect(JSON.stringify(outcome.value.notes)).toContain("recorded later");
    const direct = ledgerAt(url, ROOMY);
    expect((await dayOf(direct, Date.now())).held).toBeGreaterThan(0);
    proxy.mode = "pass";
    await expect.poll(() => direct.route(outcome.value.route_id).then((route) => route?.end?.status)).toBe("accepted");
    expect((await dayOf(direct, Date.now())).held).toBe(0);
  });

  /** Makes a write fail as a database does that is full, or that became a standby. */
  const failing = async ({ url, schema }: Site, code: string, text: string): Promise<() => Promise<void>> => {
    await run(
      url,
      `CREATE FUNCTION ${schema}.refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE '${text}' USING ERRCODE = '${code}'; END $$;
       CREATE TRIGGER refuse BEFORE INSERT ON ${schema}.attempts EXECUTE FUNCTION ${schema}.refuse()`,
    );
    return () => run(url, `DROP TRIGGER refuse ON ${schema}.attempts`);
  };

  it.each<[string, (there: Site) => Promise<() => void | Promise<void>>]>([
    ["is full", (there) => failing(there, "53100", "could not extend file: No space left on device")],
    [
      "only lets itself be read",
      (there) => failing(there, "25006", "cannot execute INSERT in a read-only transaction"),
    ],
    [
      "answers nothing",
      async ({ proxy }) => {
        proxy.mode = "hang";
        return () => {
          proxy.mode = "pass";
          proxy.cut();
        };
      },
    ],
  ])("%s when the answer is there gets it, and settles it once that has passed", async (_case, breakIt) => {
    const slow: readonly Step[] = [{ say: GOOD }, { waitMs: 1500 }, { finish: "stop" }];
    const { app, calls, ...there } = await started([slow]);
    const routed = app.service.route({ ...INPUT, deadline_ms: 20_000 }, { signal });
    await expect.poll(() => calls.length, { timeout: 10_000 }).toBe(1);
    const mend = await breakIt(there);
    const outcome = await routed;
    if (!outcome.ok) throw new Error(outcome.error.message);
    expect(outcome.value.text).toBe(GOOD);
    const direct = ledgerAt(there.url, ROOMY);
    // Its money stays held until then: nobody else can spend it.
    expect((await dayOf(direct, Date.now())).held).toBeGreaterThan(0);
    await mend();
    await expect.poll(() => direct.route(outcome.value.route_id).then((route) => route?.end?.status)).toBe("accepted");
    const { spent, held } = await dayOf(direct, Date.now());
    expect(held).toBe(0);
    expect(spent).toBe(Math.round(outcome.value.cost_usd * 1e9));
  });
});
