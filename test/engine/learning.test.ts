import Database from "better-sqlite3";
import { afterEach, describe, expect, it } from "vitest";
import type { RouteInput } from "../../src/core/contract.ts";
import type { Service } from "../../src/core/service.ts";
import { HERE } from "../cases/request.ts";
import { NOW_MS } from "../support/arbitraries.ts";
import { KEYS } from "../support/routed.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";
import { answers, scriptedProviders, type Step } from "../support/scripted-provider.ts";
import { virtualClock } from "../support/virtual-clock.ts";

const CHEAP = "claude-haiku-5-5";
const MIDDLE = "gemini-3.8-flash";
const BEST = "claude-opus-5-5";
const GOOD = answers("Signals tell trains when to stop.");
const WRONG = answers("Something else.");
const ASK = {
  task: "general",
  prompt: "What are railway signals for?",
  models: [CHEAP, MIDDLE, BEST],
  optimize: "cost",
  repair: false,
  max_output_tokens: 1000,
  budget_usd: 5,
  accept: [{ contains: ["trains"] }],
  deadline_ms: 60_000,
} satisfies RouteInput;

const open: SandboxService[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

interface World {
  readonly scripts: Readonly<Record<string, readonly (readonly Step[])[]>>;
  readonly config?: Record<string, unknown>;
  readonly random?: () => number;
  readonly shared?: string;
}

async function product({ scripts, config = {}, random = () => 0.5, shared }: World) {
  const clock = virtualClock(NOW_MS);
  const { create, calls } = scriptedProviders(scripts, clock);
  const deps = { clock, createProvider: create, verifier: HERE, random };
  const app = await sandboxService({ env: KEYS }, config, deps, shared ?? null);
  open.push(app);
  return { ...app, calls };
}

async function ask(service: Service, over: Partial<RouteInput> = {}) {
  const outcome = await service.route({ ...ASK, ...over }, { signal: new AbortController().signal });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

async function askOften(service: Service, times: number, over: Partial<RouteInput> = {}): Promise<void> {
  for (let index = 0; index < times; index += 1) await ask(service, over);
}

/** A script of so many calls, of which every n-th is wrong. */
const wrongEvery = (n: number): readonly (readonly Step[])[] =>
  Array.from({ length: 400 }, (_, index) => (index % n === n - 1 ? WRONG : GOOD));

describe("a request that optimizes cost", () => {
  it("takes the task's own order as long as nothing was learned, and says nothing of it", async () => {
    const { service } = await product({ scripts: { [CHEAP]: [GOOD] } });
    const { plan, notes } = await ask(service);
    expect(plan.order).toEqual([CHEAP, MIDDLE, BEST]);
    expect(notes).toEqual([]);
  });

  it("says that it stays with that order while there is too little to go by", async () => {
    const { service } = await product({ scripts: { [CHEAP]: [GOOD] } });
    await askOften(service, 12);
    const { plan, notes, route_id } = await ask(service);
    expect(plan.order).toEqual([CHEAP, MIDDLE, BEST]);
    expect(notes.join()).toMatch(
      /not enough evidence: staying with the task's own order; 1\d requests were seen, 30 are/,
    );
    const receipt = await service.receipt(route_id);
    expect(receipt.ok && receipt.value.notes.join()).toContain("not enough evidence");
  });

  it("no longer begins with a model whose answers failed, and shows what it stands on", async () => {
    const { service } = await product({ scripts: { [CHEAP]: [WRONG], [MIDDLE]: wrongEvery(20), [BEST]: [GOOD] } });
    await askOften(service, 60);
    const { plan, notes, attempts, route_id } = await ask(service);
    expect(plan.order[0]).toBe(MIDDLE);
    expect(attempts.map(({ model }) => model)).not.toContain(CHEAP);
    expect(notes.join()).toMatch(
      /planned by what was learned: gemini-3.8-flash.*% right.*taken with probability [01]\.\d+/,
    );
    const receipt = await service.receipt(route_id);
    expect(receipt.ok && receipt.value.plan_probability).toBe(0.98);
  });

  it("asks the model next that mends what the first got wrong, and not the one that fails with it", async () => {
    const middle = Array.from({ length: 400 }, () => WRONG);
    const scripts = { [CHEAP]: wrongEvery(4), [MIDDLE]: middle, [BEST]: [GOOD] };
    const { service } = await product({ scripts });
    await askOften(service, 160);
    for (let tries = 0; tries < 8; tries += 1) {
      const { attempts } = await ask(service);
      if (attempts.length === 1) continue;
      expect(attempts.map(({ model }) => model)).toEqual([CHEAP, BEST]);
      return;
    }
    throw new Error("the cheap model never failed");
  });

  it("learns from a ledger that an earlier process has written", async () => {
    const scripts = { [CHEAP]: [WRONG], [MIDDLE]: [GOOD], [BEST]: [GOOD] };
    const first = await product({ scripts });
    await askOften(first.service, 60);
    const second = await product({ scripts, shared: first.dbPath });
    expect((await ask(second.service)).plan.order[0]).toBe(MIDDLE);
  });

  it("leaves every other request as its task orders it", async () => {
    const { service } = await product({ scripts: { [CHEAP]: [WRONG], [MIDDLE]: [GOOD], [BEST]: [GOOD] } });
    await askOften(service, 60);
    const { optimize: _, ...usual } = ASK;
    const outcome = await service.route(usual, { signal: new AbortController().signal });
    expect(outcome.ok && outcome.value.plan.order).toEqual([CHEAP, MIDDLE, BEST]);
  });

  it("does not learn from what another principal asked", async () => {
    const { service } = await product({ scripts: { [CHEAP]: [WRONG], [MIDDLE]: [GOOD], [BEST]: [GOOD] } });
    await askOften(service.as("mallory"), 60);
    expect((await ask(service)).plan.order[0]).toBe(CHEAP);
    expect((await ask(service.as("alice"))).notes).not.toContain("planned");
    expect((await ask(service.as("mallory"))).plan.order[0]).toBe(MIDDLE);
  });

  it("goes on with the others when a model that was chosen fails without an answer", async () => {
    const broken: readonly (readonly Step[])[] = [...Array.from({ length: 60 }, () => GOOD), [{ fail: "auth" }]];
    const { service } = await product({ scripts: { [CHEAP]: [WRONG], [MIDDLE]: broken, [BEST]: [GOOD] } });
    await askOften(service, 60);
    const { attempts, status } = await ask(service);
    expect(attempts[0]).toMatchObject({ model: MIDDLE, outcome: "failed" });
    expect(status).toBe("accepted");
  });
});

describe("a repair, as a step of the plan", () => {
  /** Calls of the cheap model: these, again and again. */
  const inTurn = (...steps: readonly (readonly Step[])[]): readonly (readonly Step[])[] =>
    Array.from({ length: 600 }, (_, index) => steps[index % steps.length] ?? GOOD);
  const often = (times: number, step: readonly Step[]): readonly (readonly Step[])[] =>
    Array.from({ length: times }, () => step);
  /** Costs ten times as much a token. */
  const NEXT = "tenfold";
  const config = {
    models: [
      {
        id: NEXT,
        provider: "anthropic",
        wire_id: NEXT,
        context_tokens: 100_000,
        prices: { input_usd_per_mtok: 1, output_usd_per_mtok: 5 },
      },
    ],
  };
  const repairing = { repair: true, models: [CHEAP, NEXT] };

  /** Who answered the next request whose first answer was wrong, and as what. */
  async function wayOf(service: Service): Promise<readonly string[]> {
    for (let tries = 0; tries < 60; tries += 1) {
      const { attempts } = await ask(service, repairing);
      if (attempts.length > 1) return attempts.map(({ model, role }) => `${model} ${role}`);
    }
    throw new Error("the cheap model never failed");
  }

  it("is not taken where it never helped, although it is cheaper than the next model", async () => {
    // Wrong answers come in runs, so that a repair is wrong as well.
    const cheap = inTurn(...often(10, WRONG), ...often(30, GOOD));
    const { service } = await product({ scripts: { [CHEAP]: cheap, [NEXT]: [GOOD] }, config });
    expect((await wayOf(service)).slice(0, 2)).toEqual([`${CHEAP} answer`, `${CHEAP} repair`]);
    await askOften(service, 180, repairing);
    expect(await wayOf(service)).toEqual([`${CHEAP} answer`, `${NEXT} repair`]);
  });

  it("is taken where it helps", async () => {
    const cheap = inTurn(GOOD, WRONG, GOOD);
    const { service } = await product({ scripts: { [CHEAP]: cheap, [NEXT]: [GOOD] }, config });
    await askOften(service, 120, repairing);
    expect(await wayOf(service)).toEqual([`${CHEAP} answer`, `${CHEAP} repair`]);
  });
});

describe("other preferences", () => {
  const SLOW: readonly Step[] = [{ waitMs: 4000 }, ...GOOD];
  const FAST: readonly Step[] = [{ waitMs: 300 }, ...GOOD];

  /** Lets each model answer alone, so that each is known. */
  async function teach(service: Service): Promise<void> {
    for (const model of [CHEAP, MIDDLE, BEST]) await askOften(service, 40, { models: [model] });
    await ask(service);
  }

  it("optimizes latency by how long each model's answers took", async () => {
    const { service } = await product({ scripts: { [CHEAP]: [SLOW], [MIDDLE]: [FAST], [BEST]: [SLOW] } });
    await teach(service);
    expect((await ask(service)).plan.order[0]).toBe(CHEAP);
    const { plan, notes, attempts } = await ask(service, { optimize: "latency" });
    expect(notes.join()).toContain("planned by what was learned");
    expect(plan.order[0]).toBe(MIDDLE);
    expect(attempts[0]?.latency_ms).toBe(300);
  });

  it("optimizes quality by how often each model was right, whatever it costs", async () => {
    const scripts = { [CHEAP]: wrongEvery(3), [MIDDLE]: [GOOD], [BEST]: wrongEvery(2) };
    // Only a request that asks for something else than its task is planned so.
    const { service } = await product({ scripts, config: { tasks: [{ id: "general", optimize: "cost" }] } });
    await teach(service);
    expect((await ask(service)).plan.order[0]).not.toBe(MIDDLE);
    const { plan, notes } = await ask(service, { optimize: "quality" });
    expect(notes.join()).toContain("planned by what was learned");
    expect(plan.order[0]).toBe(MIDDLE);
  });
});

describe("what was spent on evidence", () => {
  it("is kept with the answer that it was bought about", async () => {
    const judgement = (score: number): readonly Step[] => answers(JSON.stringify({ defects: [], reason: "so", score }));
    const { service, dbPath } = await product({
      scripts: { [CHEAP]: [GOOD], [MIDDLE]: [GOOD], "gpt-6.2-sol": [judgement(0.1), judgement(0.95)] },
      config: { tasks: [{ id: "general", on_unchecked: "judge", judges: ["gpt-6.2-sol"] }] },
    });
    const { accept: _, ...input } = { ...ASK, models: [CHEAP, MIDDLE] };
    const outcome = await service.route(input, { signal: new AbortController().signal });
    const attempts = outcome.ok ? outcome.value.attempts : [];
    expect(attempts.map(({ role }) => role)).toEqual(["answer", "judge", "answer", "judge"]);
    const [first, firstJudge, second, secondJudge] = attempts.map(({ cost_usd: usd }) => Math.round(usd * 1e9));
    const file = new Database(dbPath, { readonly: true });
    const kept = file.prepare("SELECT answers FROM seen_requests").pluck().all().map(String);
    file.close();
    const costs = kept.map((each) => (JSON.parse(each) as number[][]).map(([, , cost, evidence]) => [cost, evidence]));
    expect(costs).toEqual([
      [
        [first, firstJudge],
        [second, secondJudge],
      ],
    ]);
  });
});

describe("what callers say later", () => {
  it("counts more than checks: a model whose accepted answers turn out wrong is not asked first any more", async () => {
    const { service } = await product({ scripts: { [CHEAP]: [GOOD], [MIDDLE]: [GOOD], [BEST]: [GOOD] } });
    await askOften(service, 40);
    expect((await ask(service)).plan.order[0]).toBe(CHEAP);
    for (let index = 0; index < 12; index += 1) {
      const { route_id, model } = await ask(service);
      await service.reportOutcome({ route_id, success: model !== CHEAP });
    }
    await ask(service);
    const { plan } = await ask(service);
    expect(plan.order[0]).toBe(BEST);
  });

  it("breaks the guarantee of the task, so that the best model is asked, until answers are right again", async () => {
    const { service } = await product({ scripts: { [CHEAP]: [GOOD], [MIDDLE]: [GOOD], [BEST]: [GOOD] } });
    await askOften(service, 40);
    const report = async (success: boolean, times: number): Promise<void> => {
      for (let index = 0; index < times; index += 1) {
        await service.reportOutcome({ route_id: (await ask(service)).route_id, success });
      }
    };
    await report(false, 12);
    await ask(service);
    expect((await ask(service)).notes.join()).toContain("too many accepted answers were wrong lately");
    await report(true, 30);
    await ask(service);
    expect((await ask(service)).notes.join()).not.toContain("too many accepted answers were wrong lately");
  });
});

describe("trying out other plans", () => {
  const scripts = { [CHEAP]: [GOOD], [MIDDLE]: [GOOD], [BEST]: [GOOD] };

  it("is rare, tells its probability, and ends when the day's dollars are spent", async () => {
    const config = { exploration: { share: 0.05, day_usd: 0.02 } };
    let draw = 0.9;
    const { service } = await product({ scripts, config, random: () => draw });
    await askOften(service, 60);
    const usual = await ask(service);
    expect(usual.plan.order[0]).toBe(CHEAP);
    expect(usual.notes.join()).toContain("taken with probability 0.9500");
    draw = 0;
    const firsts: string[] = [];
    for (let index = 0; index < 12; index += 1) {
      const { plan, notes, route_id } = await ask(service);
      firsts.push(plan.order[0] ?? "");
      if (plan.order[0] === CHEAP) continue;
      expect(notes.join()).toContain("trying out");
      const receipt = await service.receipt(route_id);
      expect(receipt.ok && receipt.value.plan_probability).toBeLessThanOrEqual(0.05);
    }
    expect(firsts[0]).not.toBe(CHEAP);
    expect(firsts.at(-1)).toBe(CHEAP);
  });

  it("stays within the day's dollars when many requests begin at the same moment", async () => {
    const triedOut = async (together: boolean): Promise<number> => {
      let draw = 0.9;
      const config = { exploration: { share: 0.05, day_usd: 0.02 }, outcome_share: 0 };
      const { service } = await product({ scripts, config, random: () => draw });
      await askOften(service, 60);
      draw = 0;
      const plans: (string | undefined)[] = [];
      const one = async (): Promise<void> => void plans.push((await ask(service)).plan.order[0]);
      if (together) await Promise.all(Array.from({ length: 12 }, one));
      else for (let index = 0; index < 12; index += 1) await one();
      return plans.filter((first) => first !== CHEAP).length;
    };
    const inTurn = await triedOut(false);
    expect(inTurn).toBeGreaterThan(0);
    expect(inTurn).toBeLessThan(12);
    expect(await triedOut(true)).toBe(inTurn);
  });

  it("never happens when the config allows no dollars", async () => {
    const { service } = await product({ scripts, config: { exploration: { day_usd: 0 } }, random: () => 0 });
    await askOften(service, 60);
    const { plan, notes } = await ask(service);
    expect(plan.order[0]).toBe(CHEAP);
    expect(notes.join()).toContain("taken with probability 1.0000");
  });
});

describe("an estimate", () => {
  const estimate = async (service: Service) => {
    const { task, prompt, models } = ASK;
    const outcome = await service.estimate({ task, prompt, models });
    if (!outcome.ok) throw new Error(outcome.error.message);
    return outcome.value.candidates.find(({ model }) => model === CHEAP);
  };

  it("stands on the task's prior, within a wide band, before anything was seen", async () => {
    const { service } = await product({ scripts: {} });
    const found = await estimate(service);
    expect(found?.estimate_method).toMatch(/^prior/);
    expect(found?.cost_usd_low).toBeLessThan(found?.cost_usd_expected ?? 0);
    expect(found?.cost_usd_high).toBeGreaterThan(found?.cost_usd_expected ?? 0);
  });

  it("stands on how long answers were, and on the input tokens that the vendor reported, afterwards", async () => {
    const { service } = await product({ scripts: { [CHEAP]: [GOOD] } });
    const before = await estimate(service);
    await askOften(service, 20);
    await ask(service);
    const after = await estimate(service);
    // The scripted vendor reports 100 tokens of input and 50 of output.
    expect(after?.estimate_method).toMatch(/^history of \d+ answers/);
    expect(after?.output_tokens_expected).toBeGreaterThanOrEqual(46);
    expect(after?.output_tokens_expected).toBeLessThanOrEqual(54);
    expect(Math.abs(Math.log((after?.input_tokens ?? 0) / 100))).toBeLessThan(
      Math.abs(Math.log((before?.input_tokens ?? 0) / 100)),
    );
    expect(after?.cost_usd_max).toBe(before?.cost_usd_max);
  });

  it("tells what a request is expected to cost by the plan that was learned", async () => {
    const { service } = await product({ scripts: { [CHEAP]: wrongEvery(4), [MIDDLE]: [GOOD], [BEST]: [GOOD] } });
    await askOften(service, 60);
    const estimated = await service.estimate(ASK);
    if (!estimated.ok) throw new Error(estimated.error.message);
    const { candidates, notes } = estimated.value;
    const alone = candidates.find(({ model }) => model === CHEAP)?.cost_usd_expected ?? 0;
    expect(alone).toBeGreaterThan(0);
    expect(notes.join()).toMatch(
      new RegExp(`planned by what was learned: ${CHEAP}: [67]\\d\\.\\d% right, \\$0\\.0000[34]\\d* a request expected`),
    );
  });
});
