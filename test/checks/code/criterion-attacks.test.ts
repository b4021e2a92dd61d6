import { describe, expect, it } from "vitest";
import { judgeScript } from "../../../src/checks/code/run/script-criterion.ts";

const holds = async (code: string, assertion: string, defined: readonly string[] = []): Promise<boolean> =>
  (await judgeScript(code, new Set(defined), assertion)).ok;

describe("an assertion of the caller on code that wants to pass", () => {
  it.each([
    ["replaced JSON.stringify", "JSON.stringify = () => '2'; const f = () => 1", "JSON.stringify(f()) === '2'"],
    ["a JSON of its own", "const JSON = { stringify: () => '2' }; const f = () => 1", "JSON.stringify(f()) === '2'"],
    [
      "replaced it while it is called",
      "const f = () => { JSON.stringify = () => '2'; return 1 }",
      "const r = f(); assert(JSON.stringify(r) === '2')",
    ],
    [
      "gave every object a toJSON",
      "Object.prototype.toJSON = () => 2; const f = () => ({})",
      "JSON.stringify(f()) === '2'",
    ],
    [
      "gave every number a toJSON",
      "Number.prototype.toJSON = () => 2; const f = () => 1",
      "JSON.stringify(f()) === '2'",
    ],
    ["replaced Object.is", "Object.is = () => true; const f = () => 1", "Object.is(f(), 2)"],
    [
      "replaced Array.prototype.every",
      "Array.prototype.every = () => true; const f = () => [1]",
      "f().every((x) => x === 2)",
    ],
    [
      "defined it anew",
      "Object.defineProperty(Array.prototype, 'includes', { value: () => true }); const f = () => [1]",
      "f().includes(2)",
    ],
    [
      "replaced an iterator",
      "Array.prototype[Symbol.iterator] = function* () {}; const f = () => [1]",
      "[...f()].length === 0",
    ],
    [
      "replaced Function.prototype.call",
      "Function.prototype.call = () => true; const f = () => [1]",
      "Array.prototype.includes.call(f(), 2)",
    ],
    ["replaced RegExp.prototype.test", "RegExp.prototype.test = () => true; const f = () => 'a'", "/b/.test(f())"],
    [
      "replaced Promise.prototype.then",
      "Promise.prototype.then = function () { return this; }; const f = async () => 1",
      "assert.equal(await f(), 2)",
    ],
    [
      "gave every object a primitive",
      "Object.prototype[Symbol.toPrimitive] = () => 2; const f = () => ({})",
      "f() == 2",
    ],
    [
      "has an assert of its own",
      "const assert = () => {}; assert.equal = () => {}; const f = () => 1",
      "assert.equal(f(), 2)",
    ],
    ["put another assert in place", "globalThis.assert = () => {}; const f = () => 1", "assert(f() === 2)"],
    [
      "put it there while it is called",
      "const f = () => { globalThis.assert = () => {}; return 1 }",
      "const r = f(); assert(r === 2)",
    ],
    ["has an expect of its own", "var expect = () => ({ toBe() {} }); const f = () => 1", "expect(f()).toBe(2)"],
    [
      "put one in place that cannot be written over",
      "Object.defineProperty(globalThis, 'assert', { value: Object.assign(() => {}, { equal() {} }) }); const f = () => 1",
      "assert.equal(f(), 2)",
    ],
    [
      "put an expect in place that cannot be written over",
      "Object.defineProperty(globalThis, 'expect', { get: () => () => ({ toBe() {} }) }); const f = () => 1",
      "expect(f()).toBe(2)",
    ],
    [
      "made up the names that the runner uses",
      "globalThis.__holds = globalThis.__isTrue = (x) => true; const f = () => 1",
      "f() === 2; f() === 3",
    ],
    ["changed assert itself", "assert.equal = () => {}; const f = () => 1", "assert.equal(f(), 2)"],
    [
      "has a require of its own",
      "globalThis.require = () => ({ equal() {} }); const f = () => 1",
      "require('assert').equal(f(), 2)",
    ],
    [
      "hides behind a proxy",
      "const f = () => new Proxy({ a: 1 }, { get: () => 2 })",
      "assert.deepEqual(f(), { a: 1 })",
    ],
    [
      "hides behind a getter",
      "let n = 0; const f = () => ({ get a() { return n++; } })",
      "assert.deepEqual(f(), { a: 5 })",
    ],
    ["never settles", "const f = () => new Promise(() => {})", "assert.equal(await f(), 1)"],
    ["rejects late", "const f = async () => { throw new Error('late'); }", "f().then((v) => assert.equal(v, 1))"],
    [
      "resolves to something else in a test",
      "const f = async () => 1",
      "test('one', async () => { assert.equal(await f(), 2) })",
    ],
    [
      "swallows what the assertion throws",
      "const f = (check) => { try { check(1); } catch {} }",
      "f((v) => assert.equal(v, 2))",
    ],
    [
      "lets a timer swallow it",
      "const f = (check) => { setTimeout(() => { try { check(1); } catch {} }, 5); }",
      "f((v) => assert.equal(v, 2))",
    ],
    ["ends it all", "const f = () => { throw undefined; }", "f() === 2"],
  ])("is not met by code that %s", async (_name, code, assertion) => {
    expect(await holds(code, assertion)).toBe(false);
  });

  it.each([
    ["a value", "const f = () => 1", "f() === 1", []],
    ["statements", "const f = (x) => x + 1", "assert.equal(f(1), 2); assert.strictEqual(f(2), 3)", []],
    ["an expectation", "const f = () => [1, 2]", "expect(f()).toEqual([1, 2]); expect(f()).not.toContain(3)", []],
    ["a test", "const f = async () => 1", "test('one', async () => { expect(await f()).toBe(1) })", []],
    ["an error that is wanted", "const f = () => { throw new TypeError('x'); }", "assert.throws(() => f())", []],
    ["a rejection that is wanted", "const f = async () => { throw new Error('x'); }", "assert.rejects(f())", []],
    ["a function that has the name of a helper", "const test = (n) => n * 2", "test(3) === 6", ["test"]],
    [
      "a method added to every array",
      "Array.prototype.last = function () { return this.at(-1); }",
      "[1, 2].last() === 2",
      [],
    ],
    [
      "a class with its own toString",
      "class A { toString() { return 'a'; } }\nA.prototype.valueOf = function () { return 3; };",
      "String(new A()) === 'a' && +new A() === 3",
      ["A"],
    ],
    [
      "an error of its own, the old way",
      "function E() {}\nE.prototype = Object.create(Error.prototype);\nE.prototype.name = 'E';",
      "new E().name === 'E'",
      ["E"],
    ],
    ["a Map of its own", "class Map { get() { return 1; } }", "new Map().get() === 1", ["Map"]],
  ] as const)("is met by %s", async (_name, code, assertion, defined) => {
    expect(await holds(code, assertion, defined)).toBe(true);
  });

  it("is not met by a name of a helper that is false", async () => {
    expect(await holds("const test = (n) => n * 2", "test(3) === 7", ["test"])).toBe(false);
  });
});
