import type { Check } from "../kit/check.ts";
import { acceptPage } from "./accept-page.ts";
import { page } from "./page.ts";

/** The checks of this room that run in worker threads. */
export const WEB_CHECKS: readonly Check[] = [page, acceptPage];
