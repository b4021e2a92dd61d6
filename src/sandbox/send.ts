import type { ServerResponse } from "node:http";
import type { Framing } from "./wire/wire.ts";

/** Every response says that no real vendor has answered. */
const MARK = { "x-signalbox-sandbox": "1" };

export const JSON_HEADERS = { "content-type": "application/json", ...MARK };

/** Headers of a stream in this framing. */
export function streamHeaders({ contentType }: Framing): Readonly<Record<string, string>> {
  return { "content-type": contentType, "cache-control": "no-cache", ...MARK };
}

/** Sends a JSON body with the sandbox's mark. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...JSON_HEADERS, ...headers }).end(JSON.stringify(body));
}
