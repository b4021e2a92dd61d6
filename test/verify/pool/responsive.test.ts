import { afterAll, describe, expect, it } from "vitest";
import { createVerifier } from "../../../src/verify/verifier.ts";
import { request, taskWith } from "../subject.ts";

const SIZE = 400_000;
const MOST_MS = 50;
/** What blocks the loop does so every time; a collection of garbage does not. */
const TRIES = 4;
const verifier = createVerifier();
const task = taskWith(["solidity", "page", "audit", "plan"].map((check) => ({ check })));

afterAll(() => verifier.close());

async function longestStopMs(text: string): Promise<number> {
  const responseSchema = { type: "object", patternProperties: { "^(a+)+$": { type: "string" } } };
  const asked = request({ task, responseSchema });
  const turns = longestTurn();
  const verdict = await verifier.verify(text, asked, AbortSignal.timeout(1_500));
  const longestMs = turns.stop();
  // A table that cannot be read would leave the loop alone too, and prove nothing.
  expect(verdict.checks.map(({ detail }) => detail).join("\n")).not.toMatch(/its thread|cannot be (?:used|loaded)/);
  return longestMs;
}

/** The most that this thread computed between two turns of its loop: other than the time of day, others' load does not lengthen it. */
function longestTurn(): { stop(): number } {
  const cpuMs = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let longestMs = 0;
  let lastMs = cpuMs();
  const look = (): void => {
    const nowMs = cpuMs();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
  };
  const timer = setInterval(look, 1);
  return {
    stop() {
      look();
      clearInterval(timer);
      return longestMs;
    },
  };
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
