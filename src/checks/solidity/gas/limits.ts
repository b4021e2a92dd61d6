/** How far the comparison of two contracts goes: by counts, never by the clock, so that it comes out the same every time. */

export const EPISODES = 5;
export const MAX_ROUNDS = 6;
export const TRIES = 5;
/** For functions that have not succeeded yet. */
export const FIRST_TRIES = 12;
/** Pairs of calls; one takes about a millisecond. */
export const MAX_CALLS = 1_500;
export const MAX_GAS = 60_000_000n;
export const MAX_QUEUE = 60;
export const MAX_SEEN = 40;
export const MAX_USED = 24;
export const MAX_KEY = 1n << 64n;
export const TIME_STEPS_S = [1n, 3600n, 86_400n, 604_800n, 31n * 86_400n] as const;
export const FINAL =
  /^(?:renounce|transferOwner|setOwner|changeOwner|setAdmin|changeAdmin|pause|destroy|kill|shutdown)/i;
export const MAX_DUE = 24;
export const EDGE_TRIES = 4;
export const MAX_EDGES = 12;
export const SHOWN_STEPS = 8;
export const MAX_LOOKS_BACK = 3;
