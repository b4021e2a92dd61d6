import type { Check } from "../check.ts";
import { auditLocations } from "./audit-locations.ts";
import { auditStructure } from "./audit-structure.ts";
import { callerTests } from "./caller-tests.ts";
import { gasCodeChanged } from "./gas-code-changed.ts";
import { INLINE_CHECKS } from "./inline.ts";
import { markupParses } from "./markup-parses.ts";
import { ownTest } from "./own-test.ts";
import { planStructure } from "./plan-structure.ts";
import { schema } from "./schema.ts";
import { solidityParses } from "./solidity-parses.ts";
import { uiStructure } from "./ui-structure.ts";

const OF_TASKS = [
  solidityParses,
  gasCodeChanged,
  markupParses,
  uiStructure,
  auditStructure,
  auditLocations,
  planStructure,
] as const;

/** Every check by name. A new one is a file and a line here. Loads whatever any of them needs at once: for worker threads. */
export const CHECKS: ReadonlyMap<string, Check> = new Map([
  ...INLINE_CHECKS,
  ...[schema, callerTests, ownTest, ...OF_TASKS].map((check): [string, Check] => [check.name, check]),
]);
