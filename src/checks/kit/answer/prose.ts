import { fencesOf } from "./fences.ts";
import { jsonOf } from "./json.ts";

/** The running text of an answer: without code, tables, JSON and rules, which repeat themselves for good reasons. */
export function proseOf(text: string): string {
  if (/^\s*[{[]/.test(text) && jsonOf(text).ok) return "";
  const inFence = new Set<number>();
  for (const fence of fencesOf(text)) {
    const lines = fence.content.split("\n").length;
    for (let line = fence.firstLine - 1; line <= fence.firstLine + lines; line += 1) inFence.add(line);
  }
  return text
    .split(/\r\n|[\r\n]/)
    .filter((line, index) => !inFence.has(index + 1) && !isTableOrCode(line))
    .join("\n");
}

function isTableOrCode(line: string): boolean {
  const trimmed = line.trim();
  return trimmed.startsWith("|") || /^(?: {4}|\t)/.test(line) || /[;{}<>]$/.test(trimmed);
}

/** Words in lower case; in scripts that write without spaces, single characters. */
export function wordsOf(text: string): readonly string[] {
  const words = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}']+/gu;
  return text.toLowerCase().match(words) ?? [];
}
