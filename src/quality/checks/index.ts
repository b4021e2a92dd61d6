import type { Check } from "../check.ts";
import { auditLocations } from "./audit-locations.ts";
import { auditStructure } from "./audit-structure.ts";
import { codePresent } from "./code-present.ts";
import { fencesClosed } from "./fences-closed.ts";
import { gasCodeChanged } from "./gas-code-changed.ts";
import { markupParses } from "./markup-parses.ts";
import { notDegenerate } from "./not-degenerate.ts";
import { notEmpty } from "./not-empty.ts";
import { notRefusal } from "./not-refusal.ts";
import { planStructure } from "./plan-structure.ts";
import { schema } from "./schema.ts";
import { solidityParses } from "./solidity-parses.ts";
import { uiStructure } from "./ui-structure.ts";

const UNIVERSAL = [notEmpty, notRefusal, notDegenerate, fencesClosed, codePresent, schema] as const;

const OF_TASKS = [
  solidityParses,
  gasCodeChanged,
  markupParses,
  uiStructure,
  auditStructure,
  auditLocations,
  planStructure,
] as const;

/** Every check by name. A new one is a file and a line here. */
export const CHECKS: ReadonlyMap<string, Check> = new Map(
  [...UNIVERSAL, ...OF_TASKS].map((check): [string, Check] => [check.name, check]),
);

/** The gates that hold for every task to which they apply. They weigh nothing. */
export const UNIVERSAL_CHECKS: readonly string[] = UNIVERSAL.map((check) => check.name);
