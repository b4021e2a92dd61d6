import { CRITERION_CHECKS, type Tested } from "../checks/kit/criterion.ts";
import { AGREEMENT_CHECK } from "../core/agreement.ts";
import type { Request } from "../core/request.ts";
import { UNIVERSAL_CHECKS } from "./inline-checks.ts";

/** A check that is due for an answer. */
export interface DueCheck {
  /** Its name in the verdict. */
  readonly name: string;
  readonly check: string;
  readonly criterion: Tested | null;
  /** False: the config wants its failure reported as a hint. */
  readonly gate: boolean;
}

/** The check that runs the config's own tests. */
export const OWN_CHECK = "own_test";
const SCHEMA_CHECK = "schema";

/** Every check that is due for a request: the universal ones, the task's, those of the config's own tests, one for each criterion. */
export function dueChecks(request: Request, universal: readonly string[] = UNIVERSAL_CHECKS): readonly DueCheck[] {
  const { task, accept, responseSchema } = request;
  const named = [...universal, ...(responseSchema === null ? [] : [SCHEMA_CHECK])];
  const ofTask = task.checks.flatMap(({ check, own }) => (own === undefined ? [check] : []));
  const own = task.checks.flatMap(({ own, gate = true }) => (own === undefined ? [] : [{ own, gate }]));
  return [
    ...[...new Set([...named, ...ofTask])].map((name) => ({ name, check: name, criterion: null, gate: true })),
    ...own.map(({ own, gate }) => ({ name: own.name, check: OWN_CHECK, criterion: own, gate })),
    ...(request.compareWith === undefined
      ? []
      : [{ name: AGREEMENT_CHECK, check: AGREEMENT_CHECK, criterion: request.compareWith, gate: true }]),
    ...accept.map((each) => ({ name: each.name, check: CRITERION_CHECKS[each.kind], criterion: each, gate: true })),
  ];
}
