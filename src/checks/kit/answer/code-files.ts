import { fencesOf, type Fence } from "./fences.ts";
import { isPath, languageOfPath, pathInFirstLine, pathInInfo, pathInLineBefore } from "./file-name.ts";
import { guessLanguage, languageOfTag } from "./code-language.ts";
import { jsonOf } from "./json.ts";

/** A piece of code in an answer. */
export interface CodeFile {
  /** Its name, where the answer gives one. */
  readonly path: string | null;
  /** Lower case: `solidity`, `html`, `javascript`, …; `null` when neither tag, name nor content tells. */
  readonly language: string | null;
  readonly content: string;
  /** Line of the answer, from 1, on which the content begins; 1 within JSON. */
  readonly firstLine: number;
}

const MAX_FILES = 500;
const MAX_DEPTH = 20;

/**
 * All code of an answer: its fenced blocks; without any, the strings of a JSON answer, or the whole answer where that reads as code.
 * A fenced block of Markdown gives the blocks within it as well.
 */
export function extractFiles(text: string): readonly CodeFile[] {
  const fences = fencesOf(text);
  const json = fences.length <= 1 ? jsonOf(text) : null;
  if (json?.ok === true) {
    const files: CodeFile[] = [];
    collect(json.value, null, files, 0);
    if (files.length > 0) return files;
  }
  if (fences.length > 0) return fences.flatMap(filesOfFence).slice(0, MAX_FILES);
  const language = guessLanguage(text);
  return language === null ? [] : [{ path: pathInFirstLine(text), language, content: text, firstLine: 1 }];
}

function filesOfFence(fence: Fence): readonly CodeFile[] {
  const { content, firstLine } = fence;
  const path = pathInInfo(fence.info) ?? pathInFirstLine(content) ?? pathInLineBefore(fence.lineBefore);
  const language = languageOfTag(fence.info, path, content);
  const file = { path, language, content, firstLine };
  if (language !== "markdown") return [file];
  const inner = fencesOf(content).flatMap((each) =>
    filesOfFence({ ...each, firstLine: firstLine + each.firstLine - 1 }),
  );
  return [file, ...inner];
}

/** Files in JSON: `{path, content}` objects, `{"A.sol": "…"}` maps, and strings that read as code. */
function collect(value: unknown, key: string | null, files: CodeFile[], depth: number): void {
  if (depth > MAX_DEPTH || files.length >= MAX_FILES) return;
  if (typeof value === "string") {
    const path = key !== null && isPath(key) ? key : null;
    const language = (path === null ? null : languageOfPath(path)) ?? guessLanguage(value);
    if (language !== null) files.push({ path, language, content: value, firstLine: 1 });
    else if (value.includes("```") || value.includes("~~~")) files.push(...fencesOf(value).flatMap(filesOfFence));
  } else if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) collect(item, null, files, depth + 1);
  } else if (typeof value === "object" && value !== null) {
    const entry = value as Readonly<Record<string, unknown>>;
    const name = [entry["path"], entry["file"], entry["filename"], entry["name"]].find(
      (each): each is string => typeof each === "string" && isPath(each),
    );
    for (const [each, inner] of Object.entries(entry)) {
      const isContent = name !== undefined && /^(?:content|contents|code|source|text)$/i.test(each);
      collect(inner, isContent ? name : each, files, depth + 1);
    }
  }
}
