import process from "node:process";
import type { Transport } from "@modelcontextprotocol/server";
import { serveStdio, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { MAX_INPUT_CHARS } from "../core/prompt.ts";
import type { Service } from "../core/service.ts";
import type { ServerOptions } from "./server-options.ts";
import { buildServer } from "./server.ts";
import { wholeLines } from "./line-buffer.ts";
import { pushChanges } from "./subscriptions.ts";

/** The largest prompt that is accepted, written as JSON with every character escaped, still fits: it is refused by name, not by a hang-up. */
const MAX_MESSAGE_BYTES = 6 * MAX_INPUT_CHARS + 1_000_000;

/** The transport on the streams of this process: as the SDK makes it, but for messages that come in many pieces. */
function standardStreams(): Transport {
  const lines = wholeLines(process.stdin, MAX_MESSAGE_BYTES);
  return new StdioServerTransport(lines, process.stdout, { maxBufferSize: MAX_MESSAGE_BYTES });
}

/**
 * Serves MCP over stdin and stdout, or over `transport`, to a client of either protocol era. Resolves when the client is gone:
 * stdin has ended, or stdout takes no more. Calls that still run then are aborted; closing the service is up to the caller.
 */
export async function serveStdioServer(
  service: Service,
  options: ServerOptions,
  transport: Transport = standardStreams(),
): Promise<void> {
  const closed = Promise.withResolvers<void>();
  serveStdio(
    ({ era }) => {
      const server = buildServer(service, options);
      if (era === "modern") pushChanges(server, service, options.onError);
      return server;
    },
    { transport, onerror: options.onError },
  );
  const { onclose } = transport;
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- transports of the SDK have this one slot
  transport.onclose = () => {
    onclose?.();
    closed.resolve();
  };
  await closed.promise;
}
