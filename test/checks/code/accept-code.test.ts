import { describe, expect, it } from "vitest";
import { acceptCode } from "../../../src/checks/code/checks/accept-code.ts";
import type { CheckReport } from "../../../src/checks/kit/check.ts";
import type { CodeCriterion } from "../../../src/checks/kit/criterion.ts";

async function accepted(text: string, criterion: CodeCriterion, prompt = ""): Promise<"met" | "not met" | "unmade"> {
  const subject = {
    text,
    taskId: "code_generation",
    checks: ["code"],
    prompt,
    context: { system: null, files: [], notes: [], tests: [] },
    files: [],
    notes: [],
    responseSchema: null,
    criterion,
  };
  const report = (await acceptCode.run(subject, new AbortController().signal)) as CheckReport;
  if (report.unmade !== undefined) return "unmade";
  return report.findings.length > 0 ? "not met" : "met";
}

const JS = "```js\nconst add = (a, b) => a + b;\n```";
const PY = "```python\ndef add(a, b):\n    return a + b\n\nprint(input())\n```";
const call = (equals: unknown): CodeCriterion => ({ kind: "call", name: "adds", call: "add(1, 2)", equals });
const assertion = (code: string): CodeCriterion => ({ kind: "assert", name: "adds", code });
const python = (code: string): CodeCriterion => ({ kind: "python", name: "adds", code });
const COMPILES: CodeCriterion = { kind: "compiles", name: "compiles" };

describe("a criterion on an answer's code", () => {
  it.each([
    ["a call", JS, call(3), "met"],
    ["a call that comes to something else", JS, call(4), "not met"],
    ["a call on Python", PY, call(3), "met"],
    ["a call on Python that comes to something else", PY, call([3]), "not met"],
    ["an assertion", JS, assertion("add(1, 2) === 3"), "met"],
    ["an assertion that does not hold", JS, assertion("assert.equal(add(1, 2), 4)"), "not met"],
    ["an assertion in JavaScript on Python", PY, assertion("add(1, 2) === 3"), "unmade"],
    ["Python", PY, python("assert add(1, 2) == 3"), "met"],
    ["Python that does not hold", PY, python("assert add(1, 2) == 4"), "not met"],
    ["Python on JavaScript", JS, python("assert add(1, 2) == 3"), "not met"],
    ["Python on no code", "It adds.", python("assert add(1, 2) == 3"), "not met"],
    [
      "Python on a package that is not there",
      "```python\nimport numpy\ndef add(a, b):\n    return a + b\n```",
      python("assert add(1, 2) == 3"),
      "unmade",
    ],
    ["the last version", `${JS}\nBetter:\n\`\`\`js\nconst add = (a, b) => a - b;\n\`\`\``, call(3), "not met"],
    ["JavaScript that compiles", JS, COMPILES, "met"],
    ["TypeScript that does not", "```ts\nconst a: = 1;\n```", COMPILES, "not met"],
    ["Python that compiles", PY, COMPILES, "met"],
    ["Python that does not", "```python\ndef f(:\n    pass\n```", COMPILES, "not met"],
    ["a language without a compiler here", "```cobol\nDISPLAY 'A'.\n```", COMPILES, "unmade"],
    ["Solidity", "```solidity\ncontract A {}\n```", COMPILES, "unmade"],
  ] as const)("%s", async (_name, answer, criterion, expected) => {
    expect(await accepted(answer, criterion)).toBe(expected);
  });
});
