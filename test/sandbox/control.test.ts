import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { STREAM, WIRE_IDS } from "./sdks.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(sandbox.origin + path, { method: "POST", body: JSON.stringify(body) });
const get = async (path: string): Promise<unknown> => (await fetch(sandbox.origin + path)).json();

describe("another process", () => {
  it("sets faults and takes them back", async () => {
    const model = WIRE_IDS.openai;
    expect((await post("/sandbox/faults", { model, fault: { kind: "rate_limit", retryAfterS: 3 } })).status).toBe(200);
    await expect(STREAM.openai(sandbox, { prompt: "Hello" })).rejects.toMatchObject({ status: 429 });
    expect((await post("/sandbox/faults", { model, fault: "unauthorized" })).status).toBe(200);
    await expect(STREAM.openai(sandbox, { prompt: "Hello" })).rejects.toMatchObject({ status: 401 });
    expect((await post("/sandbox/faults", { model, fault: null })).status).toBe(200);
    await expect(STREAM.openai(sandbox, { prompt: "Hello" })).resolves.toMatchObject({ finish: "stop" });
  });

  it.each([
    [{}, /Expected \{"model"/],
    [{ model: "*" }, /Expected/],
    [{ model: "*", fault: "sulk" }, /Not a fault/],
    [{ model: "*", fault: { kind: "stall", ms: 3 } }, /Not a fault/],
    [{ model: "gpt-7", fault: "stall" }, /No model has the wire id "gpt-7"/],
  ])("learns what is wrong with %j", async (body, message) => {
    const response = await post("/sandbox/faults", body);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(new RegExp(message.source.replaceAll('"', '\\\\?"')));
  });

  it("reads calls and bill, and resets them", async () => {
    await STREAM.google(sandbox, { prompt: "Hello there" });
    expect(await get("/sandbox/calls")).toMatchObject({
      calls: [{ ordinal: 1, provider: "google", wireId: WIRE_IDS.google, promptText: "Hello there" }],
    });
    const bill = (await get("/sandbox/bill")) as { nanoUsd: number; lines: readonly { nanoUsd: number }[] };
    expect(bill.nanoUsd).toBe(sandbox.billedNanoUsd());
    expect(bill.nanoUsd).toBe(bill.lines[0]?.nanoUsd);
    expect(bill.nanoUsd).toBeGreaterThan(0);
    expect(await get("/sandbox/total")).toEqual({ nanoUsd: bill.nanoUsd, calls: 1 });
    await post("/sandbox/reset", {});
    expect(await get("/sandbox/bill")).toEqual({ nanoUsd: 0, lines: [] });
    expect(await get("/sandbox/calls")).toEqual({ calls: [] });
  });

  it("sees which caller closed its connection before the answer came", async () => {
    const model = WIRE_IDS.openai;
    await STREAM.openai(sandbox, { prompt: "Hello" });
    await post("/sandbox/faults", { model, fault: "hang" });
    const hungUp = new AbortController();
    const asked = STREAM.openai(sandbox, { prompt: "Hello?", signal: hungUp.signal });
    await expect.poll(() => sandbox.calls.length).toBe(2);
    expect(await get("/sandbox/calls")).toMatchObject({ calls: [{ closedEarly: false }, { closedEarly: false }] });
    hungUp.abort();
    await expect(asked).rejects.toThrow(/abort/i);
    await expect.poll(() => sandbox.calls.map(({ closedEarly }) => closedEarly)).toEqual([false, true]);
  });

  it("finds nothing elsewhere", async () => {
    expect((await fetch(`${sandbox.origin}/sandbox/else`)).status).toBe(404);
    expect((await fetch(`${sandbox.origin}/`)).status).toBe(404);
  });
});

describe("the sandbox", () => {
  it("listens on loopback only, on a free port, and names it in its variables", () => {
    expect(sandbox.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(sandbox.env).toEqual({
      ANTHROPIC_BASE_URL: `${sandbox.origin}/anthropic`,
      OPENAI_BASE_URL: `${sandbox.origin}/openai/v1`,
      TOGETHER_BASE_URL: `${sandbox.origin}/together/v1`,
      GOOGLE_GEMINI_BASE_URL: `${sandbox.origin}/gemini`,
      ANTHROPIC_API_KEY: "sandbox",
      OPENAI_API_KEY: "sandbox",
      TOGETHER_API_KEY: "sandbox",
      GEMINI_API_KEY: "sandbox",
    });
  });

  it("rejects when its port is taken", async () => {
    const port = Number(new URL(sandbox.origin).port);
    await expect(startSandbox({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("closes although a call hangs", async () => {
    const other = await startSandbox({ faults: { "*": { kind: "hang" } } });
    const call = STREAM.anthropic(other, { prompt: "Hello" });
    const ended = expect(call).rejects.toThrow();
    while (other.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await other.close();
    await ended;
  });

  it("answers what a test tells it to, and leaves the rest to its scripts", async () => {
    const other = await startSandbox({ answers: ({ user }) => (user === "mine" ? "My own answer" : null) });
    await expect(STREAM.openai(other, { prompt: "mine" })).resolves.toMatchObject({ text: "My own answer" });
    const scripted = await STREAM.openai(other, { prompt: "What else?" });
    expect(scripted.text).toContain("sandbox");
    await other.close();
  });

  it("says so when the test's own answers throw", async () => {
    const other = await startSandbox({
      answers: () => {
        throw new Error("out of answers");
      },
    });
    await expect(STREAM.openai(other, { prompt: "Hello" })).rejects.toThrow(/500 .*out of answers/);
    await other.close();
  });

  it("survives a path that is not percent-encoded", async () => {
    const path = `${sandbox.origin}/gemini/v1beta/models/%zz:generateContent`;
    const headers = { "x-goog-api-key": "sandbox" };
    const body = JSON.stringify({ contents: [{ parts: [{ text: "Hello" }] }] });
    expect((await fetch(path, { method: "POST", headers, body })).status).toBe(404);
  });

  it("counts a hundred calls at once", async () => {
    const calls = Array.from({ length: 100 }, () => STREAM.together(sandbox, { prompt: "Hello" }));
    await Promise.all(calls);
    expect(sandbox.calls.map((call) => call.ordinal)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(sandbox.billedNanoUsd()).toBe(100 * (sandbox.bill[0]?.nanoUsd ?? 0));
  });
});
