import type { AnswerStore } from "../../core/answer-store.ts";
import type { LedgerReader } from "../../core/ledger-reader.ts";
import type { Clock } from "../../core/ports.ts";
import { promptHash } from "../prompt-hash.ts";
import { answerKey } from "./answer-key.ts";

/** Verified answers in the ledger, for all processes on it. Their texts are those that `privacy.store_text` keeps with the requests. */
export function ledgerAnswers(ttlMs: number, clock: Clock, reader: LedgerReader): AnswerStore {
  return {
    find: async (request) => {
      const routeId = await reader.keptAnswer(answerKey(request), clock.nowMs());
      const stored = routeId === null ? null : await reader.route(routeId);
      if (routeId === null || stored === null || stored.outcome?.success === false) return null;
      const isSame =
        stored.request.principal === request.principal && stored.request.promptSha256 === promptHash(request.rendered);
      const attempt = stored.attempts.find(({ attemptId }) => attemptId === stored.end?.attemptId);
      if (!isSame || attempt?.verdict?.status !== "verified" || attempt.text === null) return null;
      return { routeId, attempt, text: attempt.text };
    },
    keep: (request) => reader.keepAnswer(answerKey(request), request.routeId, clock.nowMs() + ttlMs, clock.nowMs()),
    withdraw: (routeId) => reader.withdrawAnswer(routeId),
  };
}
