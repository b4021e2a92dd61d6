import type { TextContent } from "@modelcontextprotocol/server";
import { quoteOwnLines, ownLine } from "../core/own-line.ts";

/**
 * A line of ours as a block of its own. It begins and ends with a line end: some clients join the blocks of a result without one,
 * and then it must not become a part of an answer's line.
 */
export function ownBlock(text: string): TextContent {
  return { type: "text", text: `\n${ownLine(text)}\n` };
}

/** An answer as a block of its own: the bare text, but for lines that would look like ours. */
export function answerBlock(text: string): TextContent {
  return { type: "text", text: quoteOwnLines(text) };
}
