import { chooseTools } from "../mcp/select-tools.ts";
import type { Command, Flag } from "./command.ts";
import { usageError } from "./usage.ts";

/** Which tools a server offers. */
interface ToolFlags {
  readonly tools?: string;
  readonly readOnly?: boolean;
}

export interface ServeFlags extends ToolFlags {
  /** `true`, or the folder of the sandbox's ledger. */
  readonly sandbox?: boolean | string;
  readonly http?: boolean;
  readonly host?: string;
  readonly port?: number;
}

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = 8787;

const TOOL_FLAGS: readonly Flag[] = [
  { flags: "--tools <names>", about: "offer only these tools: route_task,estimate_cost" },
  { flags: "--read-only", about: "offer only tools that spend and change nothing" },
];

/** `signalbox serve` */
export const serve: Command<ServeFlags> = {
  flags: [
    { flags: "--http", about: "over HTTP at /mcp, instead of stdin and stdout" },
    { flags: "--host <address>", about: `where to listen (default ${DEFAULT_HOST}; anything else needs a token)` },
    { flags: "--port <number>", about: `default ${DEFAULT_PORT}; 0 takes any that is free`, parse: parsePort },
    ...TOOL_FLAGS,
    {
      flags: "--sandbox [folder]",
      about: "scripted answers in place of the vendors': no key, no money, a ledger of its own (kept in the folder)",
    },
  ],
  examples: [
    "serve",
    "serve --read-only",
    "serve --sandbox",
    "serve --http --tools route_task,estimate_cost",
    "SIGNALBOX_HTTP_TOKEN=… signalbox serve --http --host 0.0.0.0",
  ],
  async run({ http, host, port, sandbox, ...toolFlags }, world) {
    const folder = typeof sandbox === "string" ? sandbox : null;
    const what = { ...toolsOf(toolFlags), ...(sandbox === undefined ? {} : { sandbox: { folder } }) };
    if (http === true)
      return world.serve({ over: "http", host: host ?? DEFAULT_HOST, port: port ?? DEFAULT_PORT, ...what });
    if (host !== undefined || port !== undefined) throw usageError("--host and --port go with --http");
    return world.serve({ over: "stdio", ...what });
  },
};

/** The tools that the flags leave; nothing, where they leave all. Throws a usage error for a name that no tool has. */
function toolsOf({ tools, readOnly }: ToolFlags) {
  if (tools === undefined && readOnly !== true) return {};
  const names = tools === undefined ? null : tools.split(",").map((name) => name.trim());
  const chosen = chooseTools({ names, readOnly: readOnly === true });
  if (!chosen.ok) throw usageError(`--tools: ${chosen.problem}`);
  return { tools: chosen.tools };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/u.test(text) || port > 65_535) throw usageError("a port is a whole number from 0 to 65535");
  return port;
}
