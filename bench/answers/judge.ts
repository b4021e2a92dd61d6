import type { Verdict } from "../../src/core/verdict.ts";
import { createVerifier } from "../../src/verify/verifier.ts";
import { requestOf } from "../../test/cases/request.ts";
import type { LabelledAnswer } from "./load.ts";

/** A labelled answer and the verdict on it. */
export interface Judged {
  readonly answer: LabelledAnswer;
  readonly verdict: Verdict;
  readonly ms: number;
}

/** As the default deadline of a request. */
const LIMIT_MS = 30_000;
/** One thread is busy with a check while the next answer is scanned. */
const AT_ONCE = 2;

/** The verdict on each answer, made as in production: by the pool of workers, within a deadline. */
export async function judgeAll(answers: readonly LabelledAnswer[]): Promise<readonly Judged[]> {
  const verifier = createVerifier();
  const judged: Judged[] = [];
  const left = [...answers.entries()];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, answer] = next;
      const request = requestOf(answer);
      const startedMs = performance.now();
      const verdict = await verifier.verify(answer.answer, request, AbortSignal.timeout(LIMIT_MS));
      judged[index] = { answer, verdict, ms: performance.now() - startedMs };
      if (process.stderr.isTTY) process.stderr.write(`\r${judged.length} of ${answers.length} `);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await verifier.close();
  return judged;
}

/** What a label says of an answer; `null`: nothing. */
export function isGood({ expected }: LabelledAnswer): boolean | null {
  return expected === "unverifiable" ? null : expected !== "fail";
}
