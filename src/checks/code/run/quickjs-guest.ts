/**
 * Runs in the sandbox before anything of the answer. Its functions keep the built-ins as they were, so that nothing that the
 * answer redefines can pretend to be a result; the host holds them, the answer cannot reach them.
 */
export const GUEST = `(() => {
  const { stringify } = JSON, { isArray } = Array, { keys } = Object, { is } = Object, { apply } = Reflect;
  const proto = Object.getPrototypeOf;
  const [eachOfMap, eachOfSet, timeOf] = [Map.prototype.forEach, Set.prototype.forEach, Date.prototype.getTime];
  const [mapProto, setProto, dateProto, errorProto] = [Map.prototype, Set.prototype, Date.prototype, Error.prototype];
  const builtIns = { Object, Array, JSON, Math, Reflect, Number, String, Boolean, Symbol, BigInt, parseInt, parseFloat, isNaN, isFinite, RegExp, Error, TypeError, RangeError, Map, Set, Promise, Date };
  // What a criterion may call stays as it is: an answer can give an object of its own a toString of its own, but not the language's.
  const harden = () => {
    const { getOwnPropertyDescriptor: described, defineProperty: define } = Object;
    const { ownKeys } = Reflect;
    const inherited = (holder, key, value) => define(holder, key, {
      get: () => value,
      set(other) { if (this !== holder && this !== undefined && this !== null) define(this, key, { value: other, writable: true, enumerable: true, configurable: true }); },
      enumerable: false, configurable: false,
    });
    const holders = [];
    for (const name of ownKeys(globalThis)) {
      const value = described(globalThis, name).value;
      if ((typeof value !== "function" && typeof value !== "object") || value === null || value === globalThis || name === "module" || name === "exports" || name === "console") continue;
      holders[holders.length] = value;
      if (typeof value === "function" && typeof value.prototype === "object" && value.prototype !== null) holders[holders.length] = value.prototype;
    }
    for (const made of [[][Symbol.iterator](), new Map().entries(), new Set().values(), ""[Symbol.iterator](), (function* () {})(), (async function* () {})(), async () => {}, new Int8Array(1)])
      for (let up = proto(made); up !== null; up = proto(up)) holders[holders.length] = up;
    for (const holder of holders) {
      for (const key of ownKeys(holder)) {
        const held = described(holder, key);
        if (!held.configurable) continue;
        if (!("value" in held)) define(holder, key, { configurable: false });
        else if (typeof holder === "function" || key === "constructor") define(holder, key, { writable: key === "constructor", configurable: false });
        else inherited(holder, key, held.value);
      }
    }
    // By these an answer would decide what its values turn into when the language compares or prints them.
    for (const key of ["toJSON", Symbol.toPrimitive]) if (!described(Object.prototype, key)) inherited(Object.prototype, key, undefined);
    for (const holder of [Array.prototype, Number.prototype, String.prototype, Boolean.prototype]) inherited(holder, "toJSON", undefined);
  };
  const MAX_DEPTH = 40, MAX_PARTS = 20000;
  let parts = 0;
  const inherits = (value, from) => {
    for (let up = proto(value), n = 0; up !== null && n < 20; up = proto(up), n += 1) if (up === from) return true;
    return false;
  };
  const encode = (value, depth) => {
    parts += 1;
    if (depth > MAX_DEPTH || parts > MAX_PARTS) throw new RangeError("the result is too large to compare");
    switch (typeof value) {
      case "undefined": return '{"t":"undefined"}';
      case "boolean": return value ? "true" : "false";
      case "string": return stringify(value);
      case "number": return value === value && value - value === 0 && !is(value, -0) ? stringify(value) : '{"t":"number","v":"' + (is(value, -0) ? "-0" : value) + '"}';
      case "bigint": return '{"t":"bigint","v":"' + value + '"}';
      case "symbol": return '{"t":"symbol"}';
      case "function": return '{"t":"function"}';
    }
    if (value === null) return "null";
    let text = "", first = true;
    const add = (part) => { text += (first ? "" : ",") + part; first = false; };
    if (isArray(value)) {
      for (let index = 0; index < value.length; index += 1) add(encode(value[index], depth + 1));
      return "[" + text + "]";
    }
    if (inherits(value, mapProto)) {
      apply(eachOfMap, value, [(inner, key) => add("[" + encode(key, depth + 1) + "," + encode(inner, depth + 1) + "]")]);
      return '{"t":"map","v":[' + text + "]}";
    }
    if (inherits(value, setProto)) {
      apply(eachOfSet, value, [(inner) => add(encode(inner, depth + 1))]);
      return '{"t":"set","v":[' + text + "]}";
    }
    if (inherits(value, dateProto)) return '{"t":"date","v":' + encode(apply(timeOf, value, []), depth + 1) + "}";
    if (inherits(value, errorProto)) return '{"t":"error","v":' + stringify("" + value.message) + "}";
    for (const key of keys(value)) add("[" + stringify(key) + "," + encode(value[key], depth + 1) + "]");
    return '{"t":"object","v":[' + text + "]}";
  };

  // The clock is virtual: a timer's time comes when nothing else is left to do.
  const timers = [];
  let now = 0, last = 0;
  const after = (run, ms, rest) => { last += 1; timers[timers.length] = { at: now + (ms > 0 ? +ms : 0), id: last, run, rest }; return last; };
  globalThis.setTimeout = (run, ms, ...rest) => after(run, ms, rest);
  globalThis.setImmediate = (run, ...rest) => after(run, 0, rest);
  globalThis.queueMicrotask = (run) => { Promise.resolve().then(run); };
  globalThis.clearTimeout = globalThis.clearImmediate = (id) => { for (let i = 0; i < timers.length; i += 1) if (timers[i].id === id) timers[i].run = () => {}; };
  const tick = () => {
    let next = -1;
    for (let i = 0; i < timers.length; i += 1) if (next < 0 || timers[i].at < timers[next].at || (timers[i].at === timers[next].at && timers[i].id < timers[next].id)) next = i;
    if (next < 0) return false;
    const due = timers[next];
    timers[next] = timers[timers.length - 1];
    timers.length -= 1;
    now = due.at;
    due.run(...due.rest);
    return true;
  };

  const nothing = () => {};
  globalThis.console = { log: nothing, info: nothing, warn: nothing, error: nothing, debug: nothing, table: nothing };
  globalThis.module = { exports: {} };
  globalThis.exports = globalThis.module.exports;
  globalThis.require = (name) => { if (name === "assert" || name === "node:assert" || name === "node:assert/strict") return assert; throw new Error("cannot load " + name); };

  // What judges: bound by name where a criterion is run, frozen, and it remembers every failure, so that none is lost in a promise.
  const { freeze } = Object;
  let failures = [];
  const must = (holds, words) => {
    if (holds) return;
    failures[failures.length] = words || "the assertion does not hold";
    throw new Error(words || "the assertion does not hold");
  };
  const text = (value) => { parts = 0; return encode(value, 0); };
  const same = (a, b) => text(a) === text(b);
  const throws = (run) => {
    const before = failures;
    failures = [];
    try { run(); return false; } catch { return true; } finally { failures = before; }
  };
  const rejects = async (promise) => {
    try { await (typeof promise === "function" ? promise() : promise); return false; } catch { return true; }
  };
  const assert = (holds, words) => must(holds, words);
  assert.ok = (holds, words) => must(holds, words);
  assert.equal = assert.strictEqual = assert.deepEqual = assert.deepStrictEqual = (a, b, words) => must(same(a, b), words || "got " + text(a));
  assert.notEqual = assert.notStrictEqual = assert.notDeepEqual = assert.notDeepStrictEqual = (a, b, words) => must(!same(a, b), words || "got " + text(a));
  assert.throws = (run, words) => must(throws(run), typeof words === "string" ? words : "it did not throw");
  assert.doesNotThrow = (run) => must(!throws(run), "it threw");
  assert.rejects = async (promise) => must(await rejects(promise), "it did not reject");
  assert.fail = (words) => must(false, words || "failed");
  const has = (list, item) => { for (let index = 0; index < list.length; index += 1) if (same(list[index], item)) return true; return false; };
  const { apply: applied } = Reflect, { includes } = String.prototype, { test: tests } = RegExp.prototype;
  const matchers = (actual, holds) => {
    const judge = (result) => must(!!result === holds, "got " + text(actual));
    const made = {
      toBe: (expected) => judge(same(actual, expected)), toEqual: (expected) => judge(same(actual, expected)),
      toStrictEqual: (expected) => judge(same(actual, expected)), toBeNull: () => judge(actual === null),
      toBeUndefined: () => judge(actual === undefined), toBeDefined: () => judge(actual !== undefined),
      toBeTruthy: () => judge(actual), toBeFalsy: () => judge(!actual), toBeNaN: () => judge(actual !== actual),
      toHaveLength: (length) => judge(actual.length === length),
      toBeCloseTo: (expected, digits = 2) => judge(actual - expected < 10 ** -digits / 2 && expected - actual < 10 ** -digits / 2),
      toBeGreaterThan: (than) => judge(actual > than), toBeGreaterThanOrEqual: (than) => judge(actual >= than),
      toBeLessThan: (than) => judge(actual < than), toBeLessThanOrEqual: (than) => judge(actual <= than),
      toContain: (item) => judge(typeof actual === "string" ? applied(includes, actual, [item]) : has(actual, item)),
      toContainEqual: (item) => judge(has(actual, item)),
      toMatch: (pattern) => judge(typeof pattern === "string" ? applied(includes, actual, [pattern]) : applied(tests, pattern, [actual])),
      toThrow: () => must(throws(actual) === holds, holds ? "it did not throw" : "it threw"),
    };
    return freeze(made);
  };
  const expectation = (actual) => freeze({
    ...matchers(actual, true), not: matchers(actual, false),
    rejects: freeze({ toThrow: async () => must(await rejects(actual), "it did not reject") }),
  });
  const bodies = [];
  const run = (name, body) => { bodies[bodies.length] = body(); };
  freeze(assert);
  for (const each of [throws, expectation, run, nothing]) freeze(each);
  const judges = freeze({ assert, expect: expectation, require: freeze(() => assert), test: run, it: run, describe: run });
  globalThis.assert = assert;
  globalThis.expect = expectation;
  globalThis.test = globalThis.it = globalThis.describe = run;
  globalThis.beforeEach = globalThis.afterEach = globalThis.beforeAll = globalThis.afterAll = nothing;
  return {
    encode: text,
    tick,
    judges,
    /** Runs statements of a criterion, and every test that they define; rejects with the first failure, wherever it got lost. */
    judge: async (statements, names) => {
      failures = [];
      bodies.length = 0;
      const bound = [];
      for (let index = 0; index < names.length; index += 1) bound[index] = judges[names[index]] ?? builtIns[names[index]];
      const value = await apply(statements, undefined, bound);
      for (let index = 0; index < bodies.length; index += 1) await bodies[index];
      return value;
    },
    failure: () => (failures.length === 0 ? undefined : failures[0]),
    harden,
  };
})()`;
