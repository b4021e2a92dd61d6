import { createHash } from "node:crypto";
import { MODELS } from "../../src/catalog/models.ts";
import type { AttemptRecord } from "../../src/core/attempt.ts";
import type { LedgerReader, StoredRoute } from "../../src/core/ledger-reader.ts";
import type { BillLine } from "../../src/sandbox/bill.ts";
import type { SandboxCall } from "../../src/sandbox/call.ts";

/** The ledger compared with the vendors' bill, attempt by attempt. Money in nano-USD. */
export interface Audit {
  readonly routes: readonly StoredRoute[];
  readonly ledgerNanoUsd: number;
  readonly attempts: number;
  /** Attempts whose process died; settled at what they had reserved. */
  readonly dead: number;
  readonly deadNanoUsd: number;
  /** The vendors' bill for the abandoned attempts. */
  readonly deadBilledNanoUsd: number;
  /** One line for each finished attempt that differs from its bill, each unbooked call, each abandoned attempt that booked too little. */
  readonly differences: readonly string[];
  /** The same for timed-out attempts: on an overloaded machine, the vendor may have finished its answer before we read it. */
  readonly unheard: readonly string[];
  /** Requests that are still open. */
  readonly running: readonly string[];
}

const WIRE_IDS = new Map(MODELS.map((model) => [model.id, model.wireId]));
const EVERYTHING = 1_000_000;

/** The ledger's mark on attempts that it settled for a process that died. */
export function isDead({ failure }: AttemptRecord): boolean {
  return failure?.message.startsWith("dead:") ?? false;
}

/**
 * A call is its attempt's by the hash of the prompt, which the ledger keeps of each request, by the model, and by the order of both:
 * prompts must differ from request to request and must not be repaired on the way.
 */
export async function audit(
  reader: LedgerReader,
  calls: readonly SandboxCall[],
  bill: readonly BillLine[],
): Promise<Audit> {
  const ids = await reader.recentRouteIds("", EVERYTHING);
  const routes: StoredRoute[] = [];
  for (const id of ids) {
    const route = await reader.route(id);
    if (route !== null) routes.push(route);
  }
  const billed = new Map(bill.map((line) => [line.call, line.nanoUsd]));
  const callsBy = Map.groupBy(calls, (call) => keyOf(hashOf(call), call.wireId));
  const attempts = routes.flatMap((route) => route.attempts.map((attempt) => ({ attempt, route })));
  const attemptsBy = Map.groupBy(attempts, ({ attempt, route }) =>
    keyOf(route.request.promptSha256, WIRE_IDS.get(attempt.model) ?? attempt.model),
  );
  const differences: string[] = [];
  const unheard: string[] = [];
  let deadBilledNanoUsd = 0;
  for (const key of new Set([...callsBy.keys(), ...attemptsBy.keys()])) {
    const mine = attemptsBy.get(key) ?? [];
    const theirs = (callsBy.get(key) ?? []).map(({ ordinal }) => billed.get(ordinal) ?? 0);
    for (const [index, { attempt, route }] of mine.entries()) {
      const nanoUsd = theirs[index] ?? 0;
      if (isDead(attempt)) deadBilledNanoUsd += nanoUsd;
      const differs = isDead(attempt) ? attempt.cost.nanoUsd < nanoUsd : attempt.cost.nanoUsd !== nanoUsd;
      if (!differs) continue;
      const line = `${label(attempt, route)} cost ${attempt.cost.nanoUsd}, billed ${nanoUsd}`;
      (attempt.failure?.kind === "timeout" ? unheard : differences).push(line);
    }
    for (const nanoUsd of theirs.slice(mine.length)) differences.push(`an unbooked call of ${nanoUsd}: ${key}`);
  }
  const dead = attempts.filter(({ attempt }) => isDead(attempt));
  return {
    routes,
    ledgerNanoUsd: costOf(attempts),
    attempts: attempts.length,
    dead: dead.length,
    deadNanoUsd: costOf(dead),
    deadBilledNanoUsd,
    differences,
    unheard,
    running: routes.filter(({ end }) => end === null).map(({ request }) => request.routeId),
  };
}

function label(attempt: AttemptRecord, { request }: StoredRoute): string {
  const how = attempt.failure === null ? attempt.outcome : attempt.failure.kind;
  return `attempt ${attempt.ordinal} of ${request.routeId} (${attempt.model}, ${how}, ${attempt.failure?.message ?? ""})`;
}

function keyOf(promptSha256: string, wireId: string): string {
  return `${promptSha256} ${wireId}`;
}

function hashOf({ system, promptText }: SandboxCall): string {
  return createHash("sha256")
    .update(JSON.stringify([system, promptText]))
    .digest("hex");
}

function costOf(attempts: readonly { readonly attempt: AttemptRecord }[]): number {
  return attempts.reduce((sum, { attempt }) => sum + attempt.cost.nanoUsd, 0);
}
