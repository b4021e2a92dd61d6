import { type Agent, request } from "node:http";

/** Requests as no client of the SDK would write them. */

const JSON_HEADERS = { "content-type": "application/json", accept: "application/json, text/event-stream" };

export const INITIALIZE = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "raw", version: "0" } },
};

export function post(url: URL, message: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const body = typeof message === "string" ? message : JSON.stringify(message);
  return fetch(url, { method: "POST", headers: { ...JSON_HEADERS, ...headers }, body });
}

/** Opens a session of an old client; its id. */
export async function openSession(url: URL, headers: Record<string, string> = {}): Promise<string> {
  const response = await post(url, INITIALIZE, headers);
  await response.text();
  const id = response.headers.get("mcp-session-id");
  if (id === null) throw new Error(`No session: ${response.status}`);
  await (
    await post(url, { jsonrpc: "2.0", method: "notifications/initialized" }, { ...headers, "mcp-session-id": id })
  ).text();
  return id;
}

/** A request of the new era. */
export function modern(method: string, params: Record<string, unknown> = {}, id: number = 1) {
  const message = {
    jsonrpc: "2.0",
    id,
    method,
    params: {
      ...params,
      _meta: {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { name: "raw", version: "0" },
        "io.modelcontextprotocol/clientCapabilities": {},
      },
    },
  };
  const name = typeof params["name"] === "string" ? { "mcp-name": params["name"] } : {};
  return { message, headers: { "mcp-protocol-version": "2026-07-28", "mcp-method": method, ...name } };
}

export function toolCall(name: string, args: Record<string, unknown>, id = 7) {
  return { jsonrpc: "2.0", id, method: "tools/call", params: { name, arguments: args } };
}

/** Asks for a session without ceremony, on a connection of the agent; the status. */
export function quickPost(url: URL, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers: JSON_HEADERS, agent }, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? 0));
    });
    sent.once("error", reject);
    sent.end(JSON.stringify(INITIALIZE));
  });
}
