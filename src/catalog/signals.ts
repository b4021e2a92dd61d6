import { CHAIN } from "./signals/chain.ts";
import { CODE } from "./signals/code.ts";
import { PAGES_AND_PLANS } from "./signals/pages-and-plans.ts";
import type { Signal } from "./signals/signal.ts";
import { TEXTS } from "./signals/texts.ts";

export type { Signal } from "./signals/signal.ts";

/**
 * The rule of `task: "auto"`, as data. What the opening of a prompt asks for counts most: a plan for a Solidity project is a
 * plan, a summary of an audit is a summary.
 */
export const SIGNALS: readonly Signal[] = [...CHAIN, ...PAGES_AND_PLANS, ...CODE, ...TEXTS];
