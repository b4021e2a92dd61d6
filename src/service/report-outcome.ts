import type { AnswerStore } from "../core/answer-store.ts";
import type { ReportOutcomeInput, ReportOutcomeOutput } from "../core/contract-reports.ts";
import type { LedgerReader } from "../core/ledger-reader.ts";
import type { Clock } from "../core/ports.ts";
import type { Outcome } from "../core/outcome.ts";
import { whyUnknown } from "./present/reports.ts";
import { refusal } from "./present/route.ts";

/** Records what a caller says of an answer of its own. One that is wrong is not given again, nor is the one that it was given from. */
export async function reportOutcome(
  { route_id: named, success, note }: ReportOutcomeInput,
  principal: string | null,
  {
    reader,
    clock,
    answers,
  }: { readonly reader: LedgerReader; readonly clock: Clock; readonly answers: AnswerStore | null },
): Promise<Outcome<ReportOutcomeOutput>> {
  // What the receipt line shows is the resource; it names the route as well.
  const routeId = named.replace(/^signalbox:\/\/routes\//, "");
  const stored = principal === null && answers === null ? null : await reader.route(routeId);
  const mine = principal === null || stored?.request.principal === principal;
  const isKnown = mine && (await reader.recordOutcome(routeId, success, note ?? null, clock.nowMs()));
  if (!isKnown) {
    const message = await whyUnknown(reader, routeId, ": use the route_id that route_task returned.");
    return refusal("invalid_request", message);
  }
  if (!success) {
    for (const wrong of [routeId, stored?.end?.answeredFrom ?? null])
      if (wrong !== null) await answers?.withdraw(wrong);
  }
  return { ok: true, value: { route_id: routeId, recorded: true, success } };
}
