import { openSync, closeSync, statSync, writeSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { attemptRecord, NOON, requestEnd, reserveInput, routeOnce } from "./records.ts";
import { ledgerAt, rawDatabase, tempPath } from "./support.ts";

/** A ledger that is larger than what is looked at in passing: one receipt with a very long text. */
async function largeLedger(): Promise<string> {
  const path = tempPath();
  const ledger = ledgerAt(path);
  for (let index = 0; index < 3; index += 1) await routeOnce(ledger, `r${index}`);
  ledger.close();
  const db = rawDatabase(path);
  db.prepare("INSERT INTO texts (request, seq, text) VALUES (1, 0, ?)").run("x".repeat(70_000_000));
  db.close();
  return path;
}

describe("the health of a ledger", () => {
  it("counts stored requests without a look at them: what ended, less what was pruned, and what runs", async () => {
    const ledger = ledgerAt();
    for (let index = 0; index < 5; index += 1) await routeOnce(ledger, `r${index}`);
    await ledger.reserve(reserveInput("runs", "a1"));
    await ledger.reserve(reserveInput("runs", "a2"));
    expect((await ledger.health(false)).requests).toBe(6);
    const { signal } = new AbortController();
    await ledger.prune({ before: "2026-11-19", nowMs: NOON, vacuum: false, signal });
    expect((await ledger.health(false)).requests).toBe(1);
    await ledger.settle(attemptRecord("runs", "a1"), null);
    await ledger.settle(attemptRecord("runs", "a2"), requestEnd("runs", "a2"));
    expect((await ledger.health(false)).requests).toBe(1);
  });

  it("walks a small file as a whole, and a large one only on request", async () => {
    const small = tempPath();
    await routeOnce(ledgerAt(small), "r1");
    expect(await ledgerAt(small).health(false)).toMatchObject({ looked: "whole", integrity: "ok" });
    const path = await largeLedger();
    expect(await ledgerAt(path).health(false)).toMatchObject({ looked: "books", integrity: "ok", requests: 3 });
    expect(await ledgerAt(path).health(true)).toMatchObject({ looked: "whole", integrity: "ok" });
  });

  it("finds damage in the middle of a large file on request, while its totals are sound", async () => {
    const path = await largeLedger();
    const file = openSync(path, "r+");
    // A link of the chain of pages that hold the text: it leads nowhere now.
    writeSync(file, Buffer.alloc(4096, 0xff), 0, 4096, Math.floor(statSync(path).size / 2 / 4096) * 4096);
    closeSync(file);
    expect(await ledgerAt(path).health(false)).toMatchObject({ looked: "books", integrity: "ok" });
    expect((await ledgerAt(path).health(true)).integrity).not.toBe("ok");
  });
});
