import type { SandboxProvider } from "../../src/sandbox/call.ts";
import { planning } from "../../src/sandbox/answers/planning.ts";
import { FAULT_KINDS, type Fault, type FaultKind } from "../../src/sandbox/faults.ts";
import { modelOf, type Candidate } from "./models.ts";

export const DEADLINE_MS = 3000;
/** How late every peer may be: for timers, and for the answer's way through a busy machine. */
export const GRACE_MS = 250;

export const VENDORS = ["anthropic", "openai", "together", "google"] as const satisfies readonly SandboxProvider[];
/** `first`: the others come after it. `middle`, `last`: those before it are down with a plain 503, so that it is asked at all. */
export const PLACES = ["first", "middle", "last"] as const;
export const TRANSPORTS = ["whole", "stream"] as const;
export type Place = (typeof PLACES)[number];
export type Transport = (typeof TRANSPORTS)[number];

/** One request: the models to call, in order. */
export interface Question {
  readonly candidates: readonly Candidate[];
  readonly system: string;
  readonly prompt: string;
  readonly transport: Transport;
}

export interface Case extends Question {
  readonly key: string;
  readonly kind: FaultKind;
  readonly vendor: SandboxProvider;
  readonly place: Place;
  readonly faults: ReadonlyMap<string, Fault>;
  /** No model can answer: the right result is an error in time, and no text that passes for an answer. */
  readonly hopeless: boolean;
}

/** The scripted answer of a model: a plan that Signalbox verifies, with the model's name in it, so that a mixed one shows. */
export const answerOf = (wireId: string): string => planning.good.replace("# Plan: move", `# Plan by ${wireId}: move`);

const faultOf = (kind: FaultKind): Fault =>
  kind === "latency" ? { kind, ms: 100, betweenMs: 5 } : kind === "drip" ? { kind, everyMs: 50 } : { kind };

/** The failing vendor's model at its place among those of the next two vendors. */
function candidatesOf(vendor: SandboxProvider, place: Place): readonly Candidate[] {
  const start = VENDORS.indexOf(vendor);
  const [failing, next, afterNext] = [0, 1, 2].map((step) =>
    modelOf(VENDORS[(start + step) % VENDORS.length] ?? vendor),
  );
  if (failing === undefined || next === undefined || afterNext === undefined)
    throw new Error("three models are needed");
  const order = {
    first: [failing, next, afterNext],
    middle: [next, failing, afterNext],
    last: [next, afterNext, failing],
  };
  return order[place];
}

/** Every fault of every vendor at every place. */
export function casesFor(transport: Transport, series: string): readonly Case[] {
  return FAULT_KINDS.flatMap((kind) =>
    VENDORS.flatMap((vendor) => PLACES.map((place) => caseOf(kind, vendor, place, transport, series))),
  );
}

function caseOf(kind: FaultKind, vendor: SandboxProvider, place: Place, transport: Transport, series: string): Case {
  const candidates = candidatesOf(vendor, place);
  const failing = candidates.findIndex((candidate) => candidate.vendor === vendor);
  const key = `${series}-${transport}-${kind}-${vendor}-${place}`;
  const faults = candidates
    .slice(0, failing + 1)
    .map(({ wireId }, index): [string, Fault] => [wireId, faultOf(index === failing ? kind : "unavailable")]);
  return {
    key,
    kind,
    vendor,
    place,
    faults: new Map(faults),
    hopeless: place === "last" && kind !== "latency",
    candidates,
    system: `You plan migrations. [${key}]`,
    prompt: planning.prompt,
    transport,
  };
}
