import "better-sqlite3";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { UNKNOWN_USAGE } from "../../src/core/usage.ts";
import { FIRST, GOOD, SECOND, warmUp } from "../support/routed.ts";
import { answers, type Step } from "../support/scripted-provider.ts";
import { OFFLINE, station, whoOf, type Scripts, type Station } from "../support/station.ts";

beforeAll(warmUp);

let open: Station | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

async function started(scripts: Scripts): Promise<Station> {
  open = await station(scripts);
  return open;
}

const SECOND_ANSWERS = { [SECOND]: [answers("Another answer.")] };
const [HEAD, TAIL] = [GOOD.slice(0, 20), GOOD.slice(20)];
const long = { deadline_ms: 120_000 };
/** The vendor tells no usage. */
const UNTOLD: Step = { report: UNKNOWN_USAGE };
const stop: Step = { finish: "stop" };

async function routed(scripts: readonly Step[], config: Record<string, unknown> = {}) {
  const yard = await started({ [FIRST]: [scripts], ...SECOND_ANSWERS });
  const outcome = await (await yard.open({ config })).route(long);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return { ...outcome.value, elapsedMs: yard.clock.elapsedMs() };
}

describe("silence", () => {
  it("before the first text ends nothing, whatever came before it", async () => {
    expect(await routed([{ think: "hm" }, { waitMs: 30_000 }, ...answers(GOOD)])).toMatchObject({
      model: FIRST,
      text: GOOD,
    });
  });

  it("within the text is none while bytes arrive", async () => {
    const comments = Array.from({ length: 6 }, (): Step[] => [{ waitMs: 5000 }, "bytes"]).flat();
    const value = await routed([{ say: HEAD }, ...comments, { say: TAIL }, stop]);
    expect(value).toMatchObject({ model: FIRST, text: GOOD });
  });

  it("within the text ends the call after ten seconds", async () => {
    const value = await routed([{ say: HEAD }, "hang"]);
    expect(value).toMatchObject({ model: SECOND, attempts: [{ error_kind: "timeout" }, {}] });
    expect(value.elapsedMs).toBeLessThan(11_000);
  });

  it("lasts as long as the config lets the model be silent", async () => {
    const script: readonly Step[] = [{ say: HEAD }, { waitMs: 15_000 }, { say: TAIL }, stop];
    const models = (silenceMs: number) => ({ models: [{ id: FIRST, silence_ms: silenceMs }] });
    expect(await routed(script, models(20_000))).toMatchObject({ model: FIRST, text: GOOD });
    await open?.close();
    const impatient = await routed(script, models(1000));
    expect(impatient.model).toBe(SECOND);
    expect(impatient.elapsedMs).toBeLessThan(2500);
  });
});

describe("a finish", () => {
  it("that text follows is none: a second later the call still goes on", async () => {
    const pieces = Array.from(GOOD.match(/.{1,20}/gs) ?? []).flatMap((say): Step[] => [{ say }, stop, { waitMs: 900 }]);
    expect(await routed([UNTOLD, ...pieces])).toMatchObject({ model: FIRST, text: GOOD });
  });

  it("right behind the first piece is not believed before its usage or the end of the stream confirms it", async () => {
    const first: readonly Step[] = [UNTOLD, { say: HEAD }, stop];
    expect(await routed([...first, { waitMs: 5000 }, { say: TAIL }, stop])).toMatchObject({ model: FIRST, text: GOOD });
    await open?.close();
    expect(await routed([...first, "hang"])).toMatchObject({
      model: SECOND,
      attempts: [{ error_kind: "timeout" }, {}],
    });
    await open?.close();
    expect(await routed([UNTOLD, ...answers(GOOD)])).toMatchObject({ model: FIRST, text: GOOD });
    await open?.close();
    expect(await routed([...answers(GOOD), "hang"])).toMatchObject({ model: FIRST, text: GOOD });
  });

  it("and a usage with every piece do not make the first piece the answer", async () => {
    const pieces = Array.from(GOOD.match(/.{1,40}/gs) ?? []).flatMap((say): Step[] => [
      { say },
      stop,
      { waitMs: 1500 },
    ]);
    expect(await routed(pieces)).toMatchObject({ model: FIRST, text: GOOD });
  });

  it("before any text ends nothing", async () => {
    const script: readonly Step[] = [
      UNTOLD,
      stop,
      { waitMs: 8000 },
      { say: HEAD },
      { waitMs: 2000 },
      { say: TAIL },
      stop,
    ];
    expect(await routed(script)).toMatchObject({ model: FIRST, text: GOOD });
  });

  it("that text has followed is not believed when the vendor then falls silent", async () => {
    const value = await routed([UNTOLD, { say: HEAD }, stop, { say: "and more" }, stop, "hang"]);
    expect(value).toMatchObject({ model: SECOND, attempts: [{ error_kind: "timeout" }, {}] });
  });

  it("other than a stop ends the call without text", async () => {
    const value = await routed([UNTOLD, { finish: "refusal" }, "hang"]);
    expect(value).toMatchObject({ model: SECOND, attempts: [{ error_kind: "refusal" }, {}] });
    expect(value.elapsedMs).toBeLessThan(2500);
  });
});

describe("a local model that is loaded on demand", () => {
  const LOCAL = "local-model";
  const provider = { kind: "openai_compatible", base_url: "http://127.0.0.1:9/v1" };
  const config = (loadsMs: number) => ({
    providers: { local: provider },
    models: [
      {
        id: LOCAL,
        provider: "local",
        context_tokens: 100_000,
        prices: { input_usd_per_mtok: 0, output_usd_per_mtok: 0 },
        loads_ms: loadsMs,
      },
    ],
  });
  const route = async (yard: Station, loadsMs: number, deadlineMs = 30_000) =>
    (await yard.open({ config: config(loadsMs), env: OFFLINE })).route({
      models: [LOCAL, SECOND, FIRST],
      deadline_ms: deadlineMs,
    });
  const callsOf = (yard: Station, model: string): number => yard.calls.filter((call) => call.model.id === model).length;
  const loading: readonly Step[] = [{ waitMs: 14_000 }, ...answers(GOOD)];

  it("is waited for as long as its loads_ms allows, and no paid one is asked", async () => {
    const yard = await started({ [LOCAL]: [loading], ...SECOND_ANSWERS, [FIRST]: [answers(GOOD)] });
    expect(whoOf(await route(yard, 20_000))).toBe(LOCAL);
    expect(callsOf(yard, SECOND)).toBe(0);
  });

  it("leaves the others their least, however long it may take", async () => {
    const yard = await started({
      [LOCAL]: [["hang"]],
      [SECOND]: [[{ waitMs: 2500 }, ...answers(GOOD)]],
      [FIRST]: [answers(GOOD)],
    });
    expect(whoOf(await route(yard, 100_000))).toBe(SECOND);
    expect(yard.clock.elapsedMs()).toBeLessThan(30_000);
  });

  it("whose answers are usually fast is still waited for when it has been unloaded", async () => {
    const fast = Array.from({ length: 10 }, () => [{ waitMs: 1000 }, ...answers(GOOD)] as readonly Step[]);
    const yard = await started({ [LOCAL]: [...fast, loading], ...SECOND_ANSWERS, [FIRST]: [answers(GOOD)] });
    for (let at = 0; at < 10; at += 1) await route(yard, 20_000);
    expect(whoOf(await route(yard, 20_000, 60_000))).toBe(LOCAL);
    expect(callsOf(yard, SECOND)).toBe(0);
  });
});
