import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mutated, TEXT, validChunks, type Sent } from "./mutations.ts";
import { ask, ENDINGS, ERROR_KINDS, KEY, KINDS, OPENINGS, sse, stub, type Kind, type Stub } from "./support.ts";

/** Every call ends by itself well within this; on a busy machine too. */
const PATIENCE_MS = 8_000;
const LONGEST_MESSAGE_CHARS = 320;

let server: Stub;
let current: Sent = { status: 200, headers: {}, chunks: [], breaks: false };
beforeAll(async () => {
  server = await stub((response) => {
    const { status, headers, chunks, breaks } = current;
    response.on("error", () => {});
    response.writeHead(status, headers);
    for (const chunk of chunks) response.write(chunk);
    if (breaks) response.socket?.destroy();
    else response.end();
  });
});
afterAll(() => server.close());

/** Whatever the server sends: events, then perhaps an error of a known kind that shows nothing it should not. */
async function expectGoodEnd(kind: Kind, sent: Sent): Promise<void> {
  current = sent;
  const startedMs = performance.now();
  const outcome = await ask(kind, server.baseUrl);
  expect(performance.now() - startedMs).toBeLessThan(PATIENCE_MS);
  if (outcome.kind !== null) expect(ERROR_KINDS).toContain(outcome.kind);
  expect(outcome.kind).not.toBe("cancelled");
  if (sent.status >= 300) expect(outcome.kind).not.toBeNull();
  if (outcome.error !== null) {
    expect(outcome.error.message).not.toContain(KEY);
    expect(outcome.error.message.length).toBeLessThanOrEqual(LONGEST_MESSAGE_CHARS);
    expect(outcome.error.message).not.toMatch(/\n|node_modules/);
  }
  for (const count of Object.values(outcome.usage ?? {})) {
    if (count !== null) expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
  }
}

const status = fc.constantFrom(200, 200, 200, 200, 206, 301, 400, 401, 404, 408, 413, 429, 500, 503, 529, 599);
const type = fc.constantFrom(
  "text/event-stream",
  "text/event-stream",
  "",
  "text/html",
  "application/json",
  "text/plain",
);

/** What the adapters look for, so that random JSON gets past the first look. */
const KEYS =
  "type choices delta content usage error message code status details candidates parts text finishReason finish_reason stop_reason promptFeedback blockReason usageMetadata prompt_tokens __proto__".split(
    " ",
  );

/** Bytes that mean nothing, lines that nearly mean something, and JSON of any shape where a chunk is due. */
function chunks(kind: Kind): fc.Arbitrary<readonly Uint8Array[]> {
  const bytes = fc.uint8Array({ maxLength: 200 });
  const lines = fc.constantFrom(
    "data:",
    "data: ",
    "event: error\n",
    "\n\n",
    "\r\n\r\n",
    ":\n",
    "data: [DONE]\n\n",
    "data: {\n\n",
    "\uFEFF",
    OPENINGS[kind],
    ENDINGS[kind],
    OPENINGS[kind].slice(0, -9),
  );
  const keys = fc.constantFrom(...KEYS);
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 0.5, "", "stop", "error", "message_delta", "overloaded_error"),
      fc.string(),
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(keys, tie("tree"), { maxKeys: 5 }),
    ),
  }));
  const events = tree.map((value) => sse(value ?? null));
  const text = fc.oneof(lines, events).map((line) => new TextEncoder().encode(line));
  return fc.array(fc.oneof(bytes, text, text, text), { maxLength: 8 });
}

describe.each(KINDS)("%s", (kind) => {
  it("understands the stream that is mutated below", async () => {
    current = {
      status: 200,
      headers: { "content-type": "text/event-stream" },
      chunks: validChunks(kind),
      breaks: false,
    };
    expect(await ask(kind, server.baseUrl)).toMatchObject({ text: TEXT, finish: "stop", kind: null });
  });

  it("ends in events or an error of a known kind, whatever the body", async () => {
    const sent = fc.record({
      status,
      headers: type.map((each): Record<string, string> => (each === "" ? {} : { "content-type": each })),
      chunks: chunks(kind),
      breaks: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(sent, (each) => expectGoodEnd(kind, each)),
      { numRuns: 250, interruptAfterTimeLimit: 10_000 },
    );
  });

  it("ends in events or an error of a known kind, whatever befalls a valid stream on its way", async () => {
    await fc.assert(
      fc.asyncProperty(mutated(kind), (each) => expectGoodEnd(kind, each)),
      { numRuns: 300, interruptAfterTimeLimit: 10_000 },
    );
  });

  it("never takes what broke off, or came garbled, for another answer", async () => {
    const whole = Buffer.concat(validChunks(kind));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.boolean(), async (length, breaks) => {
        const headers = { "content-type": "text/event-stream" };
        current = { status: 200, headers, chunks: [whole.subarray(0, length)], breaks };
        const outcome = await ask(kind, server.baseUrl);
        expect(TEXT.startsWith(outcome.text)).toBe(true);
        if (outcome.finish === "stop") expect(outcome.text).toBe(TEXT);
      }),
      { numRuns: 150, interruptAfterTimeLimit: 8_000 },
    );
  });
});
