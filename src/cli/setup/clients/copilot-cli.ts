import type { SetupClient } from "../client.ts";
import { standardEntry } from "../entry.ts";

/** GitHub Copilot CLI. It hands on variables that are no secrets, and expands `${NAME}` in `env`. */
export const copilotCli: SetupClient = {
  id: "copilot-cli",
  title: "Copilot CLI",
  format: "json",
  section: "mcpServers",
  files: ({ join, home, variable }) => [join(variable("COPILOT_HOME") ?? join(home, ".copilot"), "mcp-config.json")],
  signs: ({ join, home, variable }) => [variable("COPILOT_HOME") ?? join(home, ".copilot")],
  entry: (start) => ({ type: "local", ...standardEntry(start), tools: ["*"] }),
  route: () => "reference",
  reference: (name) => `\${${name}}`,
  next: "Start Copilot CLI again; /mcp show shows the server.",
};
