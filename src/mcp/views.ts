import type { McpServer } from "@modelcontextprotocol/server";
import type { Tool, ViewUri } from "./define-tool.ts";
import { viewPage } from "./view-page.ts";

/** Pages that clients with MCP Apps show beside a result (https://modelcontextprotocol.io/extensions/apps). */
const VIEWS = {
  "ui://signalbox/spend": {
    name: "spend_view",
    title: "Spend",
    description: "Spend, savings, success, latency, budgets and breakers, as charts",
  },
  "ui://signalbox/route": {
    name: "route_view",
    title: "Request",
    description: "The calls of a request in time, with what each check found",
  },
} as const satisfies Record<ViewUri, object>;

const APP_MIME_TYPE = "text/html;profile=mcp-app";

/** What a tool says of its page. */
export function viewMeta({ view }: Tool): { readonly _meta?: Record<string, unknown> } {
  return view === undefined ? {} : { _meta: { ui: { resourceUri: view } } };
}

/**
 * Serves the pages of the tools that are offered. Both are the same page, which shows what the client hands it. It needs no address beyond its
 * client, so it asks for none.
 */
export function registerViews(server: McpServer, offered: readonly Tool[]): void {
  for (const uri of new Set(offered.flatMap(({ view }) => view ?? []))) {
    const { name, title, description } = VIEWS[uri];
    server.registerResource(name, uri, { title, description, mimeType: APP_MIME_TYPE }, async () => ({
      contents: [{ uri, mimeType: APP_MIME_TYPE, text: await viewPage() }],
    }));
  }
}
