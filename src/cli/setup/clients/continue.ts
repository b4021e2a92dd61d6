import type { SetupClient } from "../client.ts";
import { standardEntry } from "../entry.ts";

/** Continue: its extensions and `cn`. A secret comes from `~/.continue/.env`, else from the environment. */
export const continueDev: SetupClient = {
  id: "continue",
  title: "Continue",
  format: "yaml",
  section: "mcpServers",
  files: ({ join, home, variable }) => [
    join(variable("CONTINUE_GLOBAL_DIR") ?? join(home, ".continue"), "config.yaml"),
  ],
  signs: ({ join, home, variable }) => [variable("CONTINUE_GLOBAL_DIR") ?? join(home, ".continue")],
  entry: standardEntry,
  route: () => "reference",
  reference: (name) => `\${{ secrets.${name} }}`,
  newFile: { name: "Local Config", version: "1.0.0", schema: "v1" },
  next: "Reload the window, or start cn again. Tools are offered in agent mode.",
};
