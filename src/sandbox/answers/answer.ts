import type { SandboxProvider } from "../call.ts";

/** What a scripted answer may look at. */
export interface AskedFor {
  readonly provider: SandboxProvider;
  readonly wireId: string;
  readonly system: string | null;
  readonly user: string;
  /** The call's ordinal: 1, 2, 3, … */
  readonly call: number;
  /** True under the fault `bad_answer`: a defective answer is wanted. */
  readonly bad: boolean;
}

/** A text, and figures that only a test would want to set. */
export interface ScriptedAnswer {
  readonly text: string;
  /** Thinking tokens when the model thinks; 50 by default. */
  readonly reasoningTokens?: number;
  /** Thinking that Together shows as it comes; none by default. It is not text of the answer: a bill of a broken call leaves it out. */
  readonly reasoningText?: string;
  /** How much of the prompt was read from, or written to, a cache; by default what the caches of the sandbox say. */
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
}

/** Answers in place of the sandbox's own; `null` leaves a prompt to those. */
export type Answers = (asked: AskedFor) => string | ScriptedAnswer | null;

/** One task's script. */
export interface TaskScript {
  /** The task's id. */
  readonly task: string;
  /** Whether a prompt asks for this task. */
  readonly matches: RegExp;
  /** A prompt that the good answer fits, for demonstrations. */
  readonly prompt: string;
  readonly good: string;
  /** Looks finished, but has a defect that a check of this task finds. */
  readonly bad: string;
  /** Tests for an answer to the prompt, as a model writes them that is asked for some. Absent: it writes none that can be used. */
  readonly tests?: readonly Readonly<Record<string, unknown>>[];
}
