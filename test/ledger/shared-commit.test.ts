import { describe, expect, it, onTestFinished } from "vitest";
import { LedgerFile } from "../../src/ledger/sqlite/db/file.ts";
import { dayLimit, NOON, reserveInput } from "./records.ts";
import { ledgerAt, rawDatabase, tempPath } from "./support.ts";

/** A file that is open, with a table of its own, and another program that looks at it. */
async function openedFile(): Promise<{ file: LedgerFile; seen: () => readonly unknown[] }> {
  const path = tempPath();
  const file = new LedgerFile(path, 1000, () => undefined);
  onTestFinished(() => file.close());
  await file.write((connection) => connection.exec("CREATE TABLE lines (line TEXT)"));
  const other = rawDatabase(path);
  return { file, seen: () => other.prepare("SELECT line FROM lines ORDER BY rowid").pluck().all() };
}

describe("writes that come in the same turn of the event loop", () => {
  it("share one commit, and none has its result before it", async () => {
    const { file, seen } = await openedFile();
    const seenInside: unknown[] = [];
    const add = (line: string) =>
      file.write((connection) => {
        connection.run("INSERT INTO lines VALUES (?)", line);
        seenInside.push(seen());
      });
    const seenAfter = add("one").then(seen);
    await Promise.all([add("two"), add("three")]);
    expect(seenInside).toEqual([[], [], []]);
    expect(await seenAfter).toEqual(["one", "two", "three"]);
  });

  it("are each written or refused by themselves when one of them fails", async () => {
    const { file, seen } = await openedFile();
    const add = (line: string) =>
      file.write((connection) => {
        connection.run("INSERT INTO lines VALUES (?)", line);
        if (line === "bad") throw new Error("a bad line");
        return connection.names.id(line);
      });
    const results = await Promise.allSettled([add("one"), add("bad"), add("three")]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(results[1]).toMatchObject({ reason: { message: "a bad line" } });
    expect(seen()).toEqual(["one", "three"]);
    // A number that was rolled back is not remembered.
    expect(await file.read([], (connection) => connection.all("SELECT name FROM names WHERE name = 'bad'"))).toEqual(
      [],
    );
  });

  it("are all written, in their order, when there are many", async () => {
    const { file, seen } = await openedFile();
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
    await Promise.all(lines.map((line) => file.write((each) => each.run("INSERT INTO lines VALUES (?)", line))));
    expect(seen()).toEqual(lines);
  });

  it("are written when the file is closed before their commit", async () => {
    const { file, seen } = await openedFile();
    const late = file.write((connection) => connection.run("INSERT INTO lines VALUES ('late')"));
    file.close();
    expect(await late).toBe(1);
    expect(seen()).toEqual(["late"]);
  });

  it("never hold more than the budget together", async () => {
    const ledger = ledgerAt(tempPath());
    const asked = Array.from({ length: 10 }, (_, index) =>
      ledger.reserve(
        reserveInput(`r${index}`, `a${index}`, { amountNanoUsd: 30, limits: [dayLimit(100)], nowMs: NOON }),
      ),
    );
    expect((await Promise.all(asked)).filter(({ ok }) => ok)).toHaveLength(3);
  });
});
