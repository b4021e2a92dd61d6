import type { Check } from "../kit/check.ts";
import { audit } from "./checks/audit-citations.ts";
import { gas } from "./checks/gas-optimization.ts";
import { acceptSolidity } from "./checks/solidity-accept.ts";
import { solidityBehaviour } from "./checks/solidity-behaviour.ts";
import { solidity } from "./checks/solidity-code.ts";

/** The checks of this room. */
export const SOLIDITY_CHECKS: readonly Check[] = [solidity, solidityBehaviour, acceptSolidity, gas, audit];
