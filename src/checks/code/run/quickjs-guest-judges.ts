/** The part of the guest that judges: `assert` and `expect`. It stands inside the guest, among its built-ins as they were. */
export const GUEST_JUDGES = `  // What judges: bound by name where a criterion is run, frozen, and it remembers every failure, so that none is lost in a promise.
  const { freeze } = Object;
  let failures = [], beyond = [], asserted = 0;
  const must = (holds, words) => {
    asserted += 1;
    if (holds) return;
    const said = (typeof words === "function" ? words() : words) || "the assertion does not hold";
    failures[failures.length] = typeof said === "string" ? said : "the assertion does not hold";
    throw new Error(failures[failures.length - 1]);
  };
  // What cannot be judged here: it is kept, even if the answer catches what is thrown.
  const lack = (words) => { beyond[beyond.length] = words; throw new Error(words); };
  const text = (value) => { parts = 0; return encode(value, 0); };
  const shown = (value) => { try { return text(value); } catch { return "a value that cannot be shown"; } };
  const got = (value) => () => "got " + shown(value);
  const { has: hasOfMap, get: getOfMap } = mapProto, { has: hasOfSet } = setProto, { toString: textOfPattern, test: tests } = RegExp.prototype;
  const owns = (holder, key) => { const list = keys(holder); for (let i = 0; i < list.length; i += 1) if (list[i] === key) return true; return false; };
  const isThing = (value) => (typeof value === "object" && value !== null) || typeof value === "function";
  const entriesOf = (value, each, isMap) => { const list = []; apply(each, value, [(inner, key) => { list[list.length] = isMap ? [key, inner] : [inner, true]; }]); return list; };
  /** Compares by content. \`loose\`: a key whose value is undefined is as none; \`part\`: b holds only some of the keys. */
  const alike = (a, b, depth, loose, part) => {
    if (is(a, b)) return true;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
    parts += 1;
    if (depth > MAX_DEPTH || parts > MAX_PARTS) lack("a value is cyclic or too large to compare");
    if (isArray(a) !== isArray(b)) return false;
    if (isArray(a)) {
      const size = a.length;
      if (size !== b.length) return false;
      for (let index = 0; index < size; index += 1) if (!alike(a[index], b[index], depth + 1, loose, part)) return false;
      return true;
    }
    for (const [kind, each, has] of [[mapProto, eachOfMap, hasOfMap], [setProto, eachOfSet, hasOfSet]]) {
      if (inherits(a, kind) !== inherits(b, kind)) return false;
      if (!inherits(a, kind)) continue;
      const isMap = kind === mapProto;
      const [mine, others] = [entriesOf(a, each, isMap), entriesOf(b, each, isMap)];
      if (mine.length !== others.length) return false;
      const used = [];
      for (let i = 0; i < mine.length; i += 1) {
        const [key, value] = mine[i];
        if (apply(has, b, [key])) { if (isMap && !alike(value, apply(getOfMap, b, [key]), depth + 1, loose, part)) return false; continue; }
        if (!isThing(key)) return false;
        let found = false;
        for (let j = 0; j < others.length && !found; j += 1) if (!used[j] && alike(key, others[j][0], depth + 1, loose, part) && alike(value, others[j][1], depth + 1, loose, part)) found = used[j] = true;
        if (!found) return false;
      }
      return true;
    }
    if (inherits(a, dateProto) !== inherits(b, dateProto)) return false;
    if (inherits(a, dateProto)) return is(apply(timeOf, a, []), apply(timeOf, b, []));
    if (inherits(a, errorProto) !== inherits(b, errorProto)) return false;
    if (inherits(a, errorProto)) return "" + a.message === "" + b.message;
    if (inherits(a, RegExp.prototype) && inherits(b, RegExp.prototype)) return apply(textOfPattern, a, []) === apply(textOfPattern, b, []);
    const [mine, others] = [keys(a), keys(b)];
    if (!loose && mine.length !== others.length) return false;
    for (let i = 0; i < others.length; i += 1) {
      if (!loose && !owns(a, others[i])) return false;
      if (part ? !(others[i] in a) : false) return false;
      if (!alike(a[others[i]], b[others[i]], depth + 1, loose, part)) return false;
    }
    if (loose && !part) for (let i = 0; i < mine.length; i += 1) if (!owns(b, mine[i]) && a[mine[i]] !== undefined) return false;
    return true;
  };
  const same = (a, b) => { parts = 0; return alike(a, b, 0, false, false); };
  const equal = (a, b) => { parts = 0; return alike(a, b, 0, true, false); };
  const holdsPart = (a, b) => { parts = 0; return alike(a, b, 0, true, true); };

  /** What a call throws, in a box; undefined: nothing. */
  const thrownBy = (run) => {
    const before = failures;
    failures = [];
    try { run(); return undefined; } catch (error) { return { error }; } finally { failures = before; }
  };
  const rejectedBy = async (promise) => {
    try { await (typeof promise === "function" ? promise() : promise); return undefined; } catch (error) { return { error }; }
  };
  const { ReferenceError } = globalThis;
  const { includes } = String.prototype;
  const messageOf = (error) => (isThing(error) ? "" + error.message : "" + error);
  const nameOf = (error) => { try { return isThing(error) ? error.name + ": " + error.message : "" + error; } catch { return "a value"; } };
  /** Why what was thrown is not what was expected; null: it is. */
  const unlike = (box, expected, isAssert) => {
    if (box === undefined) return "it did not throw";
    const { error } = box;
    const other = "it threw " + nameOf(error);
    // A function that is not there throws as well.
    if (isThing(error) && inherits(error, ReferenceError.prototype) && expected !== ReferenceError && apply(tests, / is not defined$/, [messageOf(error)])) return other;
    if (expected === undefined || (isAssert && typeof expected === "string")) return null;
    if (typeof expected === "string") return apply(includes, messageOf(error), [expected]) ? null : other;
    if (typeof expected === "function") {
      const from = expected.prototype;
      if (isThing(from)) {
        if (isThing(error) && inherits(error, from)) return null;
        if (from === errorProto || inherits(from, errorProto) || !isAssert) return other;
      }
      return isAssert && expected(error) === true ? null : other;
    }
    if (!isThing(expected)) return other;
    if (inherits(expected, RegExp.prototype)) return apply(tests, expected, [isAssert && isThing(error) ? error.name + ": " + messageOf(error) : messageOf(error)]) ? null : other;
    if (inherits(expected, errorProto)) return messageOf(error) === "" + expected.message && (!isAssert || error.name === expected.name) ? null : other;
    const list = keys(expected);
    for (let i = 0; i < list.length; i += 1) {
      const [wanted, value] = [expected[list[i]], isThing(error) ? error[list[i]] : undefined];
      const isPattern = isThing(wanted) && inherits(wanted, RegExp.prototype);
      if (!(isPattern && typeof value === "string" ? apply(tests, wanted, [value]) : same(value, wanted))) return other;
    }
    return null;
  };
  const matches = (value, pattern) => typeof value === "string" && (typeof pattern === "string" ? apply(includes, value, [pattern]) : apply(tests, pattern, [value]));
  /** Members that are not there cannot be judged. */
  const known = (holder, name) => new Proxy(freeze(holder), freeze({ __proto__: null, get: (held, key) => (typeof key === "symbol" || key === "then" || key === "prototype" || key === "toJSON" || key in held ? held[key] : lack(name + key + " is not supported")) }));

  const plain = (holds, words) => must(holds, words);
  plain.ok = (holds, words) => must(holds, words);
  plain.equal = plain.deepEqual = plain.deepStrictEqual = (a, b, words) => must(same(a, b), words || got(a));
  plain.strictEqual = (a, b, words) => must(is(a, b), words || got(a));
  plain.notDeepEqual = plain.notDeepStrictEqual = (a, b, words) => must(!same(a, b), words || got(a));
  plain.notEqual = plain.notStrictEqual = (a, b, words) => must(!is(a, b), words || got(a));
  plain.match = (value, pattern, words) => must(matches(value, pattern), words || got(value));
  plain.doesNotMatch = (value, pattern, words) => must(!matches(value, pattern), words || got(value));
  const throwsAs = (box, expected, words) => { const why = unlike(box, expected, true); must(why === null, () => (typeof words === "string" ? words + ": " : "") + why); };
  plain.throws = (run, expected, words) => throwsAs(thrownBy(run), expected, words);
  plain.doesNotThrow = (run) => { const box = thrownBy(run); must(box === undefined, () => "it threw " + nameOf(box.error)); };
  plain.rejects = async (promise, expected, words) => { const box = await rejectedBy(promise); if (box === undefined) must(false, "it did not reject"); throwsAs(box, expected, words); };
  plain.doesNotReject = async (promise) => { const box = await rejectedBy(promise); must(box === undefined, () => "it rejected with " + nameOf(box.error)); };
  plain.ifError = (value) => must(value === null || value === undefined, got(value));
  plain.fail = (words) => must(false, words || "failed");
  plain.strict = plain;
  const assert = known(plain, "assert.");
  const has = (list, item, by) => { for (const each of list) if (by(each, item)) return true; return false; };
  const typeName = (value) => (value === null ? "null" : typeof value);
  const matchers = (actual, holds) => {
    const judge = (result) => must(!!result === holds, got(actual));
    const throwing = (expected) => {
      const box = thrownBy(actual);
      const why = unlike(box, expected, false);
      must((why === null) === holds || (!holds && box === undefined), () => (holds ? why : "it threw " + nameOf(box.error)));
      if (!holds && expected === undefined) must(box === undefined, () => "it threw " + nameOf(box.error));
    };
    return {
      __proto__: null,
      toBe: (expected) => judge(is(actual, expected)), toEqual: (expected) => judge(equal(actual, expected)),
      toStrictEqual: (expected) => judge(same(actual, expected)), toBeNull: () => judge(actual === null),
      toMatchObject: (expected) => judge(holdsPart(actual, expected)),
      toBeUndefined: () => judge(actual === undefined), toBeDefined: () => judge(actual !== undefined),
      toBeTruthy: () => judge(actual), toBeFalsy: () => judge(!actual), toBeNaN: () => judge(actual !== actual),
      toBeInstanceOf: (made) => judge(actual instanceof made), toBeTypeOf: (name) => judge(typeName(actual) === name),
      toHaveLength: (length) => judge(actual.length === length),
      toBeCloseTo: (expected, digits = 2) => judge(actual === expected || (actual - expected < 10 ** -digits / 2 && expected - actual < 10 ** -digits / 2)),
      toBeGreaterThan: (than) => judge(actual > than), toBeGreaterThanOrEqual: (than) => judge(actual >= than),
      toBeLessThan: (than) => judge(actual < than), toBeLessThanOrEqual: (than) => judge(actual <= than),
      toContain: (item) => judge(typeof actual === "string" ? apply(includes, actual, [item]) : has(actual, item, same)),
      toContainEqual: (item) => judge(has(actual, item, equal)),
      toMatch: (pattern) => judge(matches(actual, pattern)),
      toThrow: throwing, toThrowError: throwing,
    };
  };
  const names = keys(matchers(0, true));
  /** The same matchers on what a promise comes to. */
  const later = (actual, isRejection, holds) => {
    const made = { __proto__: null };
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index];
      made[name] = async (...rest) => {
        const box = await rejectedBy(actual);
        if (isRejection && box === undefined) must(false, "it did not reject");
        if (!isRejection && box !== undefined) must(false, "it rejected with " + nameOf(box.error));
        const value = isRejection ? box.error : await (typeof actual === "function" ? actual() : actual);
        matchers(isRejection && (name === "toThrow" || name === "toThrowError") ? () => { throw value; } : value, holds)[name](...rest);
      };
    }
    return made;
  };
  const laterBoth = (actual, isRejection, name) => known({ __proto__: null, ...later(actual, isRejection, true), not: known(later(actual, isRejection, false), name + "not.") }, name);
  const expectation = known((actual) => known({
    __proto__: null, ...matchers(actual, true), not: known(matchers(actual, false), "expect().not."),
    rejects: laterBoth(actual, true, "expect().rejects."), resolves: laterBoth(actual, false, "expect().resolves."),
  }, "expect()."), "expect.");`;
