import type { Check } from "../kit/check.ts";
import { planCoversRequest } from "./checks/plan-covers-request.ts";
import { planStepsSound } from "./checks/plan-steps-sound.ts";
import { planStructure } from "./checks/plan-structure.ts";
import { planVerifiable } from "./checks/plan-verifiable.ts";

/** The checks of this room. */
export const PLAN_CHECKS: readonly Check[] = [planCoversRequest, planStepsSound, planStructure, planVerifiable];
