/** One sign that a prompt belongs to a task. */
export interface Signal {
  /** Shown in the reason for the choice. */
  readonly name: string;
  /** Tested against prose in lower case without its code, against the prose's opening, or against the code. Gaps are bounded on purpose. */
  readonly pattern: RegExp;
  readonly in: "opening" | "prose" | "code";
  /** Points for the tasks that it speaks for; negative ones speak against. */
  readonly points: Readonly<Record<string, number>>;
}

/** A gap within one sentence. */
export const GAP = "[^.?!\\n]{0,60}";
export const MAKE = "write|create|generate|draft|design|develop|make|need|want|give|prepare|produce";
export const BUILD = `${MAKE}|implement|code|build|add|extend`;
export const POLITE = "(?:please |can you |could you |hi,? |hello,? |help me |let'?s )*";

/** For what asks for words about something: no code, page or plan is wanted. */
export const AGAINST_ALL = {
  solidity_codegen: -4,
  gas_optimization: -4,
  semantic_audit: -4,
  ui_design: -4,
  planning: -4,
  code_generation: -6,
};

/** Any of the words, in whole. */
export function words(source: string): RegExp {
  return new RegExp(`\\b(?:${source})(?![a-z0-9])`);
}
