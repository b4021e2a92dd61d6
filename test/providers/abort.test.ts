import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { call, drain, KINDS, OPENINGS, provider, stub, type Kind, type Stub } from "./support.ts";

let server: Stub;
let kind: Kind = "openai";
let opens = true;
beforeEach(async () => {
  opens = true;
  server = await stub((response) => {
    if (!opens) return;
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(OPENINGS[kind]);
  });
});
afterEach(() => server.close());

describe.each(KINDS)("%s", (each) => {
  beforeEach(() => {
    kind = each;
  });

  it("closes the connection when it is aborted before the headers", async () => {
    opens = false;
    const control = new AbortController();
    const outcome = drain(provider(each, server.baseUrl).stream(call(), control.signal));
    await expect.poll(() => server.received.length).toBe(1);
    control.abort();
    expect((await outcome).error).toMatchObject({ kind: "cancelled", unsent: false });
    await server.closed();
  });

  it("closes the connection when it is aborted between two tokens", async () => {
    const control = new AbortController();
    const seen: string[] = [];
    const waiting = (async () => {
      for await (const event of provider(each, server.baseUrl).stream(call(), control.signal)) {
        seen.push(event.type);
        if (event.type === "text") setImmediate(() => control.abort());
      }
    })();
    await expect(waiting).rejects.toMatchObject({ kind: "cancelled" });
    expect(seen).toContain("text");
    await server.closed();
  });

  it("closes the connection when the consumer leaves", async () => {
    const signal = new AbortController().signal;
    for await (const event of provider(each, server.baseUrl).stream(call(), signal)) {
      if (event.type === "text") break;
    }
    await server.closed();
  });

  it("closes the connection when the consumer leaves while it waits for the next event", async () => {
    opens = false;
    const events = provider(each, server.baseUrl).stream(call(), new AbortController().signal)[Symbol.asyncIterator]();
    const pending = events.next().then(
      () => "event",
      (error: unknown) => error,
    );
    await expect.poll(() => server.received.length).toBe(1);
    await events.return?.();
    await server.closed();
    expect(await pending).toMatchObject({ kind: "cancelled" });
  });

  it("sends nothing when it is aborted from the start", async () => {
    const outcome = await drain(provider(each, server.baseUrl).stream(call(), AbortSignal.abort()));
    expect(outcome.error).toMatchObject({ kind: "cancelled", unsent: true });
    expect(server.received).toHaveLength(0);
  });

  it("leaves no listener on a signal that lives on", async () => {
    const control = new AbortController();
    let listeners = 0;
    const { signal } = control;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => ((listeners += 1), add(...args));
    signal.removeEventListener = (...args: Parameters<typeof remove>) => ((listeners -= 1), remove(...args));
    for await (const event of provider(each, server.baseUrl).stream(call(), signal)) {
      expect(listeners).toBe(1);
      if (event.type === "text") break;
    }
    expect(listeners).toBe(0);
  });

  it("can be called many times at once, and one abort ends one call", async () => {
    const asked = provider(each, server.baseUrl);
    const controls = Array.from({ length: 5 }, () => new AbortController());
    const outcomes = controls.map((control) => drain(asked.stream(call(), control.signal)));
    await expect.poll(() => server.received.length).toBe(5);
    controls[2]?.abort();
    expect((await outcomes[2])?.kind).toBe("cancelled");
    expect(await Promise.race([outcomes[0], Promise.resolve("still running")])).toBe("still running");
    for (const control of controls) control.abort();
    expect((await Promise.all(outcomes)).map((outcome) => outcome.kind)).toEqual(Array(5).fill("cancelled"));
  });
});
