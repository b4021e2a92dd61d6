import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { anthropic } from "./wires/anthropic.ts";
import { gemini } from "./wires/gemini.ts";
import { openai } from "./wires/openai.ts";
import type { ModelRequest, ModelStep, ModelWire } from "./wires/wire.ts";

/** A model on loopback that calls `route_task` once, says what came of it, and remembers what it was given. */
export interface ScriptedModel {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** All names of tools that any request offered or told of. */
  readonly tools: ReadonlySet<string>;
  /** What the client gave the model of the tool's result; `null` until it did. */
  result(): string | null;
  /** Everything that came to no format, for the report of a failure. */
  readonly unknown: readonly string[];
  close(): Promise<void>;
}

const WIRES: readonly ModelWire[] = [anthropic, openai, gemini];
const ROUTE_CALL = "call_route";
const SEARCH_CALL = "call_search";

/** `args`: what the model calls `route_task` with. */
export async function startScriptedModel(args: Readonly<Record<string, unknown>>): Promise<ScriptedModel> {
  const tools = new Set<string>();
  const unknown: string[] = [];
  let result: string | null = null;
  const stepFor = (asked: ModelRequest): ModelStep => {
    for (const tool of [...asked.tools, ...asked.deferred]) tools.add(tool);
    const answered = asked.results.get(ROUTE_CALL);
    if (answered !== undefined) {
      result = answered;
      return { kind: "say", text: `The tool said: ${answered}` };
    }
    const tool = asked.tools.find((name) => name.endsWith("route_task"));
    if (tool !== undefined) return { kind: "call", id: ROUTE_CALL, tool, args };
    const deferred = asked.deferred.find((name) => name.endsWith("route_task"));
    return deferred === undefined || asked.results.has(SEARCH_CALL)
      ? { kind: "say", text: "Nothing to do." }
      : { kind: "call", id: SEARCH_CALL, tool: "ToolSearch", args: { query: `select:${deferred}` } };
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = "/"] = (request.url ?? "/").split("?");
    const body = await text(request);
    const wire = WIRES.find(({ answers }) => answers(path));
    if (wire === undefined || request.method !== "POST") {
      unknown.push(`${request.method} ${path}`);
      response.writeHead(404, { "content-type": "application/json" }).end('{"error":{"message":"not scripted"}}');
      return;
    }
    const events = wire.write(stepFor(wire.read(JSON.parse(body))));
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const { event, data } of events) {
      response.write(`${event === undefined ? "" : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`);
    }
    response.end();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      unknown.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tools,
    unknown,
    result: () => result,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
