import { fenced } from "./prompt.ts";
import type { RenderedPrompt } from "./request.ts";
import { estimateTokens, maxTokens } from "./tokens.ts";
import type { Verdict } from "./verdict.ts";

/** A rejected answer and what its checks found, for the model that is to do better. */
export interface Repair {
  readonly answer: string;
  /** One per finding, facts first: `rule: what is wrong`. */
  readonly findings: readonly string[];
}

/** A longer answer costs more to read again than it helps, in UTF-16 units. */
export const MOST_ANSWER_CHARS = 100_000;

/** What there is to repair in a rejected answer by; `null` when no fact tells a model what to do better. */
export function repairOf(answer: string, verdict: Verdict): Repair | null {
  const findings = verdict.checks.flatMap((check) => check.findings);
  const concrete = findings.some(({ certainty, repair }) => certainty === "fact" && repair !== null);
  if (verdict.status !== "failed" || !concrete || answer.length > MOST_ANSWER_CHARS) return null;
  // Facts first: a model with little room left for them must see those.
  const ordered = findings.toSorted((a, b) => Number(a.certainty === "hint") - Number(b.certainty === "hint"));
  return {
    answer,
    findings: ordered.map(({ rule, certainty, message, repair }) =>
      certainty === "fact" ? `${rule}: ${repair ?? message}` : `${rule} (a hint): ${message}`,
    ),
  };
}

/** The prompt with the rejected answer and the findings after it, so that what a vendor has cached of it still counts. */
export function withFindings(rendered: RenderedPrompt, repair: Repair): RenderedPrompt {
  const added = [
    "",
    fenced("## A previous answer to this, which failed its checks", repair.answer),
    fenced("## What the checks found", repair.findings.join("\n\n")),
    "Give the complete answer again, in the form that was asked for, with all of this corrected and everything else kept.",
  ].join("\n\n");
  return {
    ...rendered,
    user: rendered.user + added,
    userTokens: rendered.userTokens + estimateTokens(added),
    maxTokens: rendered.maxTokens + maxTokens([added]),
  };
}
