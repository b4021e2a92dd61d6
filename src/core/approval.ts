import type { ApprovalOut } from "./contract.ts";
import { formatUsd, nanoFromUsd } from "./money.ts";

/** The plan and its price, as a person reads it who is to say yes or no. `what` is going to be called. */
export function approvalQuestion(what: string, approval: ApprovalOut): string {
  const { worst_case_usd: worst, approval_usd: limit, tasks, plan } = approval;
  const lines = plan.map(
    ({ model, cost_usd_expected: expected, cost_usd_max: most }, index) =>
      `${index + 1}. ${model}: about ${usd(expected)}, at most ${usd(most)}`,
  );
  return [
    `${what} could cost up to ${usd(worst)}${tasks === 1 ? "" : ` for ${tasks} tasks`}, with every fallback, repair and judge. ` +
      `Up to ${usd(limit)} may be spent without asking.`,
    `Models, in order:\n${lines.join("\n")}`,
    `Accept to let it spend at most ${usd(worst)}.`,
  ].join("\n\n");
}

function usd(amountUsd: number): string {
  return formatUsd(nanoFromUsd(amountUsd));
}
