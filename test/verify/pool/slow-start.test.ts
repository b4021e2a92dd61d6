import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { workerPool } from "../../../src/verify/worker-pool/pool.ts";
import { subject } from "../subject.ts";

/** Under what the thread needs to start, so that the first ones come to nothing; each waits before it asks again. */
const PATIENCE_MS = 300;
const ASKED = 8;

const pool = workerPool({ table: new URL("./slow-table.ts", import.meta.url).href, maxThreads: 1 });
afterAll(() => pool.close());

describe("a thread that is still starting", () => {
  it("is not ended by those who give up on it: it is ready for a later one", async () => {
    const made: boolean[] = [];
    for (let asked = 0; asked < ASKED; asked += 1) {
      const [ran] = await pool.run(
        [{ check: "fine", criterion: null }],
        subject("text"),
        AbortSignal.timeout(PATIENCE_MS),
        null,
      );
      made.push(ran?.looked === "fine");
      await wait(PATIENCE_MS);
    }
    expect(made.at(-1)).toBe(true);
  });
});
