/**
 * What a server says that cannot serve. Clients hide stderr, so each request is answered with an error that says why.
 * Runs on any Node that knows modules: imports nothing but node:*, and only syntax that old versions know.
 */
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/** JSON-RPC's "internal error": the client's request was fine. */
const INTERNAL_ERROR = -32603;

/** Whether this command line (without node and script) asks for MCP over stdin and stdout. */
export function servesStdio(argv: readonly string[]): boolean {
  const [first] = argv;
  const serves = first === undefined || first === "serve" || /^--(?:tools|read-only|sandbox)(?:=|$)/.test(first);
  return serves && !argv.some((word) => word === "--http" || word === "--help" || word === "-h");
}

/** Answers every request on `input` with an error that says `message`, in both eras of the protocol. Resolves when the input ends. */
export async function refuseToServe(message: string, input: Readable, output: Writable): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const ids = requestIds(line);
    const answers = ids.map((id) => ({ jsonrpc: "2.0", id, error: { code: INTERNAL_ERROR, message } }));
    for (const answer of answers) output.write(`${JSON.stringify(answer)}\n`);
  }
}

/** The ids of the requests on a line; notifications, responses and what is no JSON-RPC have none. */
function requestIds(line: string): readonly (string | number)[] {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return [];
  }
  return (Array.isArray(message) ? message : [message]).flatMap((each: unknown) => {
    if (typeof each !== "object" || each === null) return [];
    const { id, method } = each as { readonly id?: unknown; readonly method?: unknown };
    return typeof method === "string" && (typeof id === "string" || typeof id === "number") ? [id] : [];
  });
}
