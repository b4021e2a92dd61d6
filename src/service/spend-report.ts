import type { SpendReportInput, SpendReportOutput } from "../core/contract-reports.ts";
import type { LedgerReader } from "../core/ledger-reader.ts";
import type { Outcome } from "../core/service.ts";
import type { EngineDeps } from "../engine/engine-deps.ts";
import { spendProblem } from "./present/reports.ts";
import { refusal } from "./present/route.ts";
import { presentSpend } from "./present/spend.ts";

/** The spend report of a principal; `null`: of the owner, who sees all. */
export async function spendReport(
  input: SpendReportInput,
  principal: string | null,
  reader: LedgerReader,
  { baseline, caller, clock }: Pick<EngineDeps, "baseline" | "caller" | "clock">,
): Promise<Outcome<SpendReportOutput>> {
  const problem = spendProblem(input);
  if (problem !== null) return refusal("invalid_request", `${problem}.`);
  const query = {
    since: input.since ?? null,
    until: input.until ?? null,
    groupBy: input.group_by ?? "day",
    principal,
  } as const;
  const [spend, shadows, spared] = await Promise.all([
    reader.spend(query),
    reader.shadowRuns(query),
    reader.callerSavings(query),
  ]);
  return {
    ok: true,
    value: presentSpend(spend, shadows, spared, { baseline: baseline.model, caller }, clock.nowMs()),
  };
}
