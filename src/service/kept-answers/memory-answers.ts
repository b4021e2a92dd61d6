import { BoundedCache } from "../../checks/kit/bounded-cache.ts";
import type { AnswerStore, KeptAnswer } from "../../core/answer-store.ts";
import type { Clock } from "../../core/ports.ts";
import { answerKey } from "./answer-key.ts";

const MOST_ANSWERS = 500;
/** UTF-16 units: a longer answer is not kept. */
const MOST_CHARS = 100_000;

/** Verified answers in the memory of this process: nothing of them is written anywhere. */
export function memoryAnswers(ttlMs: number, clock: Clock): AnswerStore {
  const kept = new BoundedCache<KeptAnswer & { readonly untilMs: number }>(MOST_ANSWERS);
  const withdrawn = new BoundedCache<true>(MOST_ANSWERS);
  return {
    find: async (request) => {
      const found = kept.get(answerKey(request))?.value;
      if (found === undefined || found.untilMs <= clock.monotonicMs()) return null;
      return withdrawn.get(found.routeId) === undefined ? found : null;
    },
    keep: async (request, attempt) => {
      const { text } = attempt;
      if (text === null || text.length > MOST_CHARS) return;
      kept.set(answerKey(request), { routeId: request.routeId, attempt, text, untilMs: clock.monotonicMs() + ttlMs });
    },
    withdraw: async (routeId) => withdrawn.set(routeId, true),
  };
}
