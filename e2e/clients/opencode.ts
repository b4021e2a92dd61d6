import type { DrivenClient } from "./client.ts";

export const opencode: DrivenClient = {
  id: "opencode",
  title: "opencode",
  package: "opencode-ai",
  bin: "opencode",
  config: (modelOrigin) => ({
    path: ".config/opencode/opencode.json",
    text: JSON.stringify({
      autoupdate: false,
      share: "disabled",
      provider: {
        anthropic: {
          options: { baseURL: `${modelOrigin}/v1`, apiKey: "scripted" },
          models: { scripted: { name: "Scripted" } },
        },
      },
      model: "anthropic/scripted",
      small_model: "anthropic/scripted",
    }),
  }),
  env: () => ({ OPENCODE_DISABLE_AUTOUPDATE: "1", OPENCODE_DISABLE_MODELS_FETCH: "1" }),
  run: (prompt) => ["run", prompt],
  look: { args: ["mcp", "list"], connected: /signalbox.*connected/i },
};
