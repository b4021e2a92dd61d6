import type { Check } from "../check.ts";
import { auditConsistent } from "./audit-consistent.ts";
import { auditCovers } from "./audit-covers.ts";
import { auditGrounded } from "./audit-grounded.ts";
import { auditStructure } from "./audit-structure.ts";
import { callerTests } from "./caller-tests.ts";
import { codeComplete } from "./code-complete.ts";
import { codeExamples } from "./code-examples.ts";
import { codeParses } from "./code-parses.ts";
import { gasCodeChanged } from "./gas-code-changed.ts";
import { gasCompiles } from "./gas-compiles.ts";
import { gasGuardsKept } from "./gas-guards-kept.ts";
import { gasSameBehaviour } from "./gas-same-behaviour.ts";
import { gasSameInterface } from "./gas-same-interface.ts";
import { gasSaved } from "./gas-saved.ts";
import { INLINE_CHECKS } from "./inline.ts";
import { markupParses } from "./markup-parses.ts";
import { ownTest } from "./own-test.ts";
import { planCoversRequest } from "./plan-covers-request.ts";
import { planStepsSound } from "./plan-steps-sound.ts";
import { planStructure } from "./plan-structure.ts";
import { planVerifiable } from "./plan-verifiable.ts";
import { schema } from "./schema.ts";
import { schemaUsable } from "./schema-usable.ts";
import { solidityCompiles } from "./solidity-compiles.ts";
import { solidityMeetsRequest } from "./solidity-meets-request.ts";
import { solidityParses } from "./solidity-parses.ts";
import { solidityQuality } from "./solidity-quality.ts";
import { soliditySecurity } from "./solidity-security.ts";
import { uiAccessible } from "./ui-accessible.ts";
import { uiMeetsRequest } from "./ui-meets-request.ts";
import { uiResponsive } from "./ui-responsive.ts";
import { uiStructure } from "./ui-structure.ts";
import { valuesGrounded } from "./values-grounded.ts";

const OF_TASKS = [
  solidityParses,
  solidityCompiles,
  solidityMeetsRequest,
  soliditySecurity,
  solidityQuality,
  gasCodeChanged,
  gasCompiles,
  gasSameInterface,
  gasSameBehaviour,
  gasGuardsKept,
  gasSaved,
  markupParses,
  uiAccessible,
  uiStructure,
  uiResponsive,
  uiMeetsRequest,
  auditStructure,
  auditGrounded,
  auditConsistent,
  auditCovers,
  planStructure,
  planCoversRequest,
  planStepsSound,
  planVerifiable,
  codeParses,
  codeExamples,
  codeComplete,
  valuesGrounded,
] as const;

/** Every check by name. A new one is a file and a line here. Loads whatever any of them needs at once: for worker threads. */
export const CHECKS: ReadonlyMap<string, Check> = new Map([
  ...INLINE_CHECKS,
  ...[schema, schemaUsable, callerTests, ownTest, ...OF_TASKS].map((check): [string, Check] => [check.name, check]),
]);

export { UNIVERSAL_CHECKS } from "./inline.ts";
