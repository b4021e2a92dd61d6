import type { Check } from "../kit/check.ts";
import { auditConsistent } from "./checks/audit-consistent.ts";
import { auditCovers } from "./checks/audit-covers.ts";
import { auditGrounded } from "./checks/audit-grounded.ts";
import { auditStructure } from "./checks/audit-structure.ts";
import { gasCodeChanged } from "./checks/gas-code-changed.ts";
import { gasCompiles } from "./checks/gas-compiles.ts";
import { gasGuardsKept } from "./checks/gas-guards-kept.ts";
import { gasSameBehaviour } from "./checks/gas-same-behaviour.ts";
import { gasSameInterface } from "./checks/gas-same-interface.ts";
import { gasSaved } from "./checks/gas-saved.ts";
import { acceptSolidity } from "./checks/solidity-accept.ts";
import { solidityBehaviour } from "./checks/solidity-behaviour.ts";
import { solidity } from "./checks/solidity-code.ts";

/** The checks of this room. */
export const SOLIDITY_CHECKS: readonly Check[] = [
  auditConsistent,
  auditCovers,
  auditGrounded,
  auditStructure,
  gasCodeChanged,
  gasCompiles,
  gasGuardsKept,
  gasSameBehaviour,
  gasSameInterface,
  gasSaved,
  solidity,
  solidityBehaviour,
  acceptSolidity,
];
