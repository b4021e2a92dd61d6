import type { Check } from "../checks/kit/check.ts";
import { CODE_CHECKS } from "../checks/code/index.ts";
import { PLAN_CHECKS } from "../checks/plan/index.ts";
import { SOLIDITY_CHECKS } from "../checks/solidity/index.ts";
import { TEXT_CHECKS } from "../checks/text/index.ts";
import { WEB_CHECKS } from "../checks/web/index.ts";

/** Every check by name: a room of `src/checks` lists its own. For worker threads: it loads all that any check needs at once. */
export const CHECKS: ReadonlyMap<string, Check> = new Map(
  [TEXT_CHECKS, CODE_CHECKS, PLAN_CHECKS, WEB_CHECKS, SOLIDITY_CHECKS].flat().map((check) => [check.name, check]),
);
