import type { SetupClient } from "../client.ts";
import { standardEntry } from "../entry.ts";

/** Claude Desktop gives a server PATH, HOME and the like, and what stands in `env`. It knows no reference to a variable. */
export const claudeDesktop: SetupClient = {
  id: "claude-desktop",
  title: "Claude Desktop",
  format: "json",
  section: "mcpServers",
  files: ({ join, appData }) => [join(appData, "Claude", "claude_desktop_config.json")],
  signs: ({ join, appData }) => [join(appData, "Claude")],
  entry: standardEntry,
  route: () => "value",
  next: "Quit Claude Desktop and start it again.",
};
