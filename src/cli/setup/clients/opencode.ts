import type { SetupClient } from "../client.ts";

/** opencode, for all projects. */
export const opencode: SetupClient = {
  id: "opencode",
  title: "opencode",
  format: "json",
  section: "mcp",
  files: ({ join, xdgConfig }) =>
    ["opencode.json", "opencode.jsonc", "config.json"].map((file) => join(xdgConfig, "opencode", file)),
  signs: ({ join, xdgConfig }) => [join(xdgConfig, "opencode")],
  entry: ({ command, args, env }) => ({
    type: "local",
    command: [command, ...args],
    enabled: true,
    ...(Object.keys(env).length === 0 ? {} : { environment: { ...env } }),
  }),
  route: () => "inherited",
  newFile: { $schema: "https://opencode.ai/config.json" },
  next: "Start opencode again; `opencode mcp list` shows the server.",
};
