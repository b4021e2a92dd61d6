import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/server";
import type { ErrorOutput } from "../core/contract.ts";

/** A result whose text is the same JSON as its structured content, unless `content` says it better. */
export function successResult(output: object, content?: ContentBlock[]): CallToolResult {
  return {
    content: content ?? [{ type: "text", text: JSON.stringify(output) }],
    structuredContent: { ...output },
  };
}

/** A failure that the caller can act on: the message as text, everything as `structuredContent.error`. */
export function failureResult(error: ErrorOutput): CallToolResult {
  return { content: [{ type: "text", text: error.message }], structuredContent: { error }, isError: true };
}

/** The error of a call that never reached a model. */
export function freeError(code: string, message: string): ErrorOutput {
  return { code, message, attempts: [], cost_usd: 0 };
}
