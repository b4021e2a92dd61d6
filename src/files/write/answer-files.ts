import { extractFiles } from "../../checks/kit/answer/code-files.ts";
import { fencesOf } from "../../checks/kit/answer/fences.ts";

/** The files that an answer gives, by the paths that it names; or why that is unclear. */
export type AnswerFiles =
  | {
      readonly files: readonly { readonly path: string; readonly content: string }[];
      readonly notes: readonly string[];
    }
  | { readonly unclear: string };

const PROSE = /\.(?:md|mdx|markdown|txt|text|rst|adoc)$/i;
const BARE_OR_PROSE_TAG = /^(?:md|mdx|markdown|text|txt)?$/i;

/** What goes into one file: the answer as it is for prose, else its one block of code, or the block that names the file. */
export function contentFor(path: string, answer: string): { readonly content: string } | { readonly unclear: string } {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const fences = fencesOf(answer);
  const [only, ...others] = fences;
  if (only === undefined) return { content: ended(answer) };
  if (PROSE.test(name)) {
    const isAll = others.length === 0 && BARE_OR_PROSE_TAG.test(only.info) && isFencedWhole(answer.trim());
    return { content: ended(isAll ? only.content : answer) };
  }
  if (fences.some(({ closed }) => !closed)) return { unclear: "the answer has a block of code that does not end" };
  if (others.length === 0) return { content: ended(only.content) };
  const named = extractFiles(answer).filter((file) => file.path === name || file.path === path);
  const [first] = named;
  if (named.length === 1 && first !== undefined) return { content: ended(first.content) };
  if (!name.includes(".")) return { content: ended(answer) };
  const how = named.length === 0 ? "none" : "more than one";
  return { unclear: `the answer has ${fences.length} blocks of code, and ${how} of them names ${name}` };
}

/** The files of an answer's blocks, each by the path that its block names. */
export function filesIn(answer: string): AnswerFiles {
  if (fencesOf(answer).some(({ closed }) => !closed))
    return { unclear: "the answer has a block of code that does not end" };
  const all = extractFiles(answer);
  const files = all.flatMap(({ path, content }) => (path === null ? [] : [{ path, content: ended(content) }]));
  if (files.length === 0) return { unclear: "no block of code in the answer names its file" };
  const paths = files.map(({ path }) => path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) return { unclear: `the answer gives ${twice} more than once` };
  const unnamed = all.length - files.length;
  return { files, notes: unnamed === 0 ? [] : [`${unnamed} of the answer's blocks name no file and were not written`] };
}

function ended(content: string): string {
  return content === "" || content.endsWith("\n") ? content : `${content}\n`;
}

function isFencedWhole(text: string): boolean {
  return ["```", "~~~"].some((mark) => text.startsWith(mark) && text.endsWith(mark));
}
