import "better-sqlite3";
import { beforeAll, describe, expect, it } from "vitest";
import { answers, USAGE } from "../support/scripted-provider.ts";
import { FIRST, rolesOf, run, SECOND, warmUp, type Setup } from "../support/routed.ts";

beforeAll(warmUp);

const SCHEMA = { type: "object", properties: { signals: { type: "integer" } }, required: ["signals"] };
const WRONG = '{"signals": "many"}';
const RIGHT = '{"signals": 4}';
/** The second of the two costs half as much as the first. */
const CHEAP_FIRST = [SECOND, FIRST];

function ask(scripts: Setup["scripts"], input: Setup["input"] = {}, config: Setup["config"] = {}) {
  return run({ scripts, input: { response_schema: SCHEMA, models: CHEAP_FIRST, ...input }, config });
}

describe("repair", () => {
  it("gives the same model one turn with its answer and the findings when that is cheaper than the next one", async () => {
    const done = await ask({ [SECOND]: [answers(WRONG), answers(RIGHT)] });
    expect(rolesOf(done)).toEqual([`${SECOND} answer rejected`, `${SECOND} repair accepted`]);
    expect(done.outcome).toMatchObject({ ok: true, value: { status: "accepted", text: RIGHT } });
    const second = done.wire[1]?.user ?? "";
    expect(second.startsWith(done.wire[0]?.user ?? "never")).toBe(true);
    expect(second).toContain(WRONG);
    expect(second).toContain("/signals must be integer");
  });

  it("gives the findings to the next model when that is the cheaper way", async () => {
    const done = await ask({ [FIRST]: [answers(WRONG)], [SECOND]: [answers(RIGHT)] }, { models: [FIRST, SECOND] });
    expect(rolesOf(done)).toEqual([`${FIRST} answer rejected`, `${SECOND} repair accepted`]);
    expect(done.wire[1]?.user).toContain("/signals must be integer");
  });

  it("does not let a model repair twice, and passes its last findings on", async () => {
    const still = '{"signals": null}';
    const done = await ask({ [SECOND]: [answers(WRONG), answers(still)], [FIRST]: [answers(RIGHT)] });
    expect(rolesOf(done)).toEqual([
      `${SECOND} answer rejected`,
      `${SECOND} repair rejected`,
      `${FIRST} repair accepted`,
    ]);
    expect(done.wire[2]?.user).toContain(still);
    expect(done.wire[2]?.user).not.toContain(WRONG);
  });

  it("keeps the findings for the model that comes after one that failed", async () => {
    const done = await ask(
      { [FIRST]: [answers(WRONG)], [SECOND]: [[{ fail: "overloaded" }]], "gpt-6-luna": [answers(RIGHT)] },
      { models: [FIRST, SECOND, "gpt-6-luna"] },
    );
    expect(rolesOf(done)).toEqual([
      `${FIRST} answer rejected`,
      `${SECOND} repair failed`,
      "gpt-6-luna repair accepted",
    ]);
    expect(done.wire[2]?.user).toContain(WRONG);
  });

  it("asks the last model again when no other is left", async () => {
    const done = await ask({ [FIRST]: [answers(WRONG), answers(RIGHT)] }, { models: [FIRST] });
    expect(rolesOf(done)).toEqual([`${FIRST} answer rejected`, `${FIRST} repair accepted`]);
  });

  it("returns the better of the two answers when the repaired one fails as well", async () => {
    const done = await ask({ [FIRST]: [answers(WRONG), answers("sorry, no JSON")] }, { models: [FIRST] });
    expect(done.outcome).toMatchObject({ ok: true, value: { status: "below_quality" } });
  });

  it("does not begin a turn that the deadline would cut off", async () => {
    const slow = [{ waitMs: 5500 }, ...answers(WRONG)];
    const done = await ask({ [FIRST]: [slow] }, { models: [FIRST], deadline_ms: 10_000 });
    expect(rolesOf(done)).toEqual([`${FIRST} answer rejected`]);
    expect(done.tookMs).toBeLessThan(10_000);
  });

  it("does not begin a turn that the budget of the call cannot pay", async () => {
    const dear = [{ report: { ...USAGE, outputTokens: 3700 } }, ...answers(WRONG)];
    const done = await ask({ "llama-3.3-70b": [dear] }, { models: ["llama-3.3-70b"], budget_usd: 0.0035 });
    expect(rolesOf(done)).toEqual(["llama-3.3-70b answer rejected"]);
    expect(done.outcome).toMatchObject({ ok: true, value: { status: "below_quality", text: WRONG } });
  });

  it("is off when the request says so: the next model starts afresh", async () => {
    const done = await ask({ [SECOND]: [answers(WRONG)], [FIRST]: [answers(RIGHT)] }, { repair: false });
    expect(rolesOf(done)).toEqual([`${SECOND} answer rejected`, `${FIRST} answer accepted`]);
    expect(done.wire[1]?.user).not.toContain(WRONG);
  });

  it("has no turn for an answer that failed without a concrete error", async () => {
    const refused = answers("I'm sorry, but I can't help with that.");
    const done = await run({ scripts: { [SECOND]: [refused], [FIRST]: [refused] }, input: { models: CHEAP_FIRST } });
    expect(rolesOf(done)).toEqual([`${SECOND} answer rejected`, `${FIRST} answer rejected`]);
  });

  it("counts every turn: spend and receipt agree with the answer", async () => {
    const done = await ask({ [SECOND]: [answers(WRONG), answers(RIGHT)] });
    if (!done.outcome.ok || done.receipt?.ok !== true || !done.spend.ok) throw new Error("should be there");
    expect(done.receipt.value["attempts"]).toMatchObject([
      { role: "answer", outcome: "rejected" },
      { role: "repair", outcome: "accepted", returned: true },
    ]);
    expect(done.receipt.value["cost_usd"]).toBe(done.outcome.value.cost_usd);
    expect(done.spend.value.totals.cost_usd).toBe(done.outcome.value.cost_usd);
  });
});
