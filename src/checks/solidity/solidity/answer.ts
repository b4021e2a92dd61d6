import { extractFiles, type CodeFile } from "../../kit/answer/code-files.ts";
import { bareSource, withoutInnerFences } from "../given-sources.ts";

/** The Solidity of an answer: whole files apart from snippets that only explain. */
export interface SolidityAnswer {
  readonly files: readonly CodeFile[];
  readonly snippets: readonly CodeFile[];
}

/** Sorts the Solidity code of an answer. A file is what declares a contract, library or interface, or has a pragma. */
export function solidityOf(text: string): SolidityAnswer {
  const fenced = extractFiles(withoutInnerFences(text)).filter(
    (file) => file.language === "solidity" && file.content.trim() !== "",
  );
  const bare = fenced.length === 0 ? bareSource(text) : null;
  const all = bare === null ? fenced : [{ path: null, language: "solidity", content: bare, firstLine: 1 }];
  const isFile = (file: CodeFile): boolean =>
    /^[ \t]*(?:pragma[ \t]|(?:abstract[ \t]+)?contract[ \t]+\w|library[ \t]+\w|interface[ \t]+\w)/m.test(file.content);
  return { files: all.filter(isFile), snippets: all.filter((file) => !isFile(file)) };
}

/** "src/Token.sol" or "the code at line 12 of the answer". */
export function nameOf(file: CodeFile): string {
  return file.path ?? `the code at line ${file.firstLine} of the answer`;
}
