import { setTimeout as wait } from "node:timers/promises";
import type { Fault } from "../../src/sandbox/faults.ts";
import type { AskedFor } from "../../src/sandbox/answers/answer.ts";
import type { FaultChooser } from "../../src/sandbox/vendor.ts";
import { answerOf, DEADLINE_MS, GRACE_MS, type Case } from "./cases.ts";
import type { Peer } from "./peers.d.mts";

/** How a case ended. `wrong`: a text came that is no model's whole answer. */
export type Ended = "right" | "wrong" | "failed" | "late";

export interface Played {
  readonly case: Case;
  readonly ended: Ended;
  readonly tookMs: number;
  /** Why there was no answer; empty when there was one. */
  readonly reason: string;
  /** What was due came in time. */
  readonly survived: boolean;
}

/** So many cases run side by side: most wait. */
const LANES = 6;

/** The faults of all cases under way: a case's key stands in its system text, so that they can share one sandbox. */
export function faultBook(): { readonly faultFor: FaultChooser; readonly set: (played: Case) => void } {
  const faults = new Map<string, ReadonlyMap<string, Fault>>();
  return {
    faultFor: ({ wireId, system }) => faults.get(/\[(.+)\]/.exec(system ?? "")?.[1] ?? "")?.get(wireId) ?? null,
    set: (played) => void faults.set(played.key, played.faults),
  };
}

/** Every model its own answer; the sandbox's defective plan where the fault wants a bad one. */
export const scripted = ({ wireId, bad }: AskedFor): string | null => (bad ? null : answerOf(wireId));

/** Plays all cases to one contender. */
export async function play(
  peer: Peer,
  cases: readonly Case[],
  set: (played: Case) => void,
): Promise<readonly Played[]> {
  const left = [...cases];
  const played: Played[] = [];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      set(next);
      played.push(await playOne(peer, next));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return played;
}

type End = Pick<Played, "ended" | "reason">;

function endOf(text: string, { candidates }: Case): End {
  const right = candidates.some(({ wireId }) => text === answerOf(wireId));
  return right
    ? { ended: "right", reason: "" }
    : { ended: "wrong", reason: `took for an answer: ${text.slice(0, 80)}` };
}

async function playOne(peer: Peer, one: Case): Promise<Played> {
  const startedMs = performance.now();
  const control = new AbortController();
  const late: End = { ended: "late", reason: "no answer and no error in time" };
  const patience = wait(DEADLINE_MS + GRACE_MS, late, { signal: control.signal }).catch(() => late);
  const answered = peer.ask(one).then(
    (text): End => endOf(text, one),
    (error: unknown): End => ({ ended: "failed", reason: String(error) }),
  );
  const { ended, reason } = await Promise.race([answered, patience]);
  control.abort();
  const survived = ended === "right" || (one.hopeless && ended === "failed");
  return { case: one, ended, reason, tookMs: performance.now() - startedMs, survived };
}

/** A contender that cannot get an answer out of a healthy vendor says nothing about faults: that is a defect of this bench. */
export async function mustWork(peer: Peer, cases: readonly Case[], set: (played: Case) => void): Promise<void> {
  const well = cases
    .filter(({ kind, place }) => kind === "latency" && place === "first")
    .map((one) => ({ ...one, faults: new Map() }));
  // The first round loads what is loaded late.
  await play(peer, well, set);
  for (const { case: one, ended, reason } of await play(peer, well, set)) {
    if (ended !== "right") throw new Error(`${peer.name} is not set up well: ${one.key} ended ${ended}: ${reason}`);
  }
}
