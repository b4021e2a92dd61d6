import { fenced } from "./prompt.ts";
import type { RenderedPrompt } from "./request.ts";
import { estimateTokens, maxTokens } from "./tokens.ts";
import type { Verdict } from "./verdict.ts";

/** A rejected answer and what its checks found, for the model that is to do better. */
export interface Mend {
  readonly answer: string;
  /** One per failed check: `name: what is wrong`. */
  readonly findings: readonly string[];
}

/** A longer answer costs more to read again than it helps, in UTF-16 units. */
export const MOST_ANSWER_CHARS = 100_000;

/** What there is to mend in a rejected answer by; `null` when no check gave a concrete error. */
export function mendOf(answer: string, verdict: Verdict): Mend | null {
  const failed = verdict.checks.filter((check) => check.passed === false);
  const concrete = failed.some((check) => check.repair !== undefined);
  if (verdict.status !== "failed" || !concrete || answer.length > MOST_ANSWER_CHARS) return null;
  return { answer, findings: failed.map(({ name, detail, repair }) => `${name}: ${repair ?? detail}`) };
}

/** The prompt with the rejected answer and the findings after it, so that what a vendor has cached of it still counts. */
export function withMend(rendered: RenderedPrompt, mend: Mend): RenderedPrompt {
  const added = [
    "",
    fenced("## A previous answer to this, which failed its checks", mend.answer),
    fenced("## What the checks found", mend.findings.join("\n\n")),
    "Give the complete answer again, in the form that was asked for, with all of this corrected and everything else kept.",
  ].join("\n\n");
  return {
    ...rendered,
    user: rendered.user + added,
    userTokens: rendered.userTokens + estimateTokens(added),
    maxTokens: rendered.maxTokens + maxTokens([added]),
  };
}
