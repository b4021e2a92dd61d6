import type { SetupClient } from "../client.ts";
import { standardEntry } from "../entry.ts";

/** Gemini CLI, for all projects. It strips variables that look like secrets. */
export const geminiCli: SetupClient = {
  id: "gemini-cli",
  title: "Gemini CLI",
  format: "json",
  section: "mcpServers",
  files: ({ join, home }) => [join(home, ".gemini", "settings.json")],
  signs: ({ join, home }) => [join(home, ".gemini")],
  entry: standardEntry,
  route: (name) => (/KEY|TOKEN|SECRET|PASSW|AUTH|CRED/i.test(name) ? "reference" : "inherited"),
  reference: (name) => `\${${name}}`,
  next: "Start Gemini CLI again; /mcp shows the server.",
  notes: ["Gemini CLI strips variables that end in _API_KEY and hands on the others: env names the keys."],
};
