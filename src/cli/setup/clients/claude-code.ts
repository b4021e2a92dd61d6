import type { SetupClient } from "../client.ts";
import { shellWord, standardEntry } from "../entry.ts";

/** User scope of Claude Code: every project sees the server. */
export const claudeCode: SetupClient = {
  id: "claude-code",
  title: "Claude Code",
  format: "json",
  section: "mcpServers",
  files: ({ join, home, variable }) => [join(variable("CLAUDE_CONFIG_DIR") ?? home, ".claude.json")],
  signs: ({ join, home, variable }) => [
    variable("CLAUDE_CONFIG_DIR") ?? join(home, ".claude"),
    join(home, ".claude.json"),
  ],
  entry: (start) => ({ type: "stdio", ...standardEntry(start) }),
  route: () => "inherited",
  next: "Start a new session of Claude Code; /mcp shows the server.",
  notes: [
    "Claude Code hands on its own environment, ANTHROPIC_BASE_URL and ANTHROPIC_API_KEY too. If it talks to a gateway, Signalbox does the same: set ANTHROPIC_BASE_URL in the entry's env to change that.",
  ],
  command: ({ command, args, env }) =>
    [
      "claude mcp add --scope user signalbox",
      ...Object.entries(env).map(([name, value]) => `-e ${name}=${shellWord(value)}`),
      "--",
      ...[command, ...args].map(shellWord),
    ].join(" "),
};
