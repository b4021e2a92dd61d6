import { claudeCode } from "./clients/claude-code.ts";
import type { DrivenClient } from "./clients/client.ts";
import { codex } from "./clients/codex.ts";
import { geminiCli } from "./clients/gemini-cli.ts";
import { opencode } from "./clients/opencode.ts";

export const CLIENTS: readonly DrivenClient[] = [claudeCode, codex, geminiCli, opencode];
