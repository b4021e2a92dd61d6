import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { HERE } from "../cases/request.ts";
import { sandboxService } from "../support/sandbox-service.ts";

const KEY = "a-key-of-some-length-0123456789";
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** An endpoint that says its key in its answer, in two pieces. */
async function echo(): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      const key = (request.headers.authorization ?? "").replace("Bearer ", "");
      const pieces = [`The key is ${key.slice(0, 9)}`, `${key.slice(9)}, not sk-example-0123456789.`];
      const events = [
        ...pieces.map((content) => ({ choices: [{ index: 0, delta: { content } }] })),
        { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
        { choices: [], usage: { prompt_tokens: 10, completion_tokens: 10 } },
      ];
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(
        [...events.map((event) => JSON.stringify(event)), "[DONE]"].map((data) => `data: ${data}\n\n`).join(""),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

it("an answer that echoes the key of its endpoint is returned, kept and shown without it", async () => {
  const opened = await sandboxService(
    { env: { ECHO_KEY: KEY } },
    {
      privacy: { store_text: true },
      providers: { own: { kind: "openai_compatible", base_url: await echo(), api_key_env: "ECHO_KEY" } },
      models: [
        {
          id: "m1",
          provider: "own",
          wire_id: "m1",
          context_tokens: 32_768,
          prices: { input_usd_per_mtok: 1, output_usd_per_mtok: 1 },
        },
      ],
    },
    { verifier: HERE },
  );
  closers.unshift(() => opened.close());
  const { service } = opened;
  const routed = await service.route(
    { task: "general", prompt: "What are you let in with?", models: ["m1"], deadline_ms: 10_000 },
    { signal: new AbortController().signal },
  );
  if (!routed.ok) throw new Error("should be answered");
  expect(routed.value.text).toBe("The key is [key], not sk-example-0123456789.");
  expect(JSON.stringify([routed, await service.receipt(routed.value.route_id)])).not.toContain(KEY);
});
