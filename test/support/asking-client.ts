import { Client as ModernClient } from "@modelcontextprotocol/client";
import { Client as V1Client } from "@modelcontextprotocol/sdk/client/index.js";
import { CallToolResultSchema, ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import type { Transport as V1Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { ClientKind, ProgressUpdate } from "./clients.ts";

/** What a user does with a question; `empty`: the client accepts the form by itself, without a value. */
export type Choice = "accept" | "decline" | "cancel" | "empty";

/** A client with a user before it. */
export interface AskingClient {
  /** The questions that the user has seen. */
  readonly questions: readonly string[];
  callTool(
    name: string,
    args: Record<string, unknown>,
    onProgress?: (progress: ProgressUpdate) => void,
  ): Promise<CalledTool>;
  close(): Promise<void>;
}

export interface CalledTool {
  readonly isError?: boolean;
  readonly structuredContent?: Record<string, unknown>;
  readonly content: readonly { readonly type: string; readonly text?: string }[];
}

const INFO = { name: "signalbox-tests", version: "0.0.0" };
const CAPABILITIES = { capabilities: { elicitation: {} } };

/** Connects a client of this kind whose user answers every question with `choose`. */
export async function connectAsking(
  kind: ClientKind,
  clientEnd: V1Transport & Parameters<ModernClient["connect"]>[0],
  choose: (question: string) => Choice | Promise<Choice>,
): Promise<AskingClient> {
  const questions: string[] = [];
  const answer = async (message: string) => {
    questions.push(message);
    const action = await choose(message);
    if (action === "empty") return { action: "accept" as const, content: {} };
    return action === "accept" ? { action, content: { approve: true } } : { action };
  };
  if (kind === "v1") {
    const client = new V1Client(INFO, CAPABILITIES);
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => answer(params.message));
    await client.connect(clientEnd);
    return {
      questions,
      callTool: async (name, args, onProgress) =>
        (await client.callTool({ name, arguments: args }, CallToolResultSchema, listening(onProgress))) as CalledTool,
      close: () => client.close(),
    };
  }
  const mode = kind === "v2-legacy" ? "legacy" : { pin: "2026-07-28" };
  const client = new ModernClient(INFO, { ...CAPABILITIES, versionNegotiation: { mode } });
  client.setRequestHandler("elicitation/create", ({ params }) => answer(params.message));
  await client.connect(clientEnd);
  return {
    questions,
    callTool: async (name, args, onProgress) =>
      (await client.callTool({ name, arguments: args }, listening(onProgress))) as CalledTool,
    close: () => client.close(),
  };
}

function listening(onProgress: ((progress: ProgressUpdate) => void) | undefined) {
  return onProgress === undefined ? {} : { onprogress: onProgress, resetTimeoutOnProgress: true };
}
