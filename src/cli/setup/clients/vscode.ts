import type { SetupClient } from "../client.ts";
import { standardEntry } from "../entry.ts";

/** The default profile of VS Code. It gives its servers its own environment. */
export const vscode: SetupClient = {
  id: "vscode",
  title: "VS Code",
  format: "json",
  section: "servers",
  files: ({ join, appData }) => [join(appData, "Code", "User", "mcp.json")],
  signs: ({ join, appData, home }) => [join(appData, "Code", "User"), join(home, ".vscode")],
  entry: (start) => ({ type: "stdio", ...standardEntry(start) }),
  route: () => "inherited",
  next: "Run the command “MCP: List Servers” in VS Code and start signalbox. VS Code must see the variables: start it from where they are set.",
  deepLink: ({ command, args }) => {
    const server = encodeURIComponent(JSON.stringify({ name: "signalbox", command, args }));
    return `https://insiders.vscode.dev/redirect?url=${encodeURIComponent(`vscode:mcp/install?${server}`)}`;
  },
};
