import { describe, expect, it } from "vitest";
import { examplesIn } from "../../../src/checks/code/examples/read-examples.ts";
import { pythonStrength } from "../../../src/checks/code/strength/python-strength.ts";
import { scriptStrength } from "../../../src/checks/code/strength/script-strength.ts";
import { weaknessOf } from "../../../src/checks/code/strength/strength.ts";

const SIGN_JS = "const sign = (n) => {\n  if (n > 0) return 1;\n  if (n < 0) return -1;\n  return 0;\n};";
const SIGN_PY = "def sign(n):\n    if n > 0:\n        return 1\n    if n < 0:\n        return -1\n    return 0\n";
const ONE = "Write sign(n).\nsign(5) == 1";
const ALL = "Write sign(n).\nsign(5) == 1\nsign(1) == 1\nsign(0) == 0\nsign(-1) == -1\nsign(-7) == -1";

describe("how much the examples of a prompt tell", () => {
  it("is more where they reach all of the code", async () => {
    for (const [prompt, isEnough] of [
      [ONE, false],
      [ALL, true],
    ] as const) {
      const inScript = await scriptStrength(SIGN_JS, await examplesIn(prompt, "javascript"));
      const inPython = await pythonStrength(SIGN_PY, await examplesIn(prompt, "python"), new AbortController().signal);
      for (const strength of [inScript, inPython]) {
        expect(strength?.tried).toBeGreaterThan(2);
        expect(
          weaknessOf(
            await examplesIn(prompt, "javascript"),
            prompt,
            strength ?? { tried: 0, noticed: 0, breaksOn: null },
          ) === null,
        ).toBe(isEnough);
      }
    }
  });

  it("is little where the code breaks right beside them", async () => {
    const code = "def last(items):\n    return items[3]\n";
    const examples = await examplesIn("last([1, 2, 3, 4]) == 4", "python");
    expect((await pythonStrength(code, examples, new AbortController().signal))?.breaksOn).toBe("last([1, 2, 3])");
  });

  it("is little where the request says much and shows little", async () => {
    const prompt = `Write sign(n). ${"It has to mind one more thing. ".repeat(20)}\nsign(5) == 1`;
    const examples = await examplesIn(prompt, "javascript");
    expect(weaknessOf(examples, prompt, { tried: 10, noticed: 10, breaksOn: null })).toMatch(/words/);
  });

  it("ends although a change of the code does not", async () => {
    const code = "const count = (n) => {\n  let i = 0;\n  while (i < n) i += 1;\n  return i;\n};";
    const strength = await scriptStrength(
      code,
      await examplesIn("count(3) == 3\ncount(0) == 0\ncount(1) == 1", "javascript"),
    );
    expect(strength?.noticed).toBeGreaterThan(0);
    const python = "def count(n):\n    i = 0\n    while i < n:\n        i += 1\n    return i\n";
    expect(
      (
        await pythonStrength(
          python,
          await examplesIn("count(3) == 3\ncount(0) == 0\ncount(1) == 1", "python"),
          new AbortController().signal,
        )
      )?.noticed,
    ).toBeGreaterThan(0);
  });
});
