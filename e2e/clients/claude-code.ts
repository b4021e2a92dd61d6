import type { DrivenClient } from "./client.ts";

export const claudeCode: DrivenClient = {
  id: "claude-code",
  title: "Claude Code",
  package: "@anthropic-ai/claude-code",
  bin: "claude",
  env: (modelOrigin) => ({
    ANTHROPIC_BASE_URL: modelOrigin,
    ANTHROPIC_API_KEY: "scripted",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_AUTOUPDATER: "1",
  }),
  run: (prompt) => ["-p", prompt, "--allowedTools", "mcp__signalbox__route_task"],
  look: { args: ["mcp", "list"], connected: /signalbox.*connected/i },
};
