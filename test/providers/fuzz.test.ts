import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, ENDINGS, ERROR_KINDS, KINDS, OPENINGS, sse, stub, type Kind, type Stub } from "./support.ts";

interface Case {
  readonly status: number;
  readonly type: string;
  readonly chunks: readonly Uint8Array[];
  readonly breaks: boolean;
}

let server: Stub;
let current: Case = { status: 200, type: "", chunks: [], breaks: false };
beforeAll(async () => {
  server = await stub((response) => {
    const { status, type, chunks, breaks } = current;
    response.writeHead(status, type === "" ? {} : { "content-type": type });
    for (const chunk of chunks) response.write(chunk);
    if (breaks) response.socket?.destroy();
    else response.end();
  });
});
afterAll(() => server.close());

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
  it("ends in events or an error of a known kind, whatever the body", async () => {
    const cases = fc.record({ status, type, chunks: chunks(kind), breaks: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(cases, async (each) => {
        current = each;
        const outcome = await ask(kind, server.baseUrl);
        if (outcome.kind !== null) expect(ERROR_KINDS).toContain(outcome.kind);
        expect(outcome.kind).not.toBe("cancelled");
        if (each.status >= 300) expect(outcome.kind).not.toBeNull();
        for (const count of Object.values(outcome.usage ?? {})) {
          if (count !== null) expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
        }
      }),
      { numRuns: 250, interruptAfterTimeLimit: 15_000 },
    );
  });
});
