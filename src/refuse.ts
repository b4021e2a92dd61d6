/**
 * What a server says that cannot serve. Clients hide stderr, so each request is answered with an error that says why.
 * Runs on any Node that knows modules: imports nothing but node:*, and only syntax that old versions know.
 */
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/** JSON-RPC's "internal error": the client's request was fine. */
const INTERNAL_ERROR = -32603;
/**
 * What clients of the 2026 era ask first. Of the errors that it may have they show the text of this one alone; those that can go on
 * with `initialize`, whose revision is named, and read it there.
 */
const DISCOVER = "server/discover";
const UNSUPPORTED_PROTOCOL_VERSION = -32022;
const INITIALIZE_REVISION = "2025-11-25";

/** Whether this command line (without node and script) asks for MCP over stdin and stdout. */
export function servesStdio(argv: readonly string[]): boolean {
  const [first] = argv;
  const serves = first === undefined || first === "serve" || /^--(?:tools|read-only|sandbox)(?:=|$)/.test(first);
  return serves && !argv.some((word) => word === "--http" || word === "--help" || word === "-h");
}

/** Answers every request on `input` with an error that says `message`, in both eras of the protocol. Resolves when the input ends. */
export function refuseToServe(message: string, input: Readable, output: Writable): Promise<void> {
  const lines = createInterface({ input, crlfDelay: Infinity });
  lines.on("line", (line) => {
    for (const { id, method } of requestsOn(line)) {
      const error =
        method === DISCOVER
          ? { code: UNSUPPORTED_PROTOCOL_VERSION, message, data: { supported: [INITIALIZE_REVISION] } }
          : { code: INTERNAL_ERROR, message };
      output.write(`${JSON.stringify({ jsonrpc: "2.0", id, error })}\n`);
    }
  });
  return new Promise((resolve) => {
    lines.once("close", resolve);
    // A stream that is destroyed has no end.
    input.once("close", () => lines.close());
  });
}

/** The requests on a line; notifications, responses and what is no JSON-RPC are none. */
function requestsOn(line: string): readonly { readonly id: string | number; readonly method: string }[] {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return [];
  }
  return (Array.isArray(message) ? message : [message]).flatMap((each: unknown) => {
    if (typeof each !== "object" || each === null) return [];
    const { id, method } = each as { readonly id?: unknown; readonly method?: unknown };
    return typeof method === "string" && (typeof id === "string" || typeof id === "number") ? [{ id, method }] : [];
  });
}
