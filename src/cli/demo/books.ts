import type { SpendReportOutput } from "../../core/contract-reports.ts";
import { formatUsd } from "../../core/money.ts";
import type { Sandbox } from "../../sandbox/server.ts";
import { nanoOf } from "../print.ts";
import type { Played } from "./judge.ts";

/** What the two books say about each other. */
export interface Books {
  readonly lines: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Holds the ledger against the sandbox's own bill, which shares no arithmetic with the product. Where the vendor reported usage,
 * they must agree to the nano-dollar. An attempt that broke off has no reported usage: the ledger's figure for it is an estimate,
 * and may differ from the bill by no more than itself.
 */
export function compareBooks(
  played: readonly Played[],
  spend: SpendReportOutput,
  sandbox: Pick<Sandbox, "billedNanoUsd">,
): Books {
  const ledgerNanoUsd = nanoOf(spend.totals.cost_usd);
  const billNanoUsd = sandbox.billedNanoUsd();
  const receiptsNanoUsd = sum(
    played.map(({ outcome }) => nanoOf(outcome.ok ? outcome.value.cost_usd : outcome.error.cost_usd)),
  );
  const estimatedNanoUsd = sum(
    played.flatMap(({ receipt }) =>
      (receipt?.attempts ?? []).filter((attempt) => attempt.cost_is_estimated).map(({ cost_usd }) => nanoOf(cost_usd)),
    ),
  );
  const differenceNanoUsd = ledgerNanoUsd - billNanoUsd;
  const problems: string[] = [];
  if (ledgerNanoUsd !== receiptsNanoUsd) {
    problems.push(`the receipts sum up to ${formatUsd(receiptsNanoUsd)}, the ledger to ${formatUsd(ledgerNanoUsd)}`);
  }
  if (Math.abs(differenceNanoUsd) > estimatedNanoUsd) {
    problems.push(
      `ledger ${formatUsd(ledgerNanoUsd)} and bill ${formatUsd(billNanoUsd)} differ by ${formatUsd(differenceNanoUsd)}`,
    );
  }
  return {
    lines: [
      `ledger ${ledgerNanoUsd} nano-USD, the sandbox's bill ${billNanoUsd} nano-USD: ${differenceNanoUsd === 0 ? "equal" : `${differenceNanoUsd} apart`}` +
        (estimatedNanoUsd === 0
          ? ""
          : ` (${estimatedNanoUsd} of it estimated, for the attempt that broke off without a usage report)`),
    ],
    problems,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
