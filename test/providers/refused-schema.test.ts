import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import type { AnswerSchema } from "../../src/core/answer-schema.ts";
import type { Effort } from "../../src/core/planning.ts";
import { createProvider, type ProviderConnection } from "../../src/providers/index.ts";
import { endpoints } from "./endpoints.ts";
import { call, drain, ENDINGS, KEY, KINDS, model, OPENINGS, thinking, type Kind } from "./support.ts";

const endpoint = endpoints();
const schema = { type: "object", properties: { reasoning: { type: "string" } }, required: ["reasoning"] };
const answerSchema: AnswerSchema = { schema, isStrict: true, tokens: 20, maxTokens: 100 };

const refuse = (response: ServerResponse, message: string, status = 400): void => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ error: { message } }));
};
const hasSchema = (body: unknown): boolean => /"reasoning":\{"type":"string"\}/.test(JSON.stringify(body));

/** An endpoint that refuses bodies by a rule, and answers all others. */
async function serve(kind: Kind, rule: (body: Readonly<Record<string, unknown>>) => string | null, status = 400) {
  return endpoint((request, response) => {
    const message = rule(request.body);
    if (message !== null) return refuse(response, message, status);
    response.writeHead(200, { "content-type": "text/event-stream" }).end(OPENINGS[kind] + ENDINGS[kind]);
  });
}

function providerOf(kind: Kind, baseUrl: string, settings: Partial<ProviderConnection> = {}, effort: Effort = "low") {
  const provider = createProvider({ id: "own", kind, baseUrl, ...settings }, KEY);
  const asked = model({ thinking: thinking("optional") });
  return () => drain(provider.stream(call({ model: asked, effort, answerSchema }), AbortSignal.timeout(10_000)));
}

describe.each(KINDS)("a schema that %s refuses", (kind) => {
  it.each([
    "Request contains an invalid argument.",
    "Invalid schema: 'reasoning' is not supported",
    "grammar too large",
  ])("is left out, and nothing else: %s", async (message) => {
    const { baseUrl, received } = await serve(kind, (body) => (hasSchema(body) ? message : null));
    const outcome = await providerOf(kind, baseUrl)();
    expect(outcome).toMatchObject({ error: null, text: "par", finish: "stop" });
    expect(outcome.events[0]).toEqual({ type: "schema_refused", message: `own: answered 400: ${message}` });
    expect(received.map(({ body }) => hasSchema(body))).toEqual([true, false]);
    // The way of thinking stays as it was asked for.
    const effort = (body: unknown): string | undefined =>
      /"effort":"low"|"reasoning_effort":"low"|"thinkingLevel":"LOW"/.exec(JSON.stringify(body))?.[0];
    expect(effort(received[1]?.body)).toBe(effort(received[0]?.body));
  });

  it("is remembered, for this schema", async () => {
    const { baseUrl, received } = await serve(kind, (body) => (hasSchema(body) ? "no" : null));
    const ask = providerOf(kind, baseUrl);
    await ask();
    const again = await ask();
    expect(again.events[0]).toMatchObject({ type: "schema_refused" });
    expect(received.map(({ body }) => hasSchema(body))).toEqual([true, false, false]);
  });

  it("was not at fault where the call is refused without it as well", async () => {
    const { baseUrl, received } = await serve(kind, (body) => (hasSchema(body) ? "no" : "the prompt is odd"));
    const { error, events } = await providerOf(kind, baseUrl)();
    expect(events).toEqual([]);
    expect(error?.kind).toBe("bad_request");
    expect(error?.message).toContain("the prompt is odd");
    expect(received).toHaveLength(2);
  });

  it.each([401, 404, 429, 500])("is kept when the endpoint answers %i", async (status) => {
    const { baseUrl, received } = await serve(kind, () => "model: x", status);
    await providerOf(kind, baseUrl)();
    expect(received.every(({ body }) => hasSchema(body))).toBe(true);
  });
});

/** What an endpoint says of the schema, in words that are also names of other parameters. */
it.each<[Kind, Effort, string, object]>([
  [
    "anthropic",
    "low",
    "output_config.format.schema: For 'array' type, 'minItems' values other than 0 or 1 are not supported",
    { output_config: { effort: "low" } },
  ],
  ["together", "none", "Invalid schema: property 'reasoning' is not supported", { reasoning: { enabled: false } }],
])("%s keeps how it was asked to think when its schema is refused", async (kind, effort, message, kept) => {
  const { baseUrl, received } = await serve(kind, (body) => (hasSchema(body) ? message : null));
  const outcome = await providerOf(kind, baseUrl, {}, effort)();
  expect(outcome.events[0]).toMatchObject({ type: "schema_refused" });
  expect(received).toHaveLength(2);
  expect(received[1]?.body).toMatchObject(kept);
});

it("a format of the config's own is sent in place of the schema", async () => {
  const { baseUrl, received } = await serve("openai_compatible", () => null);
  const params = { response_format: { type: "json_object" } };
  await providerOf("openai_compatible", baseUrl, { params })();
  expect(received[0]?.body["response_format"]).toEqual({ type: "json_object" });
});
