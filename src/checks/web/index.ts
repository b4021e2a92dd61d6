import type { Check } from "../kit/check.ts";
import { markupParses } from "./checks/markup-parses.ts";
import { uiAccessible } from "./checks/ui-accessible.ts";
import { uiMeetsRequest } from "./checks/ui-meets-request.ts";
import { uiResponsive } from "./checks/ui-responsive.ts";
import { uiStructure } from "./checks/ui-structure.ts";

/** The checks of this room. */
export const WEB_CHECKS: readonly Check[] = [markupParses, uiAccessible, uiMeetsRequest, uiResponsive, uiStructure];
