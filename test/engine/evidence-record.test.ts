import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { HERE } from "../cases/request.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";

let sandbox: Sandbox;
let app: SandboxService;
beforeEach(async () => {
  sandbox = await startSandbox({ answers: () => "42" });
  app = await sandboxService(sandbox, { outcome_share: 0 }, { verifier: HERE });
});
afterEach(async () => {
  await app.close();
  await sandbox.close();
});

const signal = new AbortController().signal;
let asked = 0;

/** One request whose answer another vendor's model agrees with. */
async function route(service = app.service, minQuality = 0.9) {
  asked += 1;
  const outcome = await service.route(
    {
      task: "general",
      prompt: `How many? (${asked})`,
      models: ["claude-haiku-5-5"],
      on_unchecked: "agree",
      min_quality: minQuality,
    },
    { signal },
  );
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

async function report(success: boolean, times: number, service = app.service): Promise<void> {
  for (let done = 0; done < times; done += 1) {
    const { route_id } = await route(service);
    await service.reportOutcome({ route_id, success });
  }
}

/** The verdict of the first request that knows of these words: what was learned is read again beside the requests. */
async function once(words: string, service = app.service, minQuality?: number) {
  let { verdict } = await route(service, minQuality);
  for (let tries = 0; tries < 100 && !verdict.summary.includes(words); tries += 1) {
    await setTimeout(5);
    ({ verdict } = await route(service, minQuality));
  }
  expect(verdict.summary).toContain(words);
  return verdict;
}

describe("agreement of two models", () => {
  it("verifies once callers have confirmed a hundred such answers, and no longer when they say otherwise", async () => {
    expect((await route()).verdict).toMatchObject({ status: "unchecked", basis: null });
    await report(true, 99);
    expect(await once("right on 99 of 99")).toMatchObject({ status: "unchecked" });
    await report(true, 1);
    expect(await once("right on 100 of 100")).toMatchObject({ status: "verified", basis: "agreement", score: 1 });
    // More is asked for than a hundred words can show.
    expect(await once("right on 100 of 100", app.service, 0.99)).toMatchObject({ status: "unchecked" });
    await report(false, 20);
    expect(await once("right on 100 of 120")).toMatchObject({ status: "unchecked" });
  });

  it("is as right as it was of late: what was wrong long ago does not reject an answer", async () => {
    await report(false, 60);
    await report(true, 140);
    // 0.70 of all, and 0.79 of late.
    const verdict = await once("right on 140 of 200", app.service, 0.72);
    expect(verdict).toMatchObject({ status: "verified", basis: "agreement" });
    expect(verdict.score).toBeCloseTo(0.8, 1);
  });

  it("is measured for each principal alone", async () => {
    await report(true, 100);
    expect(await once("right on 100 of 100")).toMatchObject({ status: "verified" });
    const other = app.service.as("other");
    await route(other);
    expect(await once("not measured yet", other)).toMatchObject({ status: "unchecked" });
  });

  it("counts the last word about an answer, once", async () => {
    await report(true, 99);
    const { route_id } = await route();
    for (const success of [true, false, false]) await app.service.reportOutcome({ route_id, success });
    await once("right on 99 of 100");
  });
});

describe("outcomes", () => {
  const ask = async (draw: number, share?: number): Promise<readonly string[]> => {
    const config = share === undefined ? {} : { outcome_share: share };
    const own = await sandboxService(sandbox, config, { verifier: HERE, random: () => draw });
    const { notes } = await route(own.service);
    await own.close();
    return notes.filter((note) => note.includes("report_outcome"));
  };

  it("are asked for on a random share of the answers", async () => {
    expect(await ask(0.019)).toHaveLength(1);
    expect(await ask(0.02)).toHaveLength(0);
    expect(await ask(0, 0)).toHaveLength(0);
    expect(await ask(0.5, 0.6)).toHaveLength(1);
  });

  it("show the record of what answers stood on, with its interval and its bias", async () => {
    await report(true, 9);
    await report(false, 1);
    const metrics = await app.service.metrics(null);
    if (!metrics.ok) throw new Error(metrics.error.message);
    const { checks } = metrics.value;
    expect(checks?.rows).toEqual([
      {
        task: "general",
        basis: null,
        reported: 10,
        wrong: 1,
        wrong_share_low: expect.closeTo(0.0179, 4) as number,
        wrong_share_high: expect.closeTo(0.4042, 4) as number,
      },
    ]);
    expect(checks?.note).toContain("mostly those that went wrong");
    const other = await app.service.as("other").metrics(null);
    expect(other.ok && other.value.checks).toBeUndefined();
  });
});
