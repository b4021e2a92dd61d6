/** What the hold of a batch has a line for: in all, and what of it each task, provider and principal may need. */
export const HOLD_LINES = { all: 0, provider: 2, task: 3, principal: 4 } as const;
