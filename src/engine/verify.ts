import type { Clock, Verifier } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import { verdictOf, type Verdict } from "../core/verdict.ts";

/** A verifier that is told to stop has its verdict ready; one that does not listen is left behind after so long, milliseconds. */
const GRACE_MS = 50;

/** Verifies within what is left of the deadline, or until `signal` fires; what was not checked by then is left unchecked. */
export async function verifyInTime(
  text: string,
  request: Request,
  remainingMs: number,
  signal: AbortSignal,
  verifier: Verifier,
  clock: Clock,
): Promise<Verdict> {
  const deadline = new AbortController();
  const over = new AbortController();
  const late = clock.sleep(remainingMs, AbortSignal.any([over.signal, signal])).then(() => {
    deadline.abort(TOO_LATE);
    return clock.sleep(GRACE_MS, over.signal);
  });
  try {
    return await Promise.race([verifier.verify(text, request, deadline.signal), late.then(() => CUT_OFF)]);
  } finally {
    over.abort(VERIFIED);
  }
}

/** Made once, like every reason that is never read. */
const VERIFIED = new Error("verified");
const TOO_LATE = new Error("the deadline has passed");

const CUT_OFF: Verdict = verdictOf(
  [
    {
      name: "deadline",
      passed: null,
      detail: "verification was cut off by the deadline",
      findings: [],
      evidence: [],
    },
  ],
  0,
);
