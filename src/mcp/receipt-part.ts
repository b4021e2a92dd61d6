import type { Receipt, ReceiptAttempt } from "../core/contract-resources.ts";
import type { ReceiptInput, ReceiptOutput } from "../core/contract-reports.ts";
import { pagesOf } from "../core/paginate.ts";
import type { Outcome } from "../core/outcome.ts";
import type { Service } from "../core/service.ts";
import { freeError, type ToolContext } from "./define-tool.ts";

/** One part of a receipt, for clients that read no resources. */
export async function receiptPart(
  service: Service,
  { route_id: given, part = "summary", page = 1 }: ReceiptInput,
  house: ToolContext,
): Promise<Outcome<ReceiptOutput>> {
  // The receipt line shows the address; it names the route as well.
  const routeId = given.replace(/^signalbox:\/\/(?:routes|answers)\//, "");
  if (part === "answer") {
    const kept = await house.keptAnswer(routeId);
    if (kept !== null) return pageOf(routeId, kept, page, house.answerChars);
  }
  const found = await service.receipt(routeId);
  if (!found.ok) return found;
  const receipt = found.value;
  switch (part) {
    case "summary":
      return { ok: true, value: { route_id: routeId, summary: summaryOf(receipt) } };
    case "checks":
      return {
        ok: true,
        value: { route_id: routeId, checks: [...(judgedAttempt(receipt)?.verdict?.checks ?? [])].map(plain) },
      };
    case "attempts":
      return { ok: true, value: { route_id: routeId, attempts: receipt.attempts.map(attemptOf) } };
    case "plan":
      return { ok: true, value: { route_id: routeId, plan: plain(receipt.plan) } };
    case "answer": {
      const text = receipt.attempts.find(({ returned }) => returned)?.text;
      if (text !== undefined) return pageOf(routeId, text, page, house.answerChars);
      const message =
        "This answer is not kept: an answer that was cut is kept for up to an hour, every answer with privacy.store_text. " +
        "An answer that was not cut stands in its result.";
      return { ok: false, error: freeError("not_found", message) };
    }
  }
}

function pageOf(routeId: string, text: string, page: number, mostChars: number): Outcome<ReceiptOutput> {
  const pages = pagesOf(text, mostChars);
  const wanted = Number.isInteger(page) ? pages[page - 1] : undefined;
  if (wanted !== undefined) {
    return { ok: true, value: { route_id: routeId, text: wanted, page, pages: pages.length } };
  }
  return {
    ok: false,
    error: freeError("invalid_request", `page must be a whole number from 1 to ${pages.length}; got ${page}.`),
  };
}

/** The attempt whose answer was returned, else the last one that has a verdict. */
function judgedAttempt({ attempts }: Receipt): ReceiptAttempt | undefined {
  return attempts.find(({ returned }) => returned) ?? attempts.findLast(({ verdict }) => verdict !== null);
}

function summaryOf(receipt: Receipt): Record<string, unknown> {
  const { attempts, plan: _plan, prompt, baseline, ...facts } = receipt;
  const judged = judgedAttempt(receipt);
  const verdict = judged?.verdict ?? null;
  return {
    ...facts,
    prompt_chars: prompt.chars,
    model: judged?.model ?? null,
    verdict:
      verdict === null
        ? null
        : { status: verdict.status, basis: verdict.basis, summary: verdict.summary, score: verdict.score },
    attempts: attempts.length,
    baseline,
  };
}

function attemptOf(attempt: ReceiptAttempt): Record<string, unknown> {
  const { text: _text, verdict, usage, ...facts } = attempt;
  const told = Object.entries(usage).filter(([, tokens]) => tokens !== null);
  return {
    ...facts,
    usage: Object.fromEntries(told),
    ...(verdict === null ? {} : { verdict: verdict.status, verdict_summary: verdict.summary }),
  };
}

function plain(value: object): Record<string, unknown> {
  return { ...value };
}
