import type { Subject } from "../../kit/check.ts";
import { nameOf, solidityOf } from "./answer.ts";
import { compileAnswer, type ProjectOutcome } from "./project.ts";
import { proseOf } from "./request/prose.ts";
import type { SourceText } from "./source-text.ts";
import { answerSources } from "./sources.ts";

/** The Solidity of an answer and of its request, as the rules look at it. */
export interface SolidityReading {
  /** The answer's blocks of code under names for people. */
  readonly blocks: readonly SourceText[];
  /** Whether the answer holds whole contracts, rather than pieces that explain. */
  readonly isWhole: boolean;
  /** The last block reaches to the end of the answer. */
  readonly endsInCode: boolean;
  readonly outcome: ProjectOutcome;
  /** The code that the caller gave. */
  readonly given: readonly string[];
  /** The request without its code. */
  readonly prose: string;
}

/** Reads and compiles an answer; `null` when there is no Solidity in it. */
export async function readSolidity(
  subject: Pick<Subject, "text" | "prompt" | "files" | "notes">,
): Promise<SolidityReading | null> {
  const { files, snippets } = solidityOf(subject.text);
  const all = files.length > 0 ? files : snippets;
  if (all.length === 0) return null;
  const last = all.at(-1)?.content.trimEnd() ?? "";
  return {
    blocks: all.map((file) => ({ path: nameOf(file), content: file.content })),
    isWhole: files.length > 0,
    endsInCode: subject.text.replace(/(?<![`~\s])[`~\s]+$/, "").endsWith(last.slice(-200)),
    outcome: await compileAnswer(subject),
    given: answerSources(subject).context.map(({ content }) => content),
    prose: proseOf(subject.prompt),
  };
}
