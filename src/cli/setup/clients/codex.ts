import type { SetupClient } from "../client.ts";
import { shellWord, standardEntry } from "../entry.ts";

/** Codex: its command line, its app and its extension share this file. It hands on no variable that it is not told to. */
export const codex: SetupClient = {
  id: "codex",
  title: "Codex",
  format: "toml",
  section: "mcp_servers",
  files: ({ join, home, variable }) => [join(variable("CODEX_HOME") ?? join(home, ".codex"), "config.toml")],
  signs: ({ join, home, variable }) => [variable("CODEX_HOME") ?? join(home, ".codex")],
  entry: (start) => {
    const { env, ...entry } = standardEntry(start);
    return {
      ...entry,
      // Codex goes on without a server that takes over a second to start, unless it is required.
      required: true,
      // Signalbox asks for approval itself where the config says so.
      default_tools_approval_mode: "approve",
      ...(start.handedOn.length === 0 ? {} : { env_vars: start.handedOn }),
      ...(env === undefined ? {} : { env }),
    };
  },
  route: () => "listed",
  next: "Start a new session of Codex; /mcp shows the server.",
  notes: ["Codex hands on no variable by itself: env_vars lists those that it hands on, env holds values."],
  command: ({ command, args, env }) =>
    [
      "codex mcp add signalbox",
      ...Object.entries(env).map(([name, value]) => `--env ${name}=${shellWord(value)}`),
      "--",
      ...[command, ...args].map(shellWord),
    ].join(" "),
};
