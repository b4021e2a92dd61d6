import { createHash } from "node:crypto";
import { Client } from "pg";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openLedger } from "../../src/ledger/ledger.ts";
import { MIGRATIONS } from "../../src/ledger/postgres/migrations/index.ts";
import { freshPostgres, noPostgres } from "../support/postgres.ts";
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
  vi.restoreAllMocks();
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function ledgerAt(url: string): TestLedger {
  const ledger = openLedger({ path: url, storeText: false, busyTimeoutMs: 30_000 });
  cleanups.push(() => ledger.close());
  return ledger;
}

async function administrator(url: string): Promise<{ client: Client; schema: string }> {
  const plain = new URL(url);
  const schema = plain.searchParams.get("schema") ?? "";
  plain.search = "";
  const client = new Client({ connectionString: plain.href });
  await client.connect();
  cleanups.push(() => client.end());
  return { client, schema };
}

/** The steps of the schema, by their hashes. A new step adds a line; a line never changes once it was released. */
const RELEASED: readonly (readonly [title: string, hash: string])[] = [
  ["requests, attempts, reservations, sums", "8637d0c18540e8ce"],
  ["what requests have taught", "107a4ab38a93f987"],
  ["functions: sums and limits", "efdaae493aeaba38"],
  ["functions: attempts and requests", "c884c73b184d50f2"],
  ["functions: batches and dead leases", "3520452fdd56b005"],
  ["functions: reserve, hold, renew, answered", "afbb7e7855de962a"],
  ["functions: settle, finish", "d899adba0c9d0786"],
  ["notices that were sent", "a42158016627d037"],
  ["the caller's saving, kept answers", "6fc8e367008f4fd2"],
  ["what instances share", "fd8a5c7cd0275494"],
  ["locks of this schema alone", "1c3072f32bece675"],
];

describe("the migrations of Postgres", () => {
  it("are append only", () => {
    const hashed = MIGRATIONS.map(({ title, sql }) => [
      title,
      createHash("sha256").update(sql).digest("hex").slice(0, 16),
    ]);
    expect(hashed).toEqual(RELEASED);
  });
});

describe.skipIf(noPostgres !== null)("a ledger in Postgres", () => {
  it("grants exactly what a limit allows, however many instances ask at once", async () => {
    const url = await freshPostgres();
    const instances = Array.from({ length: 4 }, () => ledgerAt(url));
    const limits = [dayLimit(50_000), { scope: { kind: "month" }, limitNanoUsd: 1e9 } as const];
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const ledger = instances[index % instances.length] ?? ledgerAt(url);
        return ledger.reserve(reserveInput(`r${index}`, `a${index}`, { limits }));
      }),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(50);
    const [budget] = (await ledgerAt(url).recent(limits, NOON)).budgets;
    expect(budget).toMatchObject({ spentNanoUsd: 0, heldNanoUsd: 50_000 });
    expect(await ledgerAt(url).health(true)).toMatchObject({ requests: 50, integrity: "ok" });
  });

  it("keeps to a provider's limits over all instances", async () => {
    const url = await freshPostgres();
    const instances = Array.from({ length: 4 }, () => ledgerAt(url));
    const room = { concurrency: 3, requestsPerMinute: 5 };
    const ask = (round: string): Promise<readonly { readonly ok: boolean }[]> =>
      Promise.all(
        instances.flatMap((ledger, i) =>
          [0, 1].map((n) => ledger.reserve(reserveInput(`${round}${i}${n}`, `${round}${i}${n}`, { room }))),
        ),
      );
    const first = await ask("x");
    expect(first.filter(({ ok }) => ok)).toHaveLength(3);
    for (const i of [0, 1, 2, 3]) for (const n of [0, 1]) await instances[0]?.answered(`x${i}${n}`, 0);
    expect((await ask("y")).filter(({ ok }) => ok)).toHaveLength(2);
  });

  it("is not held up by a request of the same name in another ledger of the database", async () => {
    const [url, other] = [await freshPostgres(), await freshPostgres()];
    await routeOnce(ledgerAt(other), "r1");
    const { client, schema } = await administrator(other);
    await client.query("BEGIN");
    await client.query(`SELECT ${schema}.lock_route('r1')`);

    const ledger = ledgerAt(url);
    await ledger.reserve(reserveInput("r1", "a1"));
    await ledger.reserve(reserveInput("next", "a2", { nowMs: NOON + 2 * LEASE_MS }));
    expect((await ledger.route("r1"))?.end?.status).toBe("failed");
  });

  it("is made once by all who come first", async () => {
    const url = await freshPostgres();
    await Promise.all(Array.from({ length: 5 }, (_, index) => routeOnce(ledgerAt(url), `r${index}`)));
    expect(await ledgerAt(url).health(true)).toMatchObject({
      requests: 5,
      schemaVersion: MIGRATIONS.length,
      integrity: "ok",
    });
  });

  it("takes one message for a reservation, one for the end of a call, one for a settlement", async () => {
    const ledger = ledgerAt(await freshPostgres());
    await routeOnce(ledger, "r0");
    const sent = vi.spyOn(Client.prototype, "query");
    await ledger.reserve(reserveInput("r1", "a1", { limits: [dayLimit(1e9)] }));
    expect(sent).toHaveBeenCalledTimes(1);
    await ledger.answered("a1", 500);
    expect(sent).toHaveBeenCalledTimes(2);
    await ledger.settle(attemptRecord("r1", "a1"), requestEnd("r1", "a1"));
    expect(sent).toHaveBeenCalledTimes(3);
    await ledger.recent([dayLimit(1e9)], NOON);
    expect(sent).toHaveBeenCalledTimes(4);
  });

  it("leaves nothing behind in a session: no setting, no lock, no prepared name", async () => {
    const url = (await freshPostgres()).replace("connections=4", "connections=1");
    const ledger = ledgerAt(url);
    await routeOnce(ledger, "r0");
    await ledger.spend({ since: null, until: null, groupBy: "day" });
    const { client } = await administrator(url);
    // Another user of the same session finds it as it was.
    const sent = vi.spyOn(Client.prototype, "query");
    await ledger.outages(NOON);
    const [session] = sent.mock.contexts as unknown as Client[];
    sent.mockRestore();
    const state = await session?.query(
      `SELECT current_setting('statement_timeout') AS timeout, current_setting('synchronous_commit') AS commit,
         (SELECT count(*)::int FROM pg_prepared_statements) AS prepared,
         (SELECT count(*)::int FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory') AS locks`,
    );
    const fresh = await client.query(
      "SELECT current_setting('statement_timeout') AS timeout, current_setting('synchronous_commit') AS commit, 0 AS prepared, 0 AS locks",
    );
    expect(state?.rows).toEqual(fresh.rows);
  });

  it("works for a role that may not change the schema", async () => {
    const url = await freshPostgres();
    await routeOnce(ledgerAt(url), "r0");
    const { client, schema } = await administrator(url);
    const role = `app_${schema}`;
    await client.query(
      `CREATE ROLE ${role} LOGIN; GRANT USAGE ON SCHEMA ${schema} TO ${role};
       GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`,
    );
    const ledger = ledgerAt(url.replace("postgres@", `${role}@`));
    await routeOnce(ledger, "r1");
    expect(await ledger.recordOutcome("r1", true, null, NOON)).toBe(true);
    await ledger.prune({ before: "2026-11-19", nowMs: NOON, vacuum: false, signal: new AbortController().signal });
    expect(await ledger.health(true)).toMatchObject({ requests: 0, integrity: "ok" });
  });

  it("finds books that are wrong", async () => {
    const url = await freshPostgres();
    const ledger = ledgerAt(url);
    await routeOnce(ledger, "r0");
    const { client, schema } = await administrator(url);
    await client.query(
      `UPDATE ${schema}.spend_sums SET held_nano_usd = held_nano_usd + 1 WHERE dimension = 0 AND principal = ''`,
    );
    expect((await ledger.health(false)).integrity).toContain("what is held differs");
  });

  it("counts what attempts have taught into the statistics once it is much, and says the same before and after", async () => {
    const url = await freshPostgres();
    const ledger = ledgerAt(url);
    const lesson = { failedBefore: [], inputTokensEstimated: 100 };
    for (let index = 0; index < 210; index += 1) {
      const id = `r${index}`;
      await ledger.reserve(reserveInput(id, id));
      await ledger.settle(attemptRecord(id, id), requestEnd(id, id), undefined, lesson);
    }
    const before = await ledger.learned(null, "planning", 0);
    const { client, schema } = await administrator(url);
    const left = async (): Promise<number> =>
      (await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${schema}.lesson_events`)).rows[0]?.n ?? -1;
    expect(await left()).toBe(0);
    expect(await ledger.learned(null, "planning", 0)).toEqual(before);
    expect(before).toMatchObject({ revision: 210, statistics: [{ task: "planning", model: "alpha", basis: "tests" }] });
  });
});
