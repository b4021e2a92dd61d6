import { extractFiles } from "../../kit/answer/code-files.ts";
import type { Subject } from "../../kit/check.ts";
import { examplesIn } from "../examples/read-examples.ts";
import { syntaxOf, type Syntax } from "../syntax/syntax.ts";
import { codeOf, placeOf, type CodeBlock } from "./blocks.ts";
import { askedLanguage, familyOf } from "./language.ts";

/** The code of an answer, read and parsed. */
export interface CodeAnswer {
  readonly blocks: readonly CodeBlock[];
  /** The pieces in the language that was asked for, and what its tool says of each. */
  readonly parsed: readonly { readonly place: string; readonly syntax: Syntax }[];
  /** All of the code in that language is in one piece. */
  readonly isWhole: boolean;
  /** Code that the request gave. */
  readonly given: readonly string[];
  readonly prompt: string;
}

const MOST_PARSED = 4;

/** Reads the code of an answer; `null`: it holds none. */
export async function readCode({ text, prompt, files }: Subject, signal: AbortSignal): Promise<CodeAnswer | null> {
  const blocks = codeOf(text);
  if (blocks.length === 0) return null;
  const asked = askedLanguage(prompt);
  const ofAsked = blocks.filter(
    ({ language }) => asked !== null && language !== null && familyOf(language) === familyOf(asked),
  );
  // Python that the examples of the prompt are run on is compiled there.
  const isRun = asked === "python" && (await examplesIn(prompt, "python")).length > 0;
  const parsed: { place: string; syntax: Syntax }[] = [];
  for (const block of isRun ? [] : ofAsked.slice(0, MOST_PARSED)) {
    const syntax = await syntaxOf(block.language ?? "", block.content, signal);
    if (syntax !== null) parsed.push({ place: placeOf(block), syntax });
  }
  const given = [...extractFiles(prompt), ...files].map(({ content }) => content);
  return { blocks, parsed, isWhole: ofAsked.length === 1, given, prompt };
}
