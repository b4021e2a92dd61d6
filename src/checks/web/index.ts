import type { Check } from "../kit/check.ts";
import { page } from "./page.ts";

/** The checks of this room. */
export const WEB_CHECKS: readonly Check[] = [page];
