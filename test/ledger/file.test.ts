import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { getuid } from "node:process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MIGRATIONS } from "../../src/ledger/sqlite/migrations/index.ts";
import { NO_SPEND } from "../../src/ledger/common/spend.ts";
import { troubleOf } from "../../src/ledger/sqlite/db/sqlite-errors.ts";
import { dayLimit, NOON, requestEnd, requestRecord, reserveInput, routeOnce } from "./records.ts";
import { ledgerAt, rawDatabase, tempDir, tempPath } from "./support.ts";

const ALL = { since: null, until: null, groupBy: "day" } as const;
const unavailable = (message: RegExp) =>
  expect.objectContaining({ kind: "ledger_unavailable", message: expect.stringMatching(message) });

describe("a ledger that was never written", () => {
  it("touches nothing when opened, and answers every question without creating a file", async () => {
    const dir = tempDir();
    const path = join(dir, "deep", "ledger.sqlite");
    const ledger = ledgerAt(path);
    expect(await ledger.spend(ALL)).toEqual(NO_SPEND);
    expect(await ledger.metrics(null)).toEqual([]);
    expect(await ledger.route("r1")).toBeNull();
    expect(await ledger.recordOutcome("r1", true, null, NOON)).toBe(false);
    await ledger.renew(["a1"], NOON);
    expect(await ledger.recentRouteIds("", 5)).toEqual([]);
    expect(await ledger.recentDays("", 5)).toEqual([]);
    expect(await ledger.recent([dayLimit(7)], NOON)).toEqual({
      attempts: new Map(),
      budgets: [{ scope: { kind: "day" }, limitNanoUsd: 7, spentNanoUsd: 0, heldNanoUsd: 0, heldUntilMs: null }],
      outages: new Map(),
      latencies: new Map(),
    });
    expect(await ledger.health(true)).toEqual({
      path,
      schemaVersion: 0,
      requests: 0,
      sizeBytes: 0,
      integrity: "not created yet",
      looked: "whole",
    });
    expect(readdirSync(dir)).toEqual([]);
  });

  it("does not load the SQLite library until it is needed", () => {
    const script = new URL("workers/lazy.ts", import.meta.url).pathname;
    const { stdout, stderr } = spawnSync(process.execPath, [script, tempPath()], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(stdout).toBe("before: false, after: true\n");
  });

  it("makes its folder and file for the owner only, on the first write", async () => {
    const path = join(tempDir(), "a", "b", "ledger.sqlite");
    await ledgerAt(path).reserve(reserveInput("r1", "a1"));
    expect((statSync(join(path, "..")).mode & 0o777).toString(8)).toBe("700");
    for (const file of [path, `${path}-wal`, `${path}-shm`])
      expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
  });
});

describe("a ledger that others can read or write", () => {
  const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

  it.each([0o666, 0o644, 0o660, 0o601])(
    "is closed to them when it is ours, with the files beside it (mode %o)",
    async (mode) => {
      const path = tempPath();
      const before = ledgerAt(path);
      await routeOnce(before, "r1");
      for (const file of [path, `${path}-wal`, `${path}-shm`]) chmodSync(file, mode);
      const warnings: string[] = [];
      const ledger = ledgerAt(path, { warn: (message) => void warnings.push(message) });
      await routeOnce(ledger, "r2");
      for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(modeOf(file)).toBe("600");
      expect(warnings).toEqual([
        `the ledger ${path} could be read or written by other users (mode 0${mode.toString(8)}); now it is its owner's alone`,
      ]);
      expect(await ledger.recentRouteIds("", 5)).toEqual(["r2", "r1"]);
    },
  );

  it("is nothing to speak of when it is private", async () => {
    const path = tempPath();
    await routeOnce(ledgerAt(path), "r1");
    const warnings: string[] = [];
    await routeOnce(ledgerAt(path, { warn: (message) => void warnings.push(message) }), "r2");
    expect(warnings).toEqual([]);
  });

  it.skipIf(getuid?.() !== 0)("is left as it is when it belongs to another user, with a warning", async () => {
    const path = tempPath();
    const before = ledgerAt(path);
    await routeOnce(before, "r1");
    before.close();
    chownSync(path, 65_534, 65_534);
    chmodSync(path, 0o666);
    const warnings: string[] = [];
    await routeOnce(ledgerAt(path, { warn: (message) => void warnings.push(message) }), "r2");
    expect(modeOf(path)).toBe("666");
    expect(warnings).toEqual([
      expect.stringMatching(/by other users \(mode 0666\); its owner should close it: chmod 600/),
    ]);
  });
});

describe("a ledger file", () => {
  it("is all there for the next process", async () => {
    const path = tempPath();
    const first = ledgerAt(path);
    await routeOnce(first, "r1");
    first.close();
    const second = ledgerAt(path);
    expect((await second.spend(ALL)).totals.costNanoUsd).toBe(400);
    const health = await second.health(true);
    expect(health).toMatchObject({ path, schemaVersion: MIGRATIONS.length, requests: 1, integrity: "ok" });
    expect(health.sizeBytes).toBeGreaterThan(4096);
  });

  it("is made anew when it was deleted while in use, instead of writing to the deleted file", async () => {
    const path = tempPath();
    const ledger = ledgerAt(path);
    await routeOnce(ledger, "r1");
    for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
    // The path is looked at every 50 ms.
    await expect.poll(async () => (await ledger.spend(ALL)).totals.requests).toBe(0);
    expect(existsSync(path)).toBe(false);
    await routeOnce(ledger, "r2");
    expect(await ledgerAt(path).recentRouteIds("", 5)).toEqual(["r2"]);
  });

  it("may have a name that looks like a URI", async () => {
    const path = join(tempDir(), "file:ledger?mode=memory");
    await routeOnce(ledgerAt(path), "r1");
    expect(await ledgerAt(path).recentRouteIds("", 5)).toEqual(["r1"]);
  });

  it("is not used after close", async () => {
    const ledger = ledgerAt(tempPath());
    await routeOnce(ledger, "r1");
    ledger.close();
    ledger.close();
    await expect(ledger.spend(ALL)).rejects.toEqual(unavailable(/was closed/));
    await expect(ledger.reserve(reserveInput("r2", "a2"))).rejects.toEqual(unavailable(/was closed/));
  });
});

describe("trouble with the file", () => {
  const write = async (path: string): Promise<unknown> => ledgerAt(path).reserve(reserveInput("r1", "a1"));

  it("leaves a file alone that is no database", async () => {
    const path = tempPath();
    writeFileSync(path, "my precious notes, more than sixteen bytes of them\n".repeat(50));
    const before = readFileSync(path);
    await expect(write(path)).rejects.toEqual(unavailable(/ledger\.sqlite is not a SQLite database.*SIGNALBOX_DB/));
    await expect(ledgerAt(path).spend(ALL)).rejects.toEqual(unavailable(/not a SQLite database/));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("leaves a damaged ledger alone, and works again once it is repaired", async () => {
    const path = tempPath();
    const good = ledgerAt(path);
    for (let index = 0; index < 200; index += 1) await routeOnce(good, `r${index}`);
    good.close();
    const whole = readFileSync(path);
    const damaged = Buffer.from(whole);
    damaged.fill(0xa5, 4096);
    writeFileSync(path, damaged);
    const ledger = ledgerAt(path);
    await expect(ledger.reserve(reserveInput("new", "a1"))).rejects.toEqual(unavailable(/is damaged.*SIGNALBOX_DB/));
    await expect(ledger.finish(requestRecord("new"), requestEnd("new", null))).rejects.toEqual(unavailable(/damaged/));
    expect(readFileSync(path).equals(damaged)).toBe(true);
    writeFileSync(path, whole);
    expect(await ledger.reserve(reserveInput("new", "a1"))).toEqual({ ok: true });
    expect((await ledger.health(true)).integrity).toBe("ok");
  });

  it("says in its health what is wrong with a ledger that can still be opened", async () => {
    const path = tempPath();
    const good = ledgerAt(path);
    for (let index = 0; index < 200; index += 1) await routeOnce(good, `r${index}`);
    good.close();
    const bytes = readFileSync(path);
    for (const page of [1, 2, 3]) {
      const start = bytes.length - page * 4096;
      bytes.fill(0xa5, start + 100, start + 1000);
    }
    writeFileSync(path, bytes);
    const { integrity } = await ledgerAt(path).health(true);
    expect(integrity).toMatch(/^Tree \d+ page \d+/);
  });

  it("does not write to the database of another program", async () => {
    const path = tempPath();
    const other = rawDatabase(path);
    other.exec("CREATE TABLE recipes (title TEXT)");
    other.close();
    const before = readFileSync(path);
    await expect(write(path)).rejects.toEqual(unavailable(/another program/));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("does not write to the ledger of a newer Signalbox", async () => {
    const path = tempPath();
    const now = ledgerAt(path);
    await routeOnce(now, "r1");
    now.close();
    const later = rawDatabase(path);
    later.pragma("user_version = 99");
    later.pragma("wal_checkpoint(TRUNCATE)");
    later.close();
    const before = readFileSync(path);
    await expect(write(path)).rejects.toEqual(unavailable(/newer Signalbox \(its schema is 99.*update Signalbox/));
    await expect(ledgerAt(path).spend(ALL)).rejects.toEqual(unavailable(/newer Signalbox/));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("says that a path is a folder, or lies below a file", async () => {
    const dir = tempDir();
    writeFileSync(join(dir, "file"), "");
    await expect(write(dir)).rejects.toEqual(unavailable(/is a folder; set SIGNALBOX_DB to a file/));
    await expect(ledgerAt(dir).spend(ALL)).rejects.toEqual(unavailable(/is a folder/));
    await expect(write(join(dir, "file", "ledger.sqlite"))).rejects.toEqual(unavailable(/cannot be opened or created/));
    await expect(ledgerAt(join(dir, "file", "ledger.sqlite")).health(true)).rejects.toEqual(
      unavailable(/cannot be opened/),
    );
  });

  it("tries again with the next call", async () => {
    const dir = tempDir();
    const path = join(dir, "sub", "ledger.sqlite");
    writeFileSync(join(dir, "sub"), "in the way");
    const ledger = ledgerAt(path);
    await expect(ledger.reserve(reserveInput("r1", "a1"))).rejects.toEqual(unavailable(/cannot be opened/));
    renameSync(join(dir, "sub"), join(dir, "moved"));
    expect(await ledger.reserve(reserveInput("r1", "a1"))).toEqual({ ok: true });
  });

  it("waits no longer for a lock than it may, and recovers when the lock is gone", async () => {
    const path = tempPath();
    const ledger = ledgerAt(path, { busyTimeoutMs: 20 });
    await routeOnce(ledger, "r1");
    const other = rawDatabase(path);
    other.exec("BEGIN IMMEDIATE");
    await expect(ledger.reserve(reserveInput("r2", "a2"))).rejects.toEqual(unavailable(/locked by another process/));
    expect((await ledger.spend(ALL)).totals.requests).toBe(1);
    other.exec("ROLLBACK");
    expect(await ledger.reserve(reserveInput("r2", "a2"))).toEqual({ ok: true });
  });

  it("refuses a URL without repeating the password in it", async () => {
    const error: unknown = await write("mysql://me:secret@host/db").catch((reason: unknown) => reason);
    expect(error).toEqual(unavailable(/^mysql:\/\/ ledgers are not supported/));
    expect(String(error)).not.toContain("secret");
  });

  /** Runs as a user whom the file system may say no to: root it never does. */
  function asNobody(path: string): string {
    const script = new URL("workers/try.ts", import.meta.url).pathname;
    const user = getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    return spawnSync(process.execPath, [script, path], { encoding: "utf8", ...user }).stdout.trim();
  }

  it.skipIf(getuid === undefined)("says so when folder or file may not be written", async () => {
    const dir = tempDir();
    chmodSync(dir, 0o755);
    const path = join(dir, "ledger.sqlite");
    await routeOnce(ledgerAt(path), "r1");
    mkdirSync(join(dir, "closed"), { mode: 0o500 });
    for (const suffix of ["", "-wal", "-shm"]) chmodSync(path + suffix, 0o444);
    expect(asNobody(join(dir, "closed", "ledger.sqlite"))).toMatch(
      /^ledger_unavailable: .*may not be written.*SIGNALBOX_DB/,
    );
    expect(asNobody(path)).toMatch(/^ledger_unavailable: .*ledger\.sqlite may not be written/);
  });

  it("says so when the disk is full", () => {
    const full = troubleOf(
      Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" }),
      "/data/l.sqlite",
    );
    expect(full?.error).toEqual(
      unavailable(/^The ledger \/data\/l\.sqlite cannot grow, the disk is full; free some space/),
    );
    expect(full?.reopen).toBe(false);
  });

  it("takes nothing for trouble that is a bug of ours", () => {
    expect(troubleOf(new TypeError("x is not a function"), "l")).toBeNull();
    expect(troubleOf(Object.assign(new Error("UNIQUE"), { code: "SQLITE_CONSTRAINT_UNIQUE" }), "l")).toBeNull();
  });
});
