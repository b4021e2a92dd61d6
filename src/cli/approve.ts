import { createInterface } from "node:readline/promises";
import { approvalQuestion, notApproved } from "../core/approval.ts";
import { legibleText } from "../core/legible.ts";
import type { Outcome } from "../core/outcome.ts";
import type { Flag, World } from "./command.ts";
import { printLine } from "./print.ts";

export const YES_FLAG: Flag = { flags: "-y, --yes", about: "approve a cost above approval_usd without being asked" };

/**
 * Makes a call that may need the user's approval: with `yes` it is given, on a terminal it is asked for, and everywhere else the
 * refusal stays. What is approved is the ceiling of the second try.
 */
export async function withApproval<T>(
  what: string,
  yes: boolean | undefined,
  world: World,
  call: (approved: { readonly approvedUsd?: number }) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const outcome = await call({});
  const approval = outcome.ok ? undefined : outcome.error.approval;
  if (approval === undefined) return outcome;
  const approved = { approvedUsd: approval.worst_case_usd };
  if (yes === true) return call(approved);
  if (world.in.isTTY !== true || world.err.isTTY !== true) {
    printLine(world.err, "signalbox: there is no terminal to ask on; --yes approves the cost.");
    return outcome;
  }
  printLine(world.err, legibleText(approvalQuestion(what, approval)));
  if (await saysYes(world, "Spend it?")) return call(approved);
  const message = notApproved("declined", approval);
  return { ok: false, error: { code: "approval_declined", message, attempts: [], cost_usd: 0 } };
}

/** No is the answer to everything but a clear yes: also to an interrupt and to the end of the input. */
export async function saysYes({ in: input, err, signal }: World, question: string): Promise<boolean> {
  const terminal = createInterface({ input, output: err });
  try {
    const closed = new Promise<string>((resolve) => void terminal.once("close", () => resolve("")));
    const answer = await Promise.race([terminal.question(`\n${question} [y/N] `, { signal }), closed]);
    return /^\s*y(?:es)?\s*$/iu.test(answer);
  } catch {
    return false;
  } finally {
    terminal.close();
  }
}
