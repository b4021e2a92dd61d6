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

  const DEBOUNCE =
    "function debounce(fn,ms){let t;return(...a)=>{clearTimeout(t);t=setTimeout(()=>fn.aply(null,a),ms)}}";
  const FAILS = "function f(x){ throw new TypeError('bad ' + x) }";
  it.each([
    [
      "an error in a timer",
      DEBOUNCE,
      "let n=0;const d=debounce(()=>n++,50);d();d();setTimeout(()=>assert.equal(n,1),200)",
      "not met",
    ],
    [
      "timers that do not throw",
      DEBOUNCE.replace("aply", "apply"),
      "let n=0;const d=debounce(()=>n++,50);d();d();setTimeout(()=>assert.equal(n,1),200)",
      "met",
    ],
    [
      "the error expected",
      FAILS,
      "assert.throws(() => f(1), /bad 1/); assert.throws(() => f(1), TypeError); expect(() => f(1)).toThrow('bad')",
      "met",
    ],
    ["another message", FAILS, "assert.throws(() => f(1), /good/)", "not met"],
    ["another message as an object", FAILS, "assert.throws(() => f(1), { message: 'good' })", "not met"],
    ["another class", FAILS, "expect(() => f(1)).toThrow(RangeError)", "not met"],
    [
      "another rejection",
      "const f = async () => { throw new TypeError('x') }",
      "assert.rejects(f(), RangeError)",
      "not met",
    ],
    [
      "the rejection expected",
      "const f = async () => { throw new TypeError('x') }",
      "await expect(f()).rejects.toThrow(TypeError)",
      "met",
    ],
    ["a function that is missing", "const g = 1", "assert.throws(() => f(1))", "not met"],
    ["no error", "const f = () => 1", "expect(() => f()).not.toThrow()", "met"],
    ["two comparisons", "const f = (a) => a", "f(1) === 2; f(2) === 2", "not met"],
    ["two comparisons that hold", "const f = (a) => a", "f(1) === 1; f(2) === 2", "met"],
    ["a last comparison", "const f = (a) => a", "const r = f(1); r === 3", "not met"],
    ["statements without an assertion", "const f = (a) => a", "const r = f(1); f(r)", "unmade"],
    [
      "an assertion in a loop that is a lone expression",
      "const f = (a) => a",
      "[1, 2].forEach((x) => assert.equal(f(x), x))",
      "met",
    ],
    [
      "a test that is never done",
      "const f = () => 1",
      "test('x', (done) => { f(() => { assert(true); done(); }) })",
      "not met",
    ],
    [
      "a test that is done",
      "const f = (g) => setTimeout(g, 5)",
      "test('x', (done) => { f(() => { assert(true); done(); }) })",
      "met",
    ],
    [
      "keys in another order",
      "const f = () => ({ a: 1, b: { c: 1, d: 2 } })",
      "assert.deepEqual(f(), { b: { d: 2, c: 1 }, a: 1 })",
      "met",
    ],
    ["other keys", "const f = () => ({ a: 1, b: 2 })", "expect(f()).toEqual({ a: 1, c: 2 })", "not met"],
    [
      "a copy",
      "const f = (a) => ({ ...a })",
      "const a = { b: 1 }; assert.notStrictEqual(f(a), a); expect(f(a)).not.toBe(a); expect(f(a)).toEqual(a)",
      "met",
    ],
    ["no copy", "const f = (a) => a", "const a = { b: 1 }; expect(f(a)).not.toBe(a)", "not met"],
    [
      "cyclic values",
      "const f = () => { const a = {}; a.a = a; return a; }",
      "const b = {}; b.a = b; assert.deepEqual(f(), b)",
      "unmade",
    ],
    ["what the sandbox lacks", "const f = (a) => structuredClone(a)", "assert.deepEqual(f([1]), [1])", "unmade"],
    ["a class that it lacks", "const f = (a) => new URL(a).host", "f('http://a.b/') === 'a.b'", "unmade"],
    ["a matcher that is not there", "const f = () => ({})", "expect(f()).toMatchInlineSnapshot('{}')", "unmade"],
    [
      "matchers that are there",
      "class A {}; const f = () => new A()",
      "expect(f()).toBeInstanceOf(A); assert.match('abc', /b/); console.assert(1 === 1)",
      "met",
    ],
    ["module.exports", "module.exports = { f: (a) => a + 1 }", "f(1) === 2", "met"],
    ["exports.f", "exports.f = (a) => a + 1", "f(1) === 2", "met"],
    ["export under another name", "const impl = (a) => a + 1;\nexport { impl as f };", "f(1) === 2", "met"],
    ["a default export without a name", "export default (a) => a + 1;", "f(1) === 2", "unmade"],
    ["JSX", "const f = () => <b>1</b>;", "f() === 2", "unmade"],
    ["a run without end", "const f = () => { for (;;); }", "f() === 2", "unmade"],
  ] as const)("asserts on %s", async (_name, code, criterion, expected) => {
    expect(await accepted(`\`\`\`js\n${code}\n\`\`\``, assertion(criterion))).toBe(expected);
  });

  it.each([
    ["nothing", "```js\n\n```"],
    ["comments alone", "```js\n// to be done\n/* later */\n```"],
    ["Python comments alone", "```python\n# to be done\n```"],
  ])("finds that %s is no code that compiles", async (_name, answer) => {
    expect(await accepted(answer, COMPILES)).toBe("not met");
  });
});
