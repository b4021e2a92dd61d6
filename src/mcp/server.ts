import { McpServer, ResourceTemplate } from "@modelcontextprotocol/server";
import type { Service } from "../core/service.ts";
import { Calls } from "./call-tool.ts";
import {
  contentsOf,
  decodeValue,
  RESOURCE_MIME_TYPE,
  type ResourceFamily,
  type SignalboxResource,
  templateOf,
} from "./define-resource.ts";
import { guardMessages } from "./messages.ts";
import { resources } from "./resources.ts";
import type { ServerOptions } from "./server-options.ts";
import { registerPrompts } from "./prompts.ts";
import { serveSubscriptions } from "./subscriptions.ts";
import { TASKS_EXTENSION } from "./tasks/extension.ts";
import type { Tool } from "./define-tool.ts";
import { registerViews } from "./views.ts";
import { tools } from "./tools/index.ts";

/** What a model is told about the server, as far as it is about tools that are there. `{tasks}`: the ids of the tasks. */
const INSTRUCTIONS: readonly { readonly needs: readonly string[]; readonly text: string }[] = [
  {
    needs: [],
    text:
      "Signalbox gives a subtask to the models chosen for it, in order, verifies the answer with real tools, falls back when it " +
      "fails, and never spends more than budget_usd. All amounts are USD.",
  },
  {
    needs: ["route_task"],
    text:
      "Call route_task for a subtask that stands alone. Tasks: {tasks}; auto picks one. " +
      'Give accept, criteria that a tool can check, wherever you can; an answer with verdict "unchecked" is for you to check.',
  },
  { needs: ["route_batch"], text: "Call route_batch for many of them at once." },
  { needs: ["route_task", "estimate_cost"], text: "Call estimate_cost first when the prompt is large." },
  {
    needs: ["get_receipt"],
    text: "get_receipt says why an answer came out so, and has the pages of an answer that was cut.",
  },
  { needs: ["report_outcome"], text: "Once you know whether an answer worked, call report_outcome." },
];

/** Clients that defer tools show their model nothing but these lines and the names of the tools. */
function instructionsFor(offered: readonly Tool[], service: Service): string {
  const names = new Set(offered.map(({ name }) => name));
  const tasks = service.policy().map(({ task }) => task);
  return INSTRUCTIONS.filter(({ needs }) => needs.every((need) => names.has(need)))
    .map(({ text }) => text.replace("{tasks}", () => tasks.join(", ")))
    .join("\n");
}

/** The lists never change while a process runs; what is in a resource does. */
const LIST_CACHE = { ttlMs: 3_600_000, cacheScope: "private" } as const;

/**
 * An MCP server over `service`, for one connection (or one stateless request) of either protocol era. Cheap: registers
 * tables, converts no schema, starts nothing, asks the service for nothing but its tasks.
 */
export function buildServer(service: Service, options: ServerOptions): McpServer {
  const offered = options.tools ?? tools;
  const server = new McpServer(
    { name: "signalbox", title: "Signalbox", version: options.version },
    {
      instructions: instructionsFor(offered, service),
      capabilities: {
        resources: { subscribe: true, listChanged: false },
        extensions: { [TASKS_EXTENSION]: {} },
      },
      cacheHints: { "tools/list": LIST_CACHE, "resources/list": LIST_CACHE, "resources/templates/list": LIST_CACHE },
    },
  );
  guardTransport(server);
  const calls = new Calls(server, service, options);
  calls.register(offered);
  for (const resource of resources) registerResource(server, resource, service);
  registerViews(server, offered);
  calls.registerAnswers();
  registerPrompts(server, service, offered);
  serveSubscriptions(server, service, options.onError);
  return server;
}

/** The messages of every transport go through the same guard. */
function guardTransport({ server }: McpServer): void {
  const connect = server.connect.bind(server);
  server.connect = (transport) => {
    guardMessages(transport);
    return connect(transport);
  };
}

function registerResource(server: McpServer, resource: SignalboxResource, service: Service): void {
  const { name, title, description } = resource;
  const metadata = { title, description, mimeType: RESOURCE_MIME_TYPE };
  if (resource.kind === "fixed") {
    server.registerResource(name, resource.uri, metadata, async (uri) =>
      contentsOf(uri.href, await resource.read(service)),
    );
    return;
  }
  server.registerResource(name, resourceTemplate(resource, service), metadata, async (uri, variables) => {
    const value = decodeValue(uri.href, String(variables[resource.variable]));
    return contentsOf(uri.href, await resource.read(service, value));
  });
}

function resourceTemplate(family: ResourceFamily, service: Service): ResourceTemplate {
  return new ResourceTemplate(templateOf(family), {
    // Families are found by their completions: listing every route would drown the eight addresses that matter.
    list: undefined,
    complete: { [family.variable]: async (written) => [...(await family.complete(service, written))] },
  });
}
