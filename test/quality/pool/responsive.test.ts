import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, describe, expect, it } from "vitest";
import { createVerifier } from "../../../src/quality/verifier.ts";
import { request, taskWith } from "../subject.ts";

const SIZE = 400_000;
const MOST_MS = 50;
/** Others use this machine too: what blocks the loop does so every time. */
const TRIES = 4;
const verifier = createVerifier();
const task = taskWith(
  ["solidity_parses", "markup_parses", "audit_structure", "plan_structure"].map((check) => ({ check, weight: 0.2 })),
);

afterAll(() => verifier.close());

async function longestStopMs(text: string): Promise<number> {
  const responseSchema = { type: "object", patternProperties: { "^(a+)+$": { type: "string" } } };
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const asked = request({ task, responseSchema });
  delay.enable();
  const verdict = await verifier.verify(text, asked, AbortSignal.timeout(1_500));
  delay.disable();
  // A table that cannot be read would leave the loop alone too, and prove nothing.
  expect(verdict.checks.map(({ detail }) => detail).join("\n")).not.toMatch(/its thread|cannot be (?:used|loaded)/);
  return delay.max / 1e6;
}

describe("the event loop", () => {
  it.each(["\n", "\r", "> ", "(", "{", "```\n", "<div>", "a b c d e f ", "1. a\n", '{"a":', "\u200b"])(
    "goes on while 400k characters of %j are checked",
    async (unit) => {
      const text = unit.repeat(Math.ceil(SIZE / unit.length));
      let least = Number.POSITIVE_INFINITY;
      for (let tried = 0; tried < TRIES && least >= MOST_MS; tried += 1) {
        least = Math.min(least, await longestStopMs(text));
      }
      expect(least).toBeLessThan(MOST_MS);
    },
  );

  it("goes on while the largest text that is scanned on it is scanned", async () => {
    let least = Number.POSITIVE_INFINITY;
    for (let tried = 0; tried < TRIES; tried += 1) least = Math.min(least, await longestStopMs("\n".repeat(49_000)));
    expect(least).toBeLessThan(MOST_MS);
  });
});
