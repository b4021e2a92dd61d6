import type { DrivenClient } from "./client.ts";

export const geminiCli: DrivenClient = {
  id: "gemini-cli",
  title: "Gemini CLI",
  package: "@google/gemini-cli",
  bin: "gemini",
  config: () => ({
    path: ".gemini/settings.json",
    text: JSON.stringify({
      security: { auth: { selectedType: "gemini-api-key" } },
      privacy: { usageStatisticsEnabled: false },
      general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
    }),
  }),
  env: (modelOrigin) => ({
    GOOGLE_GEMINI_BASE_URL: modelOrigin,
    GEMINI_API_KEY: "scripted",
    GEMINI_CLI_TRUST_WORKSPACE: "true",
    // Else it works in a child, and an interrupt that comes from no terminal reaches the parent alone.
    GEMINI_CLI_NO_RELAUNCH: "true",
  }),
  run: (prompt) => ["--approval-mode", "yolo", "--model", "gemini-2.5-pro", "--prompt", prompt],
  look: { args: ["mcp", "list"], connected: /signalbox.*connected/i },
};
