import type { Client } from "@modelcontextprotocol/client";
import type { ErrorOutput } from "../../core/contract.ts";
import type { Outcome } from "../../core/outcome.ts";
import type { World } from "../command.ts";

/** The revision of MCP that the demo speaks. */
const PROTOCOL_VERSION = "2026-07-28";

/** A Signalbox server as a child process, and the MCP client that talks to it over stdio. */
export interface DemoSession {
  callTool<T>(name: string, input: Readonly<Record<string, unknown>>): Promise<Outcome<T>>;
  readResource(uri: string): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Starts the server with `env` and nothing else of the user's variables but what any process needs (the client passes on PATH,
 * HOME and the like): no key, config file or ledger of the user can get in.
 */
export async function startSession(world: World, env: Readonly<Record<string, string>>): Promise<DemoSession> {
  const [{ Client }, { StdioClientTransport }] = await Promise.all([
    import("@modelcontextprotocol/client"),
    import("@modelcontextprotocol/client/stdio"),
  ]);
  const { command, args } = world.self;
  const client = new Client(
    { name: "signalbox-demo", version: "1.0.0" },
    { versionNegotiation: { mode: { pin: PROTOCOL_VERSION } } },
  );
  // The client asks a plain StdioClientTransport's server for its revision on a second process, and drops what that one says on
  // stderr; of a subclass it asks the very process that then serves.
  class OneProcessTransport extends StdioClientTransport {}
  const transport = new OneProcessTransport({ command, args: [...args], env: { ...env }, stderr: "pipe" });
  // Passed on by hand: the injected stream need not be a file descriptor.
  transport.stderr?.on("data", (part: Buffer) => void world.err.write(part));
  await client.connect(transport, { signal: world.signal });
  return {
    callTool: (name, input) => callTool(client, name, input, world.signal),
    readResource: (uri) => readResource(client, uri, world.signal),
    close: () => client.close(),
  };
}

async function callTool<T>(
  client: Client,
  name: string,
  input: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<Outcome<T>> {
  const result = await client.callTool({ name, arguments: { ...input } }, { signal });
  const content: unknown = result.structuredContent;
  if (result.isError !== true) return { ok: true, value: content as T };
  const failed = (content as { readonly error?: ErrorOutput } | undefined)?.error;
  if (failed === undefined) throw new Error(`${name} failed without saying why: ${JSON.stringify(result.content)}`);
  return { ok: false, error: failed };
}

async function readResource(client: Client, uri: string, signal: AbortSignal): Promise<unknown> {
  const { contents } = await client.readResource({ uri }, { signal });
  const [first] = contents;
  if (first === undefined || !("text" in first)) throw new Error(`${uri} has no text`);
  return JSON.parse(first.text) as unknown;
}
