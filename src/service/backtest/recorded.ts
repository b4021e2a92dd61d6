import type { FiledOutcomes, PastRequest, PastStep } from "../../core/backtest.ts";

/** What is known of one model on a past request. */
export interface RecordedStep {
  readonly costUsd: number;
  /** How right its answer is, 0..1. */
  readonly quality: number;
  readonly verdict: "verified" | "unchecked" | "failed";
  readonly score: number | null;
  /** Recorded by a shadow run, on a random share of the requests alone. */
  readonly isShadow: boolean;
}

/** A past request: what is known of each model that was asked. */
export interface RecordedRequest {
  readonly steps: ReadonlyMap<string, RecordedStep>;
  /** How right the answer is when no step is accepted and the best one is returned. */
  readonly unacceptedQuality: (last: RecordedStep) => number;
  /** What was done then; `null`: a file of outcomes, in which every model was asked. */
  readonly done: { readonly costUsd: number; readonly quality: number } | null;
  /** Whether the baseline might have been asked here as a shadow. */
  readonly mayShadow: boolean;
}

/** Requests of a file: every model was asked on each. Without a gate nothing was checked, and the first answer is taken. */
export function fromFile({ models, requests }: FiledOutcomes): readonly RecordedRequest[] {
  return requests.map(({ scores, costsUsd, accepted }) => {
    const steps = models.flatMap((model, index): [string, RecordedStep][] => {
      const [quality, costUsd, gate] = [scores[index] ?? null, costsUsd[index] ?? null, accepted[index] ?? null];
      if (quality === null || costUsd === null) return [];
      const verdict = gate === null ? "unchecked" : gate ? "verified" : "failed";
      return [[model, { costUsd, quality, verdict, score: null, isShadow: false }]];
    });
    return { steps: new Map(steps), unacceptedQuality: (last) => last.quality, done: null, mayShadow: false };
  });
}

/**
 * Requests of the ledger. How right an answer is: what the caller reported, else whether it was neither failed nor below `minQuality`, the
 * task's bound of today. What followed an answer (a repair by the same model, a judge) belongs to the step of that answer.
 */
export function fromLedger(requests: readonly PastRequest[], minQuality: number): readonly RecordedRequest[] {
  return requests.map(({ accepted, success, attempts }) => {
    const steps = new Map<string, RecordedStep>();
    let last: string | null = null;
    for (const attempt of attempts) {
      const costUsd = attempt.costNanoUsd / 1e9;
      const of = last === null ? undefined : steps.get(last);
      if (attempt.role === "judge") {
        if (last !== null && of !== undefined) steps.set(last, { ...of, costUsd: of.costUsd + costUsd });
        continue;
      }
      const isShadow = attempt.role === "shadow";
      const before = steps.get(attempt.model);
      if (isShadow && before !== undefined) continue;
      steps.set(attempt.model, stepOf(attempt, (before?.costUsd ?? 0) + costUsd, isShadow, minQuality, success));
      if (!isShadow) last = attempt.model;
    }
    const returned = attempts.find((attempt) => attempt.returned);
    const done = {
      costUsd: attempts.reduce((sum, { role, costNanoUsd }) => sum + (role === "shadow" ? 0 : costNanoUsd / 1e9), 0),
      quality: accepted && returned !== undefined ? (steps.get(returned.model)?.quality ?? 0) : 0,
    };
    return { steps, unacceptedQuality: () => 0, done, mayShadow: accepted };
  });
}

function stepOf(
  attempt: PastStep,
  costUsd: number,
  isShadow: boolean,
  minQuality: number,
  success: boolean | null,
): RecordedStep {
  const verdict =
    attempt.failed || attempt.verdict === "failed" || attempt.verdict === null
      ? "failed"
      : attempt.verdict === "verified"
        ? "verified"
        : "unchecked";
  const good = verdict !== "failed" && (attempt.score === null || attempt.score >= minQuality);
  const quality = attempt.returned && success !== null ? Number(success) : Number(good);
  return { costUsd, quality, verdict, score: attempt.score, isShadow };
}
