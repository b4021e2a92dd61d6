import { GUEST_JUDGES } from "./quickjs-guest-judges.ts";

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
  globalThis.setInterval = (run, ms, ...rest) => {
    const id = after((...given) => { timers[timers.length] = { at: now + (ms > 1 ? +ms : 1), id, run: self, rest: given }; run(...given); }, ms > 1 ? ms : 1, rest);
    const self = timers[timers.length - 1].run;
    return id;
  };
  globalThis.clearInterval = globalThis.clearTimeout;
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

${GUEST_JUDGES}
  const bodies = [];
  const sourceOf = Function.prototype.toString;
  /** A test that takes a parameter is over when it calls it. */
  const begun = (body) => {
    if (body.length === 0 || apply(tests, /^(?:async\\s*)?\\(?\\s*\\{/, [apply(sourceOf, body, [])])) return body({ expect: expectation });
    return new Promise((resolve, reject) => {
      const done = (error) => { if (error === undefined || error === null) resolve(); else reject(error); };
      done.fail = (error) => reject(error ?? new Error("failed"));
      const given = body(done);
      if (isThing(given) && typeof given.then === "function") given.then(undefined, reject);
    });
  };
  const run = (name, body) => { if (typeof body === "function") bodies[bodies.length] = begun(body); };
  for (const each of [run, nothing]) freeze(each);
  /** Statements of a criterion that say something: they must be true. */
  const holds = freeze((value, words) => must(value, "\`" + words + "\` is false"));
  /** A last expression, where nothing else is asserted: judged if it is true or false. */
  const isTrue = freeze((value, words) => { if (value === true || value === false) must(value, "\`" + words + "\` is false"); });
  const judges = freeze({ __proto__: null, assert, expect: expectation, require: freeze(() => assert), test: run, it: run, describe: run, __holds: holds, __isTrue: isTrue });
  globalThis.console.assert = freeze((value, words) => must(value, words));
  freeze(globalThis.console);
  globalThis.assert = assert;
  globalThis.expect = expectation;
  globalThis.test = globalThis.it = globalThis.describe = run;
  globalThis.beforeEach = globalThis.afterEach = globalThis.beforeAll = globalThis.afterAll = () => { beyond[beyond.length] = "hooks of tests are not supported"; };
  return {
    encode: text,
    tick,
    judges,
    /** Runs statements of a criterion, and every test that they define; rejects with the first failure, wherever it got lost. */
    judge: async (statements, names) => {
      failures = [];
      beyond = [];
      asserted = 0;
      bodies.length = 0;
      const bound = [];
      for (let index = 0; index < names.length; index += 1) bound[index] = judges[names[index]] ?? builtIns[names[index]];
      const value = await apply(statements, undefined, bound);
      for (let index = 0; index < bodies.length; index += 1) await bodies[index];
      return value;
    },
    failure: () => (failures.length === 0 ? undefined : failures[0]),
    beyond: () => (beyond.length === 0 ? undefined : beyond[0]),
    asserted: () => asserted,
    /** What the answer exports is there by its name. */
    expose: () => {
      const { exports } = globalThis.module;
      if (!isThing(exports)) return;
      const give = (name, value) => { if (!(name in globalThis)) globalThis[name] = value; };
      if (typeof exports === "function" && typeof exports.name === "string" && exports.name !== "") give(exports.name, exports);
      const list = keys(exports);
      for (let index = 0; index < list.length; index += 1) give(list[index], exports[list[index]]);
    },
    harden,
  };
})()`;
