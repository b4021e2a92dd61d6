import { languageOfPath } from "../kit/answer/file-name.ts";
import { extractFiles } from "../kit/answer/code-files.ts";
import type { Subject } from "../kit/check.ts";

/** Solidity that the caller handed over: to optimise, to audit, to extend. */
export interface SourceFile {
  readonly path: string | null;
  readonly content: string;
}

/** The caller's Solidity: context files, then code within the prompt and the other context texts. */
export function givenSources(subject: Pick<Subject, "prompt" | "files" | "notes">): readonly SourceFile[] {
  const files = subject.files.filter((file) => languageOfPath(file.path) === "solidity");
  return [...files, ...[subject.prompt, ...subject.notes].flatMap(sourcesIn)];
}

/** What a caller may hand over for review that is not Solidity. */
const CODE = new Set(
  "javascript typescript jsx tsx python go rust java c cpp csharp php ruby kotlin swift vyper move cairo sql".split(
    " ",
  ),
);

/** The caller's code in other languages, found as Solidity is. */
export function otherSources(subject: Pick<Subject, "prompt" | "files" | "notes">): readonly SourceFile[] {
  const files = subject.files.filter((file) => CODE.has(languageOfPath(file.path) ?? ""));
  const fenced = [subject.prompt, ...subject.notes]
    .filter((text) => text.includes("```") || text.includes("~~~"))
    .flatMap((text) => extractFiles(text).filter((file) => CODE.has(file.language ?? "")));
  return [...files, ...fenced];
}

/** Solidity within a text: its fenced blocks, else what was pasted under a sentence. */
export function sourcesIn(text: string): readonly SourceFile[] {
  const fenced = extractFiles(withoutInnerFences(text)).filter((file) => file.language === "solidity");
  if (fenced.length > 0) return fenced;
  const bare = bareSource(text);
  return bare === null ? [] : [{ path: null, content: bare }];
}

/** The marks of fences within comments (`" * ```solidity"`), which show an example and end no block, made harmless. */
export function withoutInnerFences(text: string): string {
  return text.includes("/**")
    ? text.replace(
        /^([ \t]{0,40}\*[ \t]{0,20})(```+|~~~+)/gm,
        (_, star: string, mark: string) => star + "'".repeat(mark.length),
      )
    : text;
}

/** Code that was pasted under a sentence without a fence: from the first line of Solidity to the last bracket. */
export function bareSource(text: string): string | null {
  // The lines of a diff are no source by themselves.
  if (/^(?:\+\+\+ |@@)/m.test(text)) return null;
  const start = text.search(
    /^[ \t]{0,20}(?:\/\/ ?SPDX-License|pragma solidity\b|(?:abstract )?contract \w+[^;.\n]{0,200}\{|library \w+ ?\{)/m,
  );
  if (start === -1) return null;
  const end = text.lastIndexOf("}");
  return end <= start ? null : text.slice(start, end + 1);
}
