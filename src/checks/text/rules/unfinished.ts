import { defineRule } from "../../kit/rule.ts";
import type { TextInput } from "./input.ts";

const MIN_CHARS = 80;
const LINE_CHARS = 4_000;
/** A sentence that stops after one of these words is unfinished (English, German, French and Spanish). */
const DANGLING =
  /(?<![\p{L}'’-])(?:the|a|an|and|or|but|of|with|because|which|whose|into|onto|from|between|their|your|our|its|his|is|are|was|were|will|would|should|could|has|have|than|und|oder|der|die|das|mit|weil|dass|et|ou|les|des|avec|que|parce|el|los|las|con|porque)$/iu;
/** Tasks whose result is a finished text. Elsewhere, verses, lines to continue and quotations may end anywhere. */
const FINISHED = new Set(["summarization", "planning"]);

/** The answer stops in the middle of a sentence. */
export const unfinished = defineRule<TextInput>({
  id: "text/unfinished",
  severity: "serious",
  certainty: "fact",
  docs: {
    summary: "The last sentence of a summary or a plan breaks off; a hint in other tasks.",
    why: "The answer was cut off, and what is missing may matter.",
  },
  good: [
    {
      taskId: "summarization",
      answer:
        "Morocco joined the union again after three decades. Its king welcomed the vote as a way to work together.",
    },
    {
      taskId: "summarization",
      answer:
        "An architect who loves gadgets. Always curious and forever learning, at work and at home. #Architecture #TechLover",
    },
    {
      taskId: "planning",
      answer:
        "1. Rent a van. Ask the neighbour first.\n2. Load the shelves. The books go in last.\n3. Drive to the new flat",
    },
  ],
  bad: [
    {
      taskId: "summarization",
      answer: "Morocco joined the union again after more than three decades of absence. The vote was done in an",
    },
    {
      taskId: "planning",
      answer: "1. **Implementation plan**\n   - List the systems that are affected by it\n   - Describe in detail the",
    },
  ],
  run({ text, subject }) {
    const end = text.trimEnd();
    const line = end.slice(Math.max(end.lastIndexOf("\n"), end.lastIndexOf("\r"), end.length - LINE_CHARS) + 1).trim();
    // If the given text is unfinished, the answer may end like it.
    if (
      end.length < MIN_CHARS ||
      !breaksOff(line, subject.taskId) ||
      subject.prompt.trimEnd().endsWith(line.slice(-20))
    )
      return [];
    const message = `the answer breaks off in the middle of a sentence: "${line.slice(-80).toWellFormed()}"`;
    return [{ message, ...(FINISHED.has(subject.taskId) ? {} : { certainty: "hint" as const }) }];
  },
});

function breaksOff(line: string, taskId: string): boolean {
  const plain = line.replace(/(?<![*_])[*_]+$/, "").trimEnd();
  if (/[`|{}<>=]/.test(plain)) return false;
  if (plain.split(/\s+/).length > 2 && DANGLING.test(plain)) return true;
  // Running text whose other sentences are complete. Points of a plan need not be.
  const isProse = taskId !== "planning" && !/^(?:[-*•#]|\d{1,3}[.)])/.test(line);
  return isProse && /\p{Ll}{2}[.!?]["”’)]?\s/u.test(plain) && /(?:^|\s)[\p{L}\p{N}'’-]+,?$/u.test(plain);
}
