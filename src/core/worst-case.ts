import type { Candidate, Plan, Snapshot } from "./planning.ts";
import { JUDGE_OUTPUT_TOKENS, JUDGEMENT_SCHEMA } from "./judge.ts";
import { MOST_ANSWER_CHARS } from "./repair.ts";
import { judgeFor, secondFor, testWriterFor } from "./evidence.ts";
import type { Model, ModelId, ProviderId } from "./model.ts";
import { formatUsd, type NanoUsd } from "./money.ts";
import type { RenderedPrompt, Request } from "./request.ts";
import { testableKinds, TESTS_OUTPUT_TOKENS, TEST_WRITER_BYTES } from "./written-tests.ts";
import { testsSchema } from "./tests-schema.ts";
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
/** The words around what a judge reads. */
const JUDGE_BYTES = 24_000;

/**
 * The most that a request can spend when everything goes wrong: every candidate of the plan is asked, repairs what the one before it
 * got wrong, gets a second turn to mend its own answer, and has all evidence bought about it each time (tests are written once for a
 * request by each writer); the last candidate is asked once more after a broken connection. Never above the request's own budget. Standing budgets are left out: they refuse, they do not price.
 */
export function worstCaseOf(request: Request, plan: Plan, snapshot: Snapshot): WorstCase {
  const byProvider = new Map<ProviderId, NanoUsd>();
  const add = (provider: ProviderId, nanoUsd: NanoUsd): void => {
    byProvider.set(provider, (byProvider.get(provider) ?? 0) + nanoUsd);
  };
  const priced: Snapshot = { ...snapshot, budgets: [] };
  const writers = new Set<ModelId>();
  for (const [index, candidate] of plan.order.entries()) {
    const { model, costMaxNanoUsd: plain } = candidate;
    const withRepair = request.repair ? costOf(model, reread(request, answerBytes(candidate)), priced) : 0;
    const turns = [index === 0 ? plain : Math.max(plain, withRepair), ...(request.repair ? [withRepair] : [])];
    if (index === plan.order.length - 1) turns.push(plain);
    const bought = eachTime(candidate, plan, request, priced);
    for (const turn of turns) {
      add(model.provider, turn);
      for (const { provider, nanoUsd } of bought) add(provider, nanoUsd);
    }
    const writer = writerOf(candidate, request, priced);
    if (writer === null || writers.has(writer.model)) continue;
    writers.add(writer.model);
    add(writer.provider, writer.nanoUsd);
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

/** A call that evidence is bought by, at most. */
interface EvidenceCost {
  readonly model: ModelId;
  readonly provider: ProviderId;
  readonly nanoUsd: NanoUsd;
}

/** The evidence that is bought about each answer of this candidate: a second answer, and a judge who may read both. */
function eachTime(candidate: Candidate, plan: Plan, request: Request, priced: Snapshot): readonly EvidenceCost[] {
  const own = candidate.model.provider;
  const { onUnchecked: steps } = request;
  const costs: EvidenceCost[] = [];
  const cost = (model: Model | undefined, asked: Request): void => {
    if (model !== undefined)
      costs.push({ model: model.id, provider: model.provider, nanoUsd: costOf(model, asked, priced) });
  };
  if (steps.includes("agree")) cost(secondFor(own, request, priced), request);
  if (steps.includes("judge")) {
    const bytes = answerBytes(candidate);
    const hasSecond = steps.includes("agree") || plan.order.length > 1;
    const second = hasSecond ? MOST_ANSWER_CHARS * BYTES_PER_CHAR : 0;
    const longest = Math.min(
      second,
      Math.max(...plan.order.map(answerBytes), request.maxOutputTokens * BYTES_PER_TOKEN),
    );
    cost(judgeFor(own, request, priced), {
      ...reread(request, bytes + (hasSecond ? longest : 0) + JUDGE_BYTES),
      responseSchema: JUDGEMENT_SCHEMA,
      maxOutputTokens: JUDGE_OUTPUT_TOKENS,
    });
  }
  return costs;
}

/** The tests that an answer of this candidate would be held against; `null`: none are written. */
function writerOf({ model }: Candidate, request: Request, priced: Snapshot): EvidenceCost | null {
  if (!request.onUnchecked.includes("tests") || testableKinds(request.task).length === 0) return null;
  const writer = testWriterFor(model.provider, request, priced);
  if (writer === undefined) return null;
  const asked = {
    ...reread(request, TEST_WRITER_BYTES),
    responseSchema: testsSchema(request.task),
    maxOutputTokens: TESTS_OUTPUT_TOKENS,
  };
  return { model: writer.id, provider: writer.provider, nanoUsd: costOf(writer, asked, priced) };
}

/** What evidence about unchecked answers may add to an estimate, in words. */
export function evidenceNotes(request: Request, plan: Plan, snapshot: Snapshot): readonly string[] {
  const [first] = plan.order;
  if (first === undefined) return [];
  const priced: Snapshot = { ...snapshot, budgets: [] };
  const writer = writerOf(first, request, priced);
  const all = [...(writer === null ? [] : [writer]), ...eachTime(first, plan, request, priced)];
  if (all.length === 0) return [];
  const parts = all.map(({ model, nanoUsd }) => `${model} (at most ${formatUsd(nanoUsd)})`);
  const steps = request.onUnchecked.filter((step) => step !== "accept" && step !== "next");
  return [
    `an unchecked answer of ${first.model.id} has evidence bought about it (${steps.join(", ")}): ${parts.join(", ")}`,
  ];
}
