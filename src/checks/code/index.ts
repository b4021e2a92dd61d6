import type { Check } from "../kit/check.ts";
import { codeComplete } from "./checks/code-complete.ts";
import { codeExamples } from "./checks/code-examples.ts";
import { codeParses } from "./checks/code-parses.ts";

/** The checks of this room. */
export const CODE_CHECKS: readonly Check[] = [codeComplete, codeExamples, codeParses];
