import type { Nodes, Root, RootContent } from "mdast";
import { withinMs } from "../time-limit.ts";

/** The Markdown parser takes linear time on prose, and much more on long runs of marks. */
const TIME_LIMIT_MS = 1000;

export type ParseMarkdown = (text: string) => Root;

/** Loads the parser (some 60 ms) and gives the function that uses it; that throws `TimeLimitError`. */
export async function loadMarkdownParser(): Promise<ParseMarkdown> {
  const [{ fromMarkdown }, { gfmTableFromMarkdown }, { gfmTable }] = await Promise.all([
    import("mdast-util-from-markdown"),
    import("mdast-util-gfm-table"),
    import("micromark-extension-gfm-table"),
  ]);
  const options = { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] };
  return (text) => withinMs(TIME_LIMIT_MS, () => fromMarkdown(text, options));
}

/** Text of a node with one line per block and no marks but the backticks of code spans. */
export function plain(node: Nodes | undefined): string {
  if (node === undefined) return "";
  if (node.type === "inlineCode") return `\`${node.value}\``;
  if (node.type === "break") return "\n";
  if ("value" in node) return node.value;
  if (!("children" in node)) return "";
  const isBlock =
    node.type === "list" || node.type === "listItem" || node.type === "root" || node.type === "blockquote";
  const glue = node.type === "tableRow" ? " | " : isBlock || node.type === "table" ? "\n" : "";
  return node.children.map((child) => plain(child)).join(glue);
}

/** The text of a table, row by row. */
export function rowsOf(table: RootContent): readonly (readonly string[])[] {
  if (table.type !== "table") return [];
  return table.children.map((row) => row.children.map((cell) => plain(cell).trim()));
}
