import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, it, vi } from "vitest";
import { unmade, type CheckOutcome } from "../../src/checks/kit/check.ts";
import type { CheckRunner } from "../../src/verify/run-check.ts";
import { schemaChecker } from "../../src/verify/schema-checker.ts";
import { workerPool } from "../../src/verify/worker-pool/pool.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { sandboxService } from "../support/sandbox-service.ts";

const TABLE = new URL("../../src/verify/schema-table.ts", import.meta.url).href;
const pool = workerPool({ table: TABLE, maxThreads: 1 });
afterAll(() => pool.close());

const tiny = (index: number): Record<string, unknown> => ({ type: "object", properties: { [`k${index}`]: {} } });

interface Counted extends CheckRunner {
  readonly jobs: number[];
}

/** Counts how many schemas it is given in each job. */
function counting(answer: () => CheckOutcome = () => ({ findings: [], evidence: [] })): Counted {
  const jobs: number[] = [];
  return {
    jobs,
    run: async (requests) => {
      jobs.push(requests.length);
      return requests.map(answer);
    },
    close: async () => undefined,
  };
}

describe("the schemas of requests", () => {
  it("are compiled once by content, all of a request's in one job", async () => {
    const runner = counting();
    const problems = schemaChecker(runner);
    const fifty = (): Record<string, unknown>[] => Array.from({ length: 50 }, (_, index) => tiny(index));
    // A batch of 100 tasks with 50 schemas each: 50 of the 5,000 are compiled.
    for (let task = 0; task < 100; task += 1) await problems(fifty(), 1000, null);
    expect(runner.jobs).toEqual([50]);
    await problems([tiny(0), tiny(50), tiny(50)], 1000, null);
    expect(runner.jobs).toEqual([50, 1]);
  });

  it("are compiled again when there was no time to learn anything", async () => {
    const runner = counting(() => unmade("no time"));
    const problems = schemaChecker(runner);
    expect(await problems([tiny(1)], 1, null)).toEqual(["it could not be compiled: no time"]);
    await problems([tiny(1)], 1000, null);
    expect(runner.jobs).toEqual([1, 1]);
  });

  it("never reach a thread when they are too long, or no JSON", async () => {
    const runner = counting();
    const endless: Record<string, unknown> = {};
    endless["self"] = endless;
    const [long, circle] = await schemaChecker(runner)([{ x: "x".repeat(200_001) }, endless], 1000, null);
    expect(long).toMatch(/at most 200000 are accepted/);
    expect(circle).toMatch(/not JSON/);
    expect(runner.jobs).toEqual([]);
  });

  it("are each told what is wrong with them", async () => {
    const found = await schemaChecker(pool)(
      [tiny(1), { type: "objekt" }, { $ref: "file:///etc/passwd" }, { $ref: "https://localhost/x" }, tiny(2)],
      10_000,
      null,
    );
    expect(found.map((each) => each === null)).toEqual([true, false, false, false, true]);
    expect(found[2]).toMatch(/only references within it/);
    expect(found[3]).toMatch(/only references within it/);
  });

  it("have prototypes of no consequence", async () => {
    const sly = JSON.parse('{"properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}}}') as object;
    const [problem] = await schemaChecker(pool)([{ ...sly }], 10_000, null);
    expect(problem).toBeNull();
    expect(({} as Record<string, unknown>)["type"]).toBeUndefined();
  });
});

describe("a service that is asked what a request would cost", () => {
  it("compiles no schema in the thread that serves requests", async () => {
    const compile = vi.spyOn(Ajv2020.prototype, "compile");
    const sandbox = await startSandbox();
    const app = await sandboxService(sandbox);
    const accept = Array.from({ length: 20 }, (_, index) => ({ json_schema: tiny(index) }));
    const ask = (schema: object) =>
      app.service.estimate({ task: "extraction", prompt: "Extract it: a", accept, response_schema: { ...schema } });
    expect((await ask(tiny(20))).ok).toBe(true);
    const refused = await ask({ type: "objekt" });
    expect(JSON.stringify(refused)).toContain("response_schema is not a usable JSON Schema");
    expect(compile).not.toHaveBeenCalled();
    await app.close();
    await sandbox.close();
  });
});
