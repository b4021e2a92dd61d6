import { describe, expect, it } from "vitest";
import { openSandbox } from "../../../src/checks/code/run/quickjs.ts";

async function evaluated(expression: string, before = ""): Promise<string> {
  const sandbox = await openSandbox();
  const loaded = sandbox.run(before);
  if (!loaded.ok) return loaded.error;
  const result = sandbox.evaluate(expression);
  return result.ok ? result.encoded : result.error;
}

describe("code of an answer in its sandbox", () => {
  it.each([
    ["an endless loop", "(() => { for (;;); })()", /did not end within/],
    ["recursion without end", "(function f() { return f() + 1; })()", /stack overflow/],
    [
      "a list that grows without end",
      "(() => { const a = []; for (;;) a.push(new Array(1000).fill(0)); })()",
      /MB of memory|did not end/,
    ],
    [
      "a string that doubles without end",
      "(() => { let s = 'x'; for (;;) s += s; })()",
      /string too long|MB of memory/,
    ],
    ["a huge buffer", "new ArrayBuffer(2 ** 31)", /MB of memory|invalid array buffer/i],
    ["a pattern that backtracks without end", "/(a+)+$/.test('a'.repeat(60) + '!')", /did not end within/],
    ["promises that beget promises", "(async () => { for (;;) await null; })()", /did not end|never settled/],
    [
      "timers that beget timers",
      "new Promise(() => { const again = () => setTimeout(again, 1); again(); })",
      /never settled/,
    ],
    ["a getter that never returns", "({ get a() { for (;;); } })", /did not end within/],
    ["a proxy without end", "new Proxy({}, { ownKeys() { for (;;); } })", /did not end within/],
    ["a value that is nested without end", "(() => { const a = []; a.push(a); return a; })()", /too large to compare/],
    ["a value that is far too large", "Array.from({ length: 1e6 }, (_, i) => i)", /too large to compare|MB of memory/],
  ])("%s ends with an error", async (_name, expression, words) => {
    expect(await evaluated(expression)).toMatch(words);
  });

  it.each([
    "process",
    "globalThis.process?.env",
    "constructor.constructor('return process')()",
    "[].constructor.constructor('return globalThis.Buffer')()",
    "require('node:fs')",
    "import('node:fs')",
    "fetch('http://127.0.0.1')",
    "new WebAssembly.Memory({ initial: 1 })",
    "new Worker('x')",
    "Deno",
  ])("has nothing of the host: %s", async (expression) => {
    expect(await evaluated(expression)).toMatch(
      /threw (?:ReferenceError|TypeError|Error|SyntaxError)|undefined|never settled/,
    );
  });

  it("leaves the host's own objects alone", async () => {
    await evaluated("1", "Object.prototype.polluted = 1; Array.prototype.push = () => { throw new Error('mine'); };");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect([1].push(2)).toBe(2);
  });

  it("gives the value as it is, whatever the code has made of the means to tell", async () => {
    const tampering =
      "JSON.stringify = () => '2'; Object.is = () => true; Object.keys = () => []; Array.isArray = () => false; Map.prototype.forEach = () => {};";
    expect(await evaluated("({ a: [1, new Map([['k', 2]])], toJSON: () => 2 })", tampering)).toBe(
      '{"t":"object","v":[["a",[1,{"t":"map","v":[["k",2]]}]],["toJSON",{"t":"function"}]]}',
    );
  });

  it("lets time pass at once", async () => {
    const before = "const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));";
    expect(await evaluated("wait(3_600_000).then(() => 'an hour')", before)).toBe('"an hour"');
    const order = "const seen = []; setTimeout(() => seen.push('b'), 20); setTimeout(() => seen.push('a'), 10);";
    expect(await evaluated("wait(30).then(() => seen)", before + order)).toBe('["a","b"]');
  });

  it("names the line of the answer that threw", async () => {
    expect(await evaluated("f()", "\n\nfunction f() {\n  return nothing.at;\n}")).toMatch(
      /ReferenceError.*line 4 of the code/,
    );
  });
});
