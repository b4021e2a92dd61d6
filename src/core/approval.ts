import type { ApprovalOut } from "./contract.ts";
import { formatUsd, nanoFromUsd } from "./money.ts";

/**
 * The price of a call, as a person reads it who is to say yes or no. `what` is going to be called. Some clients show the first
 * lines alone, so the first one has the likely cost, the model and the ceiling.
 */
export function approvalQuestion(what: string, approval: ApprovalOut): string {
  const { approval_usd: limit, tasks, plan } = approval;
  const [, ...fallbacks] = plan;
  const rows = fallbacks.map(({ model, cost_usd_expected: expected }) => `${model} (about ${usd(expected)})`);
  const next = tasks === 1 ? "If that answer fails, in order" : "Models of fallbacks and other tasks";
  return [
    `${what}: ${priceOf(approval)}?`,
    ...(rows.length === 0 ? [] : [`${next}: ${rows.join(", ")}.`]),
    `You are asked because the ceiling is above ${usd(limit)} (approval_usd). Only what is used is paid for.`,
  ].join("\n");
}

/** "spend about $0.0360 with strong-1, at most $0.5000": what is likely first, then the ceiling. */
export function priceOf({ worst_case_usd: worst, cost_usd_expected: expected, tasks, plan }: ApprovalOut): string {
  const likely = tasks === 1 ? `with ${plan[0]?.model ?? "no model"}` : `for ${tasks} tasks`;
  return `spend about ${usd(expected)} ${likely}, at most ${usd(worst)}`;
}

/** Why nothing was done after a question, and the ways out. */
export function notApproved(reason: "declined" | "closed", approval: ApprovalOut): string {
  const said = reason === "declined" ? "The user declined" : "The user closed the question without an answer";
  return `${said}: ${priceOf(approval)}. Nothing was spent. ${waysOut(approval)}`;
}

/** What a caller can do that no approval is needed for. */
export function waysOut({ approval_usd: limit }: ApprovalOut): string {
  return `Give a budget_usd of at most ${limit}, name cheaper models, or have the user raise approval_usd in the config.`;
}

function usd(amountUsd: number): string {
  return formatUsd(nanoFromUsd(amountUsd));
}
