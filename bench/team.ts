import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresPrograms, startPostgres } from "../test/support/postgres-server.ts";
import { runKillTest, CERTAIN_FAULTS } from "./kill/run.ts";
import { brokenPromises, killRows } from "./kill/report.ts";
import { conclude, printMarkdown } from "./markdown.ts";
import { seeded } from "./random.ts";
import { startDisturbed } from "./team/disturbed.ts";
import { brokenBooks, RATE_HEAD, rateRow, runInstances } from "./team/instances.ts";

/**
 * `npm run bench:team [seconds]`: 1, 2 and 4 processes on one ledger and one hot day budget, in Postgres and in SQLite; then processes that
 * are killed while the database is restarted and its connections are cut. Ends with 1 when a promise is broken.
 */
const FOR_MS = Number(process.argv[2] ?? 5) * 1000;
const IN_FLIGHT = 16;
const SEED = 4;
const programs = await postgresPrograms();
if (programs === null) throw new Error(`there is no Postgres server for ${process.platform}-${process.arch}`);
const folder = mkdtempSync(join(tmpdir(), "signalbox-team-"));
const broken: string[] = [];
const dir = (name: string): string => {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
};
try {
  chmodSync(folder, 0o755);
  const rows = [RATE_HEAD];
  const measure = async (
    name: string,
    addressOf: (instances: number) => string,
    what: "all" | "reserve" = "all",
  ): Promise<void> => {
    for (const instances of [1, 2, 4]) {
      const rates = await runInstances(addressOf(instances), instances, IN_FLIGHT, FOR_MS, what);
      rows.push(rateRow(name, rates));
      broken.push(...brokenBooks(name, rates));
      console.error(rows.at(-1)?.join("  "));
    }
  };
  const server = await startPostgres(programs, dir("rates"), []);
  for (const commit of ["on", "off"]) {
    const options = `options=${encodeURIComponent(`-c synchronous_commit=${commit}`)}`;
    const addressOf = (n: string): string => `${server.url}?schema=${commit}_${n}&${options}`;
    await measure(`Postgres, synchronous_commit ${commit}`, (n) => addressOf(`all_${n}`));
    await measure(`the same, reserve alone`, (n) => addressOf(`reserve_${n}`), "reserve");
  }
  await server.stop("order");
  await measure("SQLite", (n) => join(folder, `ledger-${n}.sqlite`));
  printMarkdown(
    `Requests a second: reserve, answered, settle; ${IN_FLIGHT} in flight in each process, one day budget`,
    rows,
  );

  const disturbed = await startDisturbed(programs, dir("killed"), [], seeded(SEED));
  const report = await runKillTest({
    seed: SEED,
    processes: 4,
    requests: 150,
    inFlight: 4,
    capUsd: 0.05,
    deadlineMs: 30_000,
    killAfter: { least: 6, most: 30, thenMs: 80 },
    sampleEveryMs: 100,
    roomMs: 300_000,
    latencyMs: 200,
    faultShare: 0.05,
    faults: CERTAIN_FAULTS,
    ledger: disturbed.ledger,
  });
  await disturbed.close();
  const { restarts, cuts } = disturbed.counts();
  printMarkdown("Processes that are killed, a database that is restarted, connections that are cut", [
    ...killRows(report),
    ["the database was ended as by a crash, and started again", String(restarts)],
    ["all connections were cut", String(cuts)],
  ]);
  broken.push(...brokenPromises(report), ...(restarts > 0 ? [] : ["the database was never restarted"]));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
conclude(broken);
