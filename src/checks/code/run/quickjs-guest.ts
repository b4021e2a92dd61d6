/**
 * Runs in the sandbox before anything of the answer. Its functions keep the built-ins as they were, so that nothing that the
 * answer redefines can pretend to be a result; the host holds them, the answer cannot reach them.
 */
export const GUEST = `(() => {
  const { stringify } = JSON, { isArray } = Array, { keys } = Object, { is } = Object, { apply } = Reflect;
  const proto = Object.getPrototypeOf;
  const [eachOfMap, eachOfSet, timeOf] = [Map.prototype.forEach, Set.prototype.forEach, Date.prototype.getTime];
  const [mapProto, setProto, dateProto, errorProto] = [Map.prototype, Set.prototype, Date.prototype, Error.prototype];
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
  const same = (a, b) => { parts = 0; const left = encode(a, 0); parts = 0; return left === encode(b, 0); };
  const must = (holds, words) => { if (!holds) throw new Error(words || "the assertion does not hold"); };
  const assert = (holds, words) => must(holds, words);
  assert.ok = assert;
  assert.equal = assert.strictEqual = assert.deepEqual = assert.deepStrictEqual = (a, b, words) => { parts = 0; must(same(a, b), words || "got " + encode(a, 0)); };
  assert.notEqual = assert.notStrictEqual = assert.notDeepStrictEqual = (a, b, words) => must(!same(a, b), words);
  assert.throws = (run, words) => { let threw = false; try { run(); } catch { threw = true; } must(threw, "it did not throw"); };
  globalThis.require = (name) => { if (name === "assert" || name === "node:assert" || name === "node:assert/strict") return assert; throw new Error("cannot load " + name); };
  const matchers = (actual, holds) => ({
    toBe: (expected) => must(same(actual, expected) === holds), toEqual: (expected) => must(same(actual, expected) === holds),
    toStrictEqual: (expected) => must(same(actual, expected) === holds), toBeNull: () => must((actual === null) === holds),
    toBeUndefined: () => must((actual === undefined) === holds), toBeTruthy: () => must(!!actual === holds), toBeFalsy: () => must(!actual === holds),
    toHaveLength: (length) => must((actual.length === length) === holds), toBeCloseTo: (expected) => must((actual - expected < 0.005 && expected - actual < 0.005) === holds),
    toThrow: () => { let threw = false; try { actual(); } catch { threw = true; } must(threw === holds, "it did not throw"); },
  });
  const expectation = (actual) => ({ ...matchers(actual, true), not: matchers(actual, false) });
  const run = (name, body) => body();
  const nothingYet = () => {};
  // Before each trial again: what the answer has made of these names is not what judges it.
  const restore = () => {
    globalThis.assert = assert;
    globalThis.expect = expectation;
    globalThis.test = globalThis.it = globalThis.describe = run;
    globalThis.beforeEach = globalThis.afterEach = globalThis.beforeAll = globalThis.afterAll = nothingYet;
  };
  restore();
  return { encode: (value) => { parts = 0; return encode(value, 0); }, tick, restore };
})()`;
