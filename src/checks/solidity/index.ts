import type { Check } from "../kit/check.ts";
import { audit } from "./checks/audit-citations.ts";
import { gas } from "./checks/gas-optimization.ts";
import { solidityCompiles } from "./checks/solidity-compiles.ts";
import { solidityMeetsRequest } from "./checks/solidity-meets-request.ts";
import { solidityParses } from "./checks/solidity-parses.ts";
import { solidityQuality } from "./checks/solidity-quality.ts";
import { soliditySecurity } from "./checks/solidity-security.ts";

/** The checks of this room. */
export const SOLIDITY_CHECKS: readonly Check[] = [
  audit,
  gas,
  solidityCompiles,
  solidityMeetsRequest,
  solidityParses,
  solidityQuality,
  soliditySecurity,
];
