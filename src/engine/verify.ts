import type { Clock, Verifier } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import type { Verdict } from "../core/verdict.ts";

/** Verifies within what is left of the deadline; a verification that does not end in time leaves the answer unchecked. */
export async function verifyInTime(
  text: string,
  request: Request,
  remainingMs: number,
  verifier: Verifier,
  clock: Clock,
): Promise<Verdict> {
  const control = new AbortController();
  const late = clock.sleep(remainingMs, control.signal).then(() => CUT_OFF);
  const verdict = await Promise.race([verifier.verify(text, request, control.signal), late]);
  control.abort(VERIFIED);
  return verdict;
}

/** Made once, like every reason that is never read. */
const VERIFIED = new Error("verified");

const CUT_OFF: Verdict = {
  status: "unchecked",
  score: null,
  checkedShare: 0,
  checks: [
    {
      name: "deadline",
      kind: "graded",
      passed: null,
      score: null,
      weight: 0,
      detail: "verification was cut off by the deadline",
    },
  ],
};
