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
  env: (modelOrigin) => ({ GOOGLE_GEMINI_BASE_URL: modelOrigin, GEMINI_API_KEY: "scripted" }),
  run: (prompt) => ["--skip-trust", "--approval-mode", "yolo", "--model", "gemini-2.5-pro", "--prompt", prompt],
  look: { args: ["--skip-trust", "mcp", "list"], connected: /signalbox.*connected/i },
};
