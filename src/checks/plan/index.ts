import type { Check } from "../kit/check.ts";
import { acceptPlan } from "./accept-plan.ts";
import { planCheck } from "./check-plan.ts";

/** The checks of this room. */
export const PLAN_CHECKS: readonly Check[] = [planCheck, acceptPlan];
