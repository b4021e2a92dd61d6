import { usageError } from "./usage.ts";
import type { Command } from "./command.ts";

export interface ServeFlags {
  readonly http?: boolean;
  readonly host?: string;
  readonly port?: number;
}

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = 8787;

/** `signalbox serve` */
export const serve: Command<ServeFlags> = {
  flags: [
    { flags: "--http", about: "over HTTP at /mcp, instead of stdin and stdout" },
    { flags: "--host <address>", about: `where to listen (default ${DEFAULT_HOST}; anything else needs a token)` },
    { flags: "--port <number>", about: `default ${DEFAULT_PORT}; 0 takes any that is free`, parse: parsePort },
  ],
  examples: ["serve", "serve --http", "SIGNALBOX_HTTP_TOKEN=… signalbox serve --http --host 0.0.0.0"],
  async run({ http, host, port }, world) {
    if (http === true) return world.serve({ over: "http", host: host ?? DEFAULT_HOST, port: port ?? DEFAULT_PORT });
    if (host !== undefined || port !== undefined) throw usageError("--host and --port go with --http");
    return world.serve({ over: "stdio" });
  },
};

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/u.test(text) || port > 65_535) throw usageError("a port is a whole number from 0 to 65535");
  return port;
}
