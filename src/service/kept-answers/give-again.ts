import type { AnswerStore, KeptAnswer } from "../../core/answer-store.ts";
import { callerSaved } from "../../core/caller-saving.ts";
import type { RouteOutput } from "../../core/contract.ts";
import { isLedgerUnavailable } from "../../core/errors.ts";
import type { Delivery } from "../../core/file-output.ts";
import type { Plan } from "../../core/planning.ts";
import type { RequestEnd } from "../../core/ports.ts";
import type { Request } from "../../core/request.ts";
import type { Outcome } from "../../core/outcome.ts";
import type { EngineDeps } from "../../engine/engine-deps.ts";
import type { Exchanges } from "../exchanges.ts";
import type { Routed } from "../../engine/router.ts";
import { presentCallerSaved, presentDelivery, presentUsage, presentVerdict, textOrSummary } from "../present/route.ts";

const NO_PLAN: Plan = { order: [], spares: [], rejected: [], notes: [] };

/** Where answers are kept. */
interface AnswerKeeping {
  /** Verified ones, to be given again; `null`: none are. */
  readonly answers: AnswerStore | null;
  readonly exchanges: Exchanges;
}

/** Gives a verified answer to the same request again: free, without an attempt, and recorded. `null`: there is none. */
export async function giveAgain(
  request: Request,
  parts: Pick<EngineDeps, "clock" | "ledger" | "pending" | "record" | "writeOutput" | "caller"> & AnswerKeeping,
  startedMs: number,
): Promise<Outcome<RouteOutput> | null> {
  const kept = await whileItWorks(() => parts.answers?.find(request) ?? Promise.resolve(null), null);
  if (kept === null) return null;
  const { clock } = parts;
  const startedAtMs = clock.nowMs();
  const delivery = request.output === undefined ? null : await parts.writeOutput(request.output, kept.text);
  const notes = [
    ...request.notes,
    `the verified answer of ${kept.routeId} was given again: the same was asked (answer_cache)`,
    ...(delivery?.ok === true ? delivery.notes : []),
  ];
  const end = endOf(request, kept, delivery, notes, parts, Math.round(clock.monotonicMs() - startedMs));
  const record = parts.record(request, NO_PLAN, startedAtMs);
  const finish = (): Promise<void> => parts.ledger.finish(record, end);
  const error = await parts.pending.write(request.routeId, finish, () => undefined);
  parts.exchanges.remember(request, kept.text, kept.attempt.model);
  const value = presented(request, kept, delivery, end);
  if (error !== null) value.notes.push(`this request is recorded later: ${error.message}`);
  return { ok: true, value };
}

/** Keeps the answer of a request, for what may follow it; and where it was verified, to be given again. A ledger that fails now costs nothing. */
export async function keepAnswered(
  request: Request,
  { answer, error }: Routed,
  { answers, exchanges }: AnswerKeeping,
): Promise<void> {
  if (answer === null || error !== null) return;
  const { attempt } = answer;
  exchanges.remember(request, answer.text, attempt.model);
  if (answers === null || attempt.outcome !== "accepted" || attempt.verdict?.status !== "verified") return;
  await whileItWorks(() => answers.keep(request, attempt), undefined);
}

/** Answers are kept to spare money: a ledger that fails is told by what follows. */
async function whileItWorks<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isLedgerUnavailable(error)) throw error;
    return otherwise;
  }
}

function endOf(
  request: Request,
  { routeId, text }: KeptAnswer,
  delivery: Delivery | null,
  notes: readonly string[],
  { clock, caller }: Pick<EngineDeps, "clock" | "caller">,
  latencyMs: number,
): RequestEnd {
  const saved = callerSaved(request.readTokens ?? 0, delivery, text, caller, clock.nowMs());
  return {
    routeId: request.routeId,
    status: "accepted",
    errorCode: null,
    attemptId: null,
    verdictStatus: "verified",
    baselineModel: null,
    baselineNanoUsd: null,
    endedAtMs: clock.nowMs(),
    latencyMs,
    notes,
    answeredFrom: routeId,
    ...(delivery?.ok === true ? { written: delivery.written } : {}),
    ...(saved === null ? {} : { callerSaved: saved }),
  };
}

function presented(request: Request, kept: KeptAnswer, delivery: Delivery | null, end: RequestEnd): RouteOutput {
  const { attempt, text, routeId } = kept;
  const { verdict, model, provider } = attempt;
  if (verdict === null) throw new Error(`the answer of ${routeId} was kept without its verdict`);
  return {
    route_id: request.routeId,
    status: "accepted",
    text: textOrSummary(text, delivery),
    model,
    provider,
    verdict: presentVerdict(verdict),
    cost_usd: 0,
    cost_is_estimated: false,
    latency_ms: end.latencyMs,
    usage: presentUsage({
      inputTokens: 0,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 0,
      reasoningTokens: 0,
    }),
    attempts: [],
    plan: { order: [], rejected: [] },
    baseline: null,
    notes: [...end.notes],
    answered_from: routeId,
    ...presentDelivery(request, delivery),
    ...presentCallerSaved(end),
  };
}
