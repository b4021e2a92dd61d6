import type { Nodes, Root } from "mdast";
import { fencesOf } from "../../kit/answer/fences.ts";
import { plain, rowsOf } from "../../kit/answer/markdown.ts";
import { fieldOfName } from "./fields.ts";

/** A block of code within an audit. */
export interface AuditCode {
  /** What stands behind the fence's opening marks, in lower case. */
  readonly tag: string;
  readonly content: string;
  /** The last text before it. */
  readonly before: string;
}

/** Takes the code blocks out of a tree and leaves a mark for each; tables of two columns become labels and values. */
export function withoutCode(root: Root): readonly AuditCode[] {
  const codes: AuditCode[] = [];
  let before = "";
  const visit = (node: Nodes): void => {
    if (node.type === "code") {
      codes.push({ tag: (node.lang ?? "").toLowerCase(), content: node.value, before });
      node.value = `⟦code ${codes.length - 1}⟧`;
    } else if (node.type === "paragraph" || node.type === "heading") {
      before = plain(node).slice(-300);
    } else if ("children" in node) {
      for (const child of node.children) visit(child);
    }
  };
  visit(root);
  root.children = root.children.map((node) => {
    const rows = rowsOf(node);
    const isList =
      rows.length > 1 && rows.every((row) => row.length === 2) && rows.filter(([name]) => isPart(name)).length >= 2;
    if (!isList) return node;
    const value = rows.map(([name, text]) => `${name}: ${text}`).join("\n");
    return { type: "paragraph", children: [{ type: "text", value }] };
  });
  return codes;
}

function isPart(name: string | undefined): boolean {
  return name !== undefined && fieldOfName(name) !== null;
}

/** Code blocks within a string of JSON. */
export function marked(text: string, codes: AuditCode[]): string {
  if (!text.includes("```")) return text;
  let left = text;
  for (const fence of fencesOf(text)) {
    codes.push({ tag: fence.info.toLowerCase(), content: fence.content, before: fence.lineBefore });
    left = left.replace(fence.content, () => `⟦code ${codes.length - 1}⟧`);
  }
  return left;
}

/** The audit itself where the answer is one fence around it. */
export function unwrapped(text: string): string {
  const fences = fencesOf(text);
  const [only] = fences;
  if (only === undefined || fences.length > 1 || !/^(?:md|markdown|ya?ml|text|txt|plaintext)?$/i.test(only.info))
    return text;
  return only.content.length > text.length * 0.6 && /severity|high|medium|low|critical/i.test(only.content)
    ? only.content
    : text;
}
