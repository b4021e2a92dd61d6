import type { Candidate, Plan, Snapshot } from "./planning.ts";
import { JUDGE_OUTPUT_TOKENS } from "./judge.ts";
import { MOST_ANSWER_CHARS } from "./repair.ts";
import type { Model, ProviderId } from "./model.ts";
import type { NanoUsd } from "./money.ts";
import type { RenderedPrompt, Request } from "./request.ts";
import { sizeCandidate } from "./candidate-sizing.ts";

/** What a request could spend at most, in all and at each provider. */
export interface WorstCase {
  readonly nanoUsd: NanoUsd;
  readonly byProvider: ReadonlyMap<ProviderId, NanoUsd>;
}

/** An answer that is read again, by the model that repairs or judges it: long words, and three bytes for each of its characters. */
const BYTES_PER_TOKEN = 8;
const BYTES_PER_CHAR = 3;
/** What checks found, and the words around it. */
const FINDINGS_BYTES = 8_000;

/**
 * The most that a request can spend when everything goes wrong: every candidate of the plan is asked, repairs what the one before it
 * got wrong, gets a second turn to mend its own answer, and is judged each time; the last candidate is asked once more after a
 * broken connection. Never above the request's own budget. Standing budgets are left out: they refuse, they do not price.
 */
export function worstCaseOf(request: Request, plan: Plan, snapshot: Snapshot): WorstCase {
  const byProvider = new Map<ProviderId, NanoUsd>();
  const add = (provider: ProviderId, nanoUsd: NanoUsd): void => {
    byProvider.set(provider, (byProvider.get(provider) ?? 0) + nanoUsd);
  };
  const priced: Snapshot = { ...snapshot, budgets: [] };
  for (const [index, candidate] of plan.order.entries()) {
    const { model, costMaxNanoUsd: plain } = candidate;
    const withRepair = request.repair ? costOf(model, reread(request, answerBytes(candidate)), priced) : 0;
    const turns = [index === 0 ? plain : Math.max(plain, withRepair), ...(request.repair ? [withRepair] : [])];
    if (index === plan.order.length - 1) turns.push(plain);
    const judge = judgeOf(candidate, request, priced);
    for (const turn of turns) {
      add(model.provider, turn);
      if (judge !== null) add(judge.provider, judge.nanoUsd);
    }
  }
  const cap = request.budgetNanoUsd ?? Number.POSITIVE_INFINITY;
  const total = [...byProvider.values()].reduce((sum, each) => sum + each, 0);
  return {
    nanoUsd: Math.min(cap, total),
    byProvider: new Map([...byProvider].map(([provider, nanoUsd]) => [provider, Math.min(cap, nanoUsd)])),
  };
}

/** How many bytes an answer of this candidate has at most, as far as it is given to a model again. */
function answerBytes(candidate: Candidate): number {
  return Math.min(candidate.outputLimitTokens * BYTES_PER_TOKEN, MOST_ANSWER_CHARS * BYTES_PER_CHAR) + FINDINGS_BYTES;
}

/** The request with an answer to it in its prompt. */
function reread(request: Request, bytes: number): Request {
  const { rendered } = request;
  const longer: RenderedPrompt = { ...rendered, maxTokens: rendered.maxTokens + bytes };
  return { ...request, rendered: longer };
}

/** The worst case of one call, whatever the budgets say; 0 for one that cannot be made. */
function costOf(model: Model, request: Request, priced: Snapshot): NanoUsd {
  const sized = sizeCandidate(model, { ...request, budgetNanoUsd: null }, priced, { spentNanoUsd: 0, elapsedMs: 0 });
  return sized.ok ? sized.candidate.costMaxNanoUsd : 0;
}

/** The judge that an answer of this candidate would get; `null` when its task asks none. */
function judgeOf(
  candidate: Candidate,
  request: Request,
  priced: Snapshot,
): { readonly provider: ProviderId; readonly nanoUsd: NanoUsd } | null {
  if (request.task.onUnchecked !== "judge") return null;
  const asked = { ...reread(request, answerBytes(candidate)), maxOutputTokens: JUDGE_OUTPUT_TOKENS };
  const judge = (request.task.judges ?? [])
    .flatMap((name) => priced.catalogue.find(name) ?? [])
    .find(({ provider }) => provider !== candidate.model.provider);
  return judge === undefined ? null : { provider: judge.provider, nanoUsd: costOf(judge, asked, priced) };
}
