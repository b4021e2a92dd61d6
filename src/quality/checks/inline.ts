import type { Check } from "../check.ts";
import { codePresent } from "./code-present.ts";
import { fencesClosed } from "./fences-closed.ts";
import { notDegenerate } from "./not-degenerate.ts";
import { notEmpty } from "./not-empty.ts";
import { notRefusal } from "./not-refusal.ts";

const SCANS = [notEmpty, notRefusal, notDegenerate, fencesClosed, codePresent] as const;

/** The checks that only scan: cheap enough, below a size, for the thread that serves requests. */
export const INLINE_CHECKS: ReadonlyMap<string, Check> = new Map(
  SCANS.map((check): [string, Check] => [check.name, check]),
);

/**
 * Up to so many characters of answer and request together. The worst text of this size holds the slowest of the checks above for
 * 12 ms; between two of them everybody else has a turn.
 */
export const INLINE_MAX_CHARS = 50_000;

/** The gates that hold for every task to which they apply. They weigh nothing. */
export const UNIVERSAL_CHECKS: readonly string[] = [...INLINE_CHECKS.keys()];

/** The checks that wait for a program elsewhere. */
export async function MAIN_CHECKS(): Promise<ReadonlyMap<string, Check>> {
  const { ownTest } = await import("./own-test.ts");
  return new Map([[ownTest.name, ownTest]]);
}
