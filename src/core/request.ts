import type { AgreementTest, Criterion } from "../checks/kit/criterion.ts";
import type { Context } from "../checks/kit/request-context.ts";
import type { FileFact, PreparedOutput } from "./file-output.ts";
import type { MediaFile } from "./media.ts";
import type { ModelId } from "./model.ts";
import type { NanoUsd } from "./money.ts";
import type { PromptPrefix } from "./prompt-prefix.ts";
import type { Optimize, Task, UncheckedStep } from "./task.ts";

/** What goes over the wire: the vendor's system field and one user message. */
export interface RenderedPrompt {
  readonly system: string | null;
  readonly user: string;
  /** Estimated o200k tokens of each, counted once. */
  readonly systemTokens: number;
  readonly userTokens: number;
  /** Certain upper bound of the tokens of both, in any tokenizer. */
  readonly maxTokens: number;
  /** UTF-16 units at the start of `user` that other requests may begin with too: files and notes. Absent: none. */
  readonly sharedChars?: number;
  /** Images and PDF, which stand before `user` in the message. Absent: none. */
  readonly media?: readonly MediaFile[];
}

export type OnBelowQuality = "return_best" | "error";

/** One `route_task` call, validated, with all defaults filled in. */
export interface Request {
  readonly routeId: string;
  /** Who asks; `null`: the owner. */
  readonly principal: string | null;
  readonly task: Task;
  readonly prompt: string;
  readonly context: Context;
  readonly rendered: RenderedPrompt;
  /** Estimated tokens of files that the caller named by path in place of writing them. Absent: none. */
  readonly readTokens?: number;
  /** Files that were read by path and are sent. Absent: none. */
  readonly sentFiles?: readonly FileFact[];
  /** Where an accepted answer is written. Absent: it is returned. */
  readonly output?: PreparedOutput;
  /** The start of the prompt that vendors may keep for other requests. Absent: it is too short, or there is none. */
  readonly prefix?: PromptPrefix;
  /** Hard ceiling over all attempts; `null`: none; 0: free models only. */
  readonly budgetNanoUsd: NanoUsd | null;
  /** From the request to the answer, verification included, milliseconds. */
  readonly deadlineMs: number;
  readonly minQuality: number;
  /** Allow-list, in order; `null`: the task's candidates. Ids of the catalogue, lifecycle not yet applied. */
  readonly models: readonly ModelId[] | null;
  readonly optimize: Optimize;
  /** `flex`: where the vendor has a slower tier at a lower price, that one. Absent: no slower tier. */
  readonly patience?: "flex";
  /** Tokens of the answer itself, thinking not counted in. */
  readonly maxOutputTokens: number;
  readonly responseSchema: Readonly<Record<string, unknown>> | null;
  readonly onBelowQuality: OnBelowQuality;
  /** Whether a rejected answer and its findings are given to the model that is asked next. */
  readonly repair: boolean;
  /** What the caller wants of the answer: `accept`, and `context.tests`. */
  readonly accept: readonly Criterion[];
  /** What becomes of an unchecked answer, step by step; the last one is `accept` or `next`. */
  readonly onUnchecked: readonly UncheckedStep[];
  /** Another answer that this one is to be compared with. Absent: none. */
  readonly compareWith?: AgreementTest;
  /** Models that evidence may be bought from where the task names none for it. */
  readonly evidenceModels: readonly ModelId[];
  /** What was decided before the plan: the task picked by `auto`, a successor, a default. */
  readonly notes: readonly string[];
}
