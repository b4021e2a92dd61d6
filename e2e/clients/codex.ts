import type { DrivenClient } from "./client.ts";

/** Codex has no command that connects to a server; `setup` makes it end when a required server does not come up. */
export const codex: DrivenClient = {
  id: "codex",
  title: "Codex",
  package: "@openai/codex",
  bin: "codex",
  config: (modelOrigin) => ({
    path: ".codex/config.toml",
    text: `model = "scripted"
model_provider = "scripted"
check_for_update_on_startup = false

[analytics]
enabled = false

[model_providers.scripted]
name = "Scripted"
base_url = "${modelOrigin}/v1"
wire_api = "responses"
`,
  }),
  env: () => ({}),
  run: (prompt) => ["exec", "--skip-git-repo-check", "--sandbox", "read-only", prompt],
};
