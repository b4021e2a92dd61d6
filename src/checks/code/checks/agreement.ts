import { closedAnswer } from "../../kit/answer/closed-answer.ts";
import type { AgreementTest } from "../../kit/criterion.ts";
import { PARSE_MAX_CHARS, unmade, type Check, type CheckReport, type Subject } from "../../kit/check.ts";
import { generatedCalls } from "../agreement/generated-calls.ts";
import { agree, firstDifference, languageOf, plainExamples, runCalls } from "../agreement/run-calls.ts";
import { codeOf, isScript } from "../read/blocks.ts";

/** Each call takes up to a second when the code hangs. */
const MOST_CALLS = 30;
const SEED = 1;

/**
 * Compares an answer with another model's answer to the same request. Code is run on the same inputs: the prompt's examples, calls of written
 * tests, and others made by changing those. Closed answers (JSON, a number, a label) are compared after normalisation. That they agree is
 * evidence; that they differ is a hint, since either may be right.
 */
export const agreement: Check = {
  name: "agreement",
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 15_000,
  async run(subject, signal) {
    const { criterion } = subject;
    if (criterion?.kind !== "agreement") return null;
    if (criterion.other.length > PARSE_MAX_CHARS) return unmade("the other answer is too long to be compared");
    return isRunnable(subject.text) && isRunnable(criterion.other)
      ? ofCode(subject, criterion, signal)
      : ofClosed(subject.text, criterion.other);
  },
};

function isRunnable(text: string): boolean {
  return codeOf(text).some((block) => isScript(block) || block.language === "python");
}

async function ofCode(
  { text, prompt }: Subject,
  { other, calls: given }: AgreementTest,
  signal: AbortSignal,
): Promise<CheckReport> {
  const language = languageOf([text, other]);
  const examples = await plainExamples(prompt, language);
  const seeds = [...new Set([...examples.map(({ call }) => call), ...given])];
  if (seeds.length === 0) return unmade("neither the prompt nor written tests show a call that both can be run on");
  const calls = generatedCalls(seeds, SEED, MOST_CALLS);
  const mine = await runCalls(prompt, text, calls, language, signal);
  const theirs = mine === null ? null : await runCalls(prompt, other, calls, language, signal);
  if (mine === null || theirs === null) return unmade("the two are not in one language that can be run here");
  if (agree(mine, theirs, language)) {
    const values = mine.filter((result) => typeof result === "object").length;
    // Code in which nothing of it can be called throws everywhere, and so does its like.
    if (values * 2 < calls.length) return unmade("too few of the calls come to a value");
    return agreed(`the same on ${calls.length} calls`, { calls: calls.length });
  }
  const at = firstDifference(mine, theirs, language);
  return at === null
    ? unmade("too few of the calls can be compared")
    : differs(`another answer comes to something else for ${calls[at] ?? "a call"}`);
}

function ofClosed(text: string, other: string): CheckReport {
  const [mine, theirs] = [closedAnswer(text), closedAnswer(other)];
  if (mine === null || theirs === null || mine.kind !== theirs.kind)
    return unmade("the two can be said in many ways: only code that runs, JSON, numbers and labels can be compared");
  return mine.normal === theirs.normal
    ? agreed(`the same ${mine.kind}`, {})
    : differs(`another answer is another ${mine.kind}`);
}

function agreed(summary: string, measured: Readonly<Record<string, number>>): CheckReport {
  return { findings: [], evidence: [{ basis: "agreement", score: 1, summary }], looked: summary, measured };
}

function differs(message: string): CheckReport {
  const finding = { rule: "agreement", certainty: "hint", severity: "moderate", message } as const;
  return { findings: [finding], evidence: [], looked: message };
}
