import type { AttemptRecord } from "../../core/attempt.ts";
import { ERROR_RULES } from "../../core/errors.ts";
import { wholeMs } from "../units.ts";

/** How a failure of a dead process is counted, apart from what callers cancelled. */
export const DEAD = "dead";

/** A vendor's page of HTML is no use in a receipt. */
const MAX_MESSAGE_CHARS = 1000;

export function shortened(message: string): string {
  return message.length <= MAX_MESSAGE_CHARS ? message : `${message.slice(0, MAX_MESSAGE_CHARS - 1)}…`;
}

/** What an attempt says of the health of its model. */
interface AttemptSamples {
  readonly atMs: number;
  /** The breaker counts a failure. */
  readonly tripped: boolean;
  /** What one principal's prompts can cause must not take a model out for the others, nor bring it back: it bears on that principal's view. */
  readonly isOwn: boolean;
  /** How long the answer took; `null` when there was none, or it says nothing about the model's answers. */
  readonly latencyMs: number | null;
}

/** `null`: a cancelled attempt says nothing about its model; nor does one that its provider refused, which is an outage. */
export function samplesOf(attempt: AttemptRecord): AttemptSamples | null {
  const { failure, role } = attempt;
  if (failure?.kind === "cancelled" || failure?.inconclusive === true) return null;
  const rule = failure === null ? null : ERROR_RULES[failure.kind];
  if (rule?.outage?.scope === "provider") return null;
  // How fast a model judges or writes tests says nothing about how fast it answers.
  const isAnswer = failure === null && role !== "judge" && role !== "tests";
  return {
    atMs: wholeMs(attempt.startedAtMs + attempt.latencyMs),
    tripped: rule?.tripsBreaker === true,
    isOwn: rule?.countsFor === "principal",
    latencyMs: isAnswer && attempt.cost.tier === undefined ? wholeMs(attempt.latencyMs) : null,
  };
}
