import type { SetupClient } from "../client.ts";
import { standardEntry } from "../entry.ts";

/** Cline gives up on a call after 60 s unless its entry says otherwise. */
const TIMEOUT_S = 600;

/** Cline: its command line and its extension share the first file; older extensions have the second. */
export const cline: SetupClient = {
  id: "cline",
  title: "Cline",
  format: "json",
  section: "mcpServers",
  files: ({ join, home, appData, variable }) => [
    join(variable("CLINE_DIR") ?? join(home, ".cline"), "data", "settings", "cline_mcp_settings.json"),
    join(appData, ...EXTENSION, "settings", "cline_mcp_settings.json"),
  ],
  signs: ({ join, home, appData, variable }) => [
    variable("CLINE_DIR") ?? join(home, ".cline"),
    join(appData, ...EXTENSION),
  ],
  entry: (start) => ({ ...standardEntry(start), disabled: false, timeout: TIMEOUT_S }),
  route: () => "value",
  next: "Cline reads the file by itself; its MCP servers show signalbox.",
};

const EXTENSION = ["Code", "User", "globalStorage", "saoudrizwan.claude-dev"];
