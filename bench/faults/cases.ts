import type { SandboxProvider } from "../../src/sandbox/call.ts";
import { planning } from "../../src/sandbox/answers/planning.ts";
import { FAULT_KINDS, parseFault, type Fault } from "../../src/sandbox/faults.ts";
import { canBeAnswered, isQuirk, occursAt, QUIRK_KINDS } from "../../src/sandbox/quirks.ts";
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
  readonly kind: Fault["kind"];
  readonly vendor: SandboxProvider;
  readonly place: Place;
  readonly faults: ReadonlyMap<string, Fault>;
  /** No model can answer: the right result is an error in time, and no text that passes for an answer. */
  readonly hopeless: boolean;
}

/** The scripted answer of a model: a plan that Signalbox verifies, with the model's name in it, so that a mixed one shows. */
export const answerOf = (wireId: string): string => planning.good.replace("# Plan: move", `# Plan by ${wireId}: move`);

/** Figures that a deadline of three seconds has room for; a silence longer than one within the text may be. */
const FIGURES: Partial<Record<Fault["kind"], object>> = {
  latency: { ms: 100, betweenMs: 5 },
  drip: { everyMs: 50 },
  early_finish: { everyMs: 5 },
  keep_alive: { ms: 350, everyMs: 20 },
  late_text: { ms: 350 },
};
const faultOf = (kind: Fault["kind"]): Fault => parseFault({ kind, ...FIGURES[kind] });

/** Whether the model can be had to answer in spite of it. */
const isHarmless = (kind: Fault["kind"]): boolean => kind === "latency" || (isQuirk(kind) && canBeAnswered(kind));

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

/** Every fault of every vendor at every place, and every unusual way to answer where it can occur: those are ways to stream. */
export function casesFor(transport: Transport, series: string): readonly Case[] {
  const kinds: readonly Fault["kind"][] = [...FAULT_KINDS, ...(transport === "stream" ? QUIRK_KINDS : [])];
  return kinds.flatMap((kind) =>
    VENDORS.filter((vendor) => !isQuirk(kind) || occursAt(kind, vendor)).flatMap((vendor) =>
      PLACES.map((place) => caseOf(kind, vendor, place, transport, series)),
    ),
  );
}

function caseOf(
  kind: Fault["kind"],
  vendor: SandboxProvider,
  place: Place,
  transport: Transport,
  series: string,
): Case {
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
    hopeless: place === "last" && !isHarmless(kind),
    candidates,
    system: `You plan migrations. [${key}]`,
    prompt: planning.prompt,
    transport,
  };
}
