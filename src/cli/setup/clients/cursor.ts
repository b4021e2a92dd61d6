import type { SetupClient } from "../client.ts";
import { standardEntry } from "../entry.ts";

/** Cursor, for all projects. */
export const cursor: SetupClient = {
  id: "cursor",
  title: "Cursor",
  format: "json",
  section: "mcpServers",
  files: ({ join, home }) => [join(home, ".cursor", "mcp.json")],
  signs: ({ join, home, appData }) => [join(home, ".cursor"), join(appData, "Cursor")],
  entry: (start) => ({ type: "stdio", ...standardEntry(start) }),
  route: () => "reference",
  reference: (name) => `\${env:${name}}`,
  next: "Restart Cursor from where the variables are set; its settings show the server under MCP.",
  deepLink: ({ command, args }) => {
    const config = Buffer.from(JSON.stringify({ command, args })).toString("base64");
    return `https://cursor.com/en/install-mcp?name=signalbox&config=${encodeURIComponent(config)}`;
  },
};
