import type { CheckResult } from "../checks/kit/check-result.ts";
import type { ModelId } from "./model.ts";

/** The name of the check that compares two answers, and of its line in a verdict. */
export const AGREEMENT_CHECK = "agreement";

/**
 * The line in a verdict for a comparison with another model's answer. `score`: the measured precision of such agreement; `null`: it does not
 * suffice, so that agreement is told and verifies nothing.
 */
export function agreementRow(
  compared: CheckResult | undefined,
  models: { readonly own: ModelId; readonly other: ModelId },
  precision: { readonly score: number | null; readonly words: string },
): CheckResult {
  if (compared === undefined) return noAgreementRow("there was no time to compare the answers");
  const { own, other } = models;
  const [agreed] = compared.evidence;
  if (agreed === undefined) return { ...compared, detail: `${other}: ${compared.detail}` };
  const summary = `agrees with ${other} (${agreed.summary}; ${precision.words})`;
  const { score } = precision;
  const evidence = score === null ? [] : [{ basis: "agreement", score, summary } as const];
  const bought = { basis: "agreement", models: [own, other].toSorted() } as const;
  return { ...compared, detail: summary, looked: summary, evidence, bought };
}

/** The line in a verdict when no second answer could be had. */
export function noAgreementRow(reason: string): CheckResult {
  return { name: AGREEMENT_CHECK, passed: null, detail: `not compared: ${reason}`, findings: [], evidence: [] };
}
