import { expect, test } from "vitest";
import type { CheckRequest } from "../../src/verify/run-check.ts";
import { WarmUp } from "../../src/verify/warm-up.ts";
import { dueChecks } from "../../src/verify/due-checks.ts";
import type { Subject } from "../../src/checks/kit/check.ts";
import { CHECKS } from "../../src/verify/registry.ts";
import { request, subject, taskWith } from "./subject.ts";

interface Ran {
  readonly checks: readonly string[];
  readonly text: string;
}

/** Threads that only note what they are to run, and a clock that stands still. */
function world() {
  const ran: Ran[] = [];
  const clock = { nowMs: 0 };
  const run = async (requests: readonly CheckRequest[], { text }: Subject) => {
    ran.push({ checks: requests.map(({ check }) => check), text });
    return requests.map(() => null);
  };
  const warmUp = new WarmUp({ run, close: async () => {} }, () => clock.nowMs);
  const begin = (names: readonly string[], prompt = "Do it."): void => {
    const due = dueChecks(request({ task: taskWith(names.map((check) => ({ check }))) }), []);
    warmUp.begin(due, subject("", { prompt }), null);
  };
  return { ran, clock, warmUp, begin };
}

test("the checks of a task with a compiler run on an answer of our own before the answer is there", () => {
  const { ran, begin } = world();
  begin(["gas"]);
  expect(ran).toEqual([{ checks: ["gas"], text: expect.stringContaining("contract Warm") as string }]);
});

test("a task without heavy checks warms nothing", () => {
  const { ran, begin } = world();
  begin(["labels", "values"]);
  expect(ran).toEqual([]);
});

test("what ran a moment ago is warm; after a while it is not", () => {
  const { ran, clock, begin, warmUp } = world();
  begin(["solidity"]);
  begin(["solidity"]);
  expect(ran).toHaveLength(1);
  clock.nowMs = 30_000;
  warmUp.ran(dueChecks(request({ task: taskWith([{ check: "solidity" }]) }), []));
  clock.nowMs = 60_000;
  begin(["solidity"]);
  expect(ran).toHaveLength(1);
  clock.nowMs = 80_000;
  begin(["solidity"]);
  expect(ran).toHaveLength(2);
});

test("code is warmed in the language that the prompt names", () => {
  const { ran, begin } = world();
  begin(["code"], "Write a Python function.");
  begin(["code_examples"], "Write a function.");
  expect(ran.map(({ text }) => text.slice(0, 9))).toEqual(["```python", "```js\nfun"]);
});

test("on our own answers the checks load their parts: each comes to its end, gas by running both contracts", async () => {
  for (const name of ["solidity", "gas", "page", "code"]) {
    const { ran, begin } = world();
    const prompt = name === "gas" ? "```solidity\npragma solidity ^0.8.20;\ncontract Warm {}\n```" : "Do it.";
    begin([name], prompt);
    const outcome = await CHECKS.get(name)?.run(subject(ran[0]?.text ?? "", { prompt }), new AbortController().signal);
    const facts = outcome?.findings.filter(({ certainty }) => certainty === "fact") ?? [];
    expect([name, facts.map(({ rule }) => rule)]).toEqual([name, name === "gas" ? ["gas/saving"] : []]);
    expect(outcome?.unmade).toBeUndefined();
  }
});
