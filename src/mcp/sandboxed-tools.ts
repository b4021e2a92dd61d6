import type { CallToolResult } from "@modelcontextprotocol/server";
import type { Tool } from "./define-tool.ts";

/** What stands on every result of a server that runs on the sandbox. */
export const SANDBOX_NOTE =
  "[sandbox] This is a scripted example: no model was asked and no money was spent. Do not use it as a real answer.";

/** A tool of a server on the sandbox: the same, and every result says so where a model reads it. */
export function sandboxedTool(tool: Tool): Tool {
  return {
    ...tool,
    title: `${tool.title} (sandbox)`,
    description: `SANDBOX, scripted answers only. ${tool.description}`,
    call: async (...call) => marked(await tool.call(...call)),
  };
}

/** Some clients show their model the text alone, others the structured content alone: both are marked. */
function marked(result: CallToolResult): CallToolResult {
  const { structuredContent } = result;
  return {
    ...result,
    content: [...result.content, { type: "text", text: `\n${SANDBOX_NOTE}` }],
    ...(structuredContent === undefined ? {} : { structuredContent: markedContent(structuredContent as Structured) }),
  };
}

type Structured = Readonly<Record<string, unknown>>;

function markedContent(content: Structured): Record<string, unknown> {
  const { error, notes, results } = content;
  if (isRecord(error))
    return { ...content, error: { ...error, message: `${SANDBOX_NOTE} ${String(error["message"])}` } };
  return {
    ...content,
    ...(Array.isArray(notes) || "route_id" in content
      ? { notes: [...(Array.isArray(notes) ? notes : []), SANDBOX_NOTE] }
      : {}),
    ...(Array.isArray(results)
      ? { results: results.map((each: unknown) => (isRecord(each) ? markedContent(each) : each)) }
      : {}),
  };
}

function isRecord(value: unknown): value is Structured {
  return typeof value === "object" && value !== null;
}
