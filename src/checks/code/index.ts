import type { Check } from "../kit/check.ts";
import { acceptCode } from "./checks/accept-code.ts";
import { agreement } from "./checks/agreement.ts";
import { code } from "./checks/code.ts";
import { codeExamples } from "./checks/code-examples.ts";

/** The checks of this room. */
export const CODE_CHECKS: readonly Check[] = [code, codeExamples, acceptCode, agreement];
