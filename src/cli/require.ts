import type { Flag } from "./command.ts";

/** What an answer must be for a script to go on with it. */
export type Requirement = "accepted" | "verified";

export const REQUIRE_FLAG: Flag = {
  flags: "--require <what>",
  about: "end with 3 unless the answer is so (default: unless its verdict failed)",
  choices: ["accepted", "verified"],
};

/** Whether an answer is what `--require` names; without it: whether its verdict did not fail. */
export function isGoodEnough(
  answer: {
    readonly status: string;
    readonly verdict?: { readonly status: string } | undefined;
    /** Where it was written; an error: it was not. */
    readonly output?: { readonly error?: unknown } | undefined;
  },
  required: Requirement | undefined,
): boolean {
  if (answer.output?.error !== undefined) return false;
  const verdict = answer.verdict?.status;
  if (required === "verified") return answer.status === "accepted" && verdict === "verified";
  return required === "accepted" ? answer.status === "accepted" : verdict !== "failed";
}
