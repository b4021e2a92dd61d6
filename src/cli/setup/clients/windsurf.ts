import type { SetupClient } from "../client.ts";
import { standardEntry } from "../entry.ts";

/** Windsurf (Cascade). */
export const windsurf: SetupClient = {
  id: "windsurf",
  title: "Windsurf",
  format: "json",
  section: "mcpServers",
  files: ({ join, home }) => [join(home, ".codeium", "windsurf", "mcp_config.json")],
  signs: ({ join, home, appData }) => [join(home, ".codeium", "windsurf"), join(appData, "Windsurf")],
  entry: standardEntry,
  route: () => "reference",
  reference: (name) => `\${env:${name}}`,
  next: "Press refresh in Cascade's MCP panel, or restart Windsurf from where the variables are set.",
};
