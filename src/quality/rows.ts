import type { OwnTest } from "../core/caller-test.ts";
import type { Request } from "../core/request.ts";
import { UNIVERSAL_CHECKS } from "./checks/inline.ts";

/** One line of the verdict to be. */
export interface Row {
  /** As it stands in the verdict. */
  readonly name: string;
  readonly check: string;
  readonly weight: number;
  readonly own: OwnTest | null;
  /** False: the config wants it graded. */
  readonly gate?: boolean;
}

/** The share of the verdict that the caller's explicit demands take together; the task's own checks divide the rest in proportion. */
const DEMANDED_SHARE = 0.6;
/** The checks that a caller's demands are held to. */
const SCHEMA = "schema";
const CALLER_TESTS = "caller_tests";
const CODE_EXAMPLES = "code_examples";

/** The checks of a request with their weights. A task may give weight to a check that is universal anyway: each has one row. */
export function rowsOf(request: Request, universal: readonly string[] = UNIVERSAL_CHECKS): readonly Row[] {
  const demanded = demandsOf(request);
  const share = demanded.length === 0 ? 1 : 1 - DEMANDED_SHARE;
  // An own test may bear any name, also that of a check: it must not take that one's place.
  const rows = new Map<string, Row>(universal.map((name) => [name, { name, check: name, weight: 0, own: null }]));
  for (const name of demanded) {
    rows.set(name, { name, check: name, weight: DEMANDED_SHARE / demanded.length, own: null });
  }
  for (const [index, { check, weight, own, gate }] of request.task.checks.entries()) {
    const name = own?.name ?? check;
    const key = own === undefined ? check : `own ${index}`;
    const most = demanded.includes(key) ? Math.max(weight, DEMANDED_SHARE / demanded.length) : weight * share;
    rows.set(key, { name, check, weight: most, own: own ?? null, ...(gate === undefined ? {} : { gate }) });
  }
  return [...rows.values()];
}

function demandsOf({ responseSchema, context }: Request): readonly string[] {
  const isCode = ({ kind }: { readonly kind: string }): boolean => kind === "example" || kind === "assertion";
  return [
    ...(responseSchema === null ? [] : [SCHEMA]),
    ...(context.tests.some((test) => !isCode(test)) ? [CALLER_TESTS] : []),
    ...(context.tests.some(isCode) ? [CODE_EXAMPLES] : []),
  ];
}
