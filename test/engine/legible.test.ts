import { beforeAll, expect, test } from "vitest";
import type { Verifier } from "../../src/core/ports.ts";
import { verdictOf } from "../../src/core/verdict.ts";
import { answers, type Step } from "../support/scripted-provider.ts";
import { attemptsOf, FIRST, GOOD, run, SECOND, warmUp } from "../support/routed.ts";

beforeAll(warmUp);

const STEERED = `\u001B]0;pwned\u0007Signals\u001B[31m tell\u001B[0m \u202Etrains\u202C when\u200B to\r\nstop.`;
const SHOWN = "Signals tell trains when to\nstop.";

/** Takes what it is given, and remembers it. */
function seeing(): Verifier & { readonly seen: string[] } {
  const seen: string[] = [];
  return {
    seen,
    verify: async (text) => {
      seen.push(text);
      return verdictOf([{ name: "text", passed: false, detail: "bad", findings: [], evidence: [] }], 0);
    },
    close: async () => undefined,
  };
}

test("what is checked is what is returned and what the receipt keeps: the text that a reader sees", async () => {
  const verifier = seeing();
  const { outcome, receipt } = await run({
    scripts: { [FIRST]: [answers(STEERED)] },
    input: { models: [FIRST] },
    config: { privacy: { store_text: true } },
    verifier,
  });
  expect(verifier.seen).toEqual([SHOWN]);
  expect(outcome).toMatchObject({ ok: true, value: { text: SHOWN } });
  expect(receipt).toMatchObject({ ok: true, value: { attempts: [{ text: SHOWN }] } });
});

test("a sequence that comes in two chunks is one sequence", async () => {
  const chunks: readonly Step[] = [
    { say: "Signals tell trains \u001B" },
    { say: "[8mwhen to stop." },
    { finish: "stop" },
  ];
  const { outcome } = await run({ scripts: { [FIRST]: [chunks] }, input: { models: [FIRST] } });
  expect(outcome).toMatchObject({ ok: true, value: { text: "Signals tell trains when to stop." } });
});

test("an answer of nothing that can be seen is empty", async () => {
  const ran = await run({ scripts: { [FIRST]: [answers("\u200B\u2060\u001B[2J\uFEFF")], [SECOND]: [answers(GOOD)] } });
  expect(attemptsOf(ran)).toEqual([`${FIRST} failed empty`, `${SECOND} accepted`]);
});
