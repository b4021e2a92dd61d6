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
    call: async (...call) => marked(await tool.call(...call), ANSWERING_TOOLS.has(tool.name)),
  };
}

/** The tools whose results hold answers, and by their schemas notes on them. */
const ANSWERING_TOOLS: ReadonlySet<string> = new Set(["route_task", "route_batch"]);

type Structured = Readonly<Record<string, unknown>>;

/** Some clients show their model the text alone, others the structured content alone: both are marked. */
function marked(result: CallToolResult, hasNotes: boolean): CallToolResult {
  const { structuredContent } = result;
  return {
    ...result,
    content: [...result.content, { type: "text", text: `\n${SANDBOX_NOTE}` }],
    ...(structuredContent === undefined
      ? {}
      : { structuredContent: markedContent(structuredContent as Structured, hasNotes) }),
  };
}

/** Adds to the notes, and to the message of an error; of a batch, to those of each result. */
function markedContent(content: Structured, hasNotes: boolean): Record<string, unknown> {
  const { error, notes, results } = content;
  if (isRecord(error)) {
    return { ...content, error: { ...error, message: `${SANDBOX_NOTE} ${String(error["message"])}` } };
  }
  if (Array.isArray(results)) {
    return {
      ...content,
      results: results.map((each: unknown) => (isRecord(each) ? markedContent(each, hasNotes) : each)),
    };
  }
  const present: unknown[] | null = Array.isArray(notes) ? notes : null;
  if (present === null && !(hasNotes && "route_id" in content)) return { ...content };
  return { ...content, notes: [...(present ?? []), SANDBOX_NOTE] };
}

function isRecord(value: unknown): value is Structured {
  return typeof value === "object" && value !== null;
}
