import { z } from "zod";
import { QUIRK_KINDS } from "./quirks.ts";

/** How the sandbox bills a call that suffered a fault; the rules are in bill.ts. */
type FaultBilling = "nothing" | "broken" | "complete";

interface FaultRow {
  readonly bills: FaultBilling;
  /** What the caller sees, for people. */
  readonly about: string;
}

/** Everything that the sandbox can be told to do wrong: a closed table. Unusual ways to answer well are in quirks.ts. */
const FAULTS = {
  latency: { bills: "complete", about: "answers after `ms`; with `betweenMs` each piece of a stream waits too" },
  hang: { bills: "broken", about: "headers are never sent" },
  stall: { bills: "broken", about: "opens, sends some tokens, then silence" },
  rate_limit: { bills: "nothing", about: "429 with a retry-after of `retryAfterS` (default 1)" },
  quota: { bills: "nothing", about: "no money left: OpenAI and Gemini 429, Anthropic 400, Together 402" },
  server_error: { bills: "nothing", about: "500" },
  unavailable: { bills: "nothing", about: "503" },
  overloaded: { bills: "nothing", about: "529 at Anthropic, 503 elsewhere" },
  unauthorized: { bills: "nothing", about: "401" },
  context_length: { bills: "nothing", about: "400: the prompt is too long" },
  reset: { bills: "broken", about: "the connection is reset before the headers" },
  reset_mid_body: { bills: "broken", about: "the connection is reset after some tokens" },
  truncated: { bills: "broken", about: "ends quietly after some tokens, without a finish" },
  malformed: { bills: "broken", about: "garbage instead of JSON, after some tokens when streaming" },
  html: { bills: "broken", about: "200 with an HTML page, as from a captive portal" },
  no_body: { bills: "broken", about: "200 with nothing in it" },
  wrong_shape: { bills: "broken", about: "200 with valid JSON of another shape" },
  error_event: { bills: "broken", about: "an error object within the stream after some tokens" },
  empty: { bills: "complete", about: "finishes well, without any text" },
  refusal: { bills: "complete", about: "the model declines, as its vendor says that" },
  filter: { bills: "complete", about: "a content filter ends the answer" },
  length: { bills: "complete", about: "the output limit ends the answer" },
  drip: { bills: "broken", about: "a character every `everyMs` (default 20), for ever" },
  bad_answer: { bills: "complete", about: "finishes well, but the answer is defective for its task" },
} as const satisfies Record<string, FaultRow>;

export type FaultKind = keyof typeof FAULTS;

/** Faults that are an error status; all others are played out after the vendor has taken the call. */
export type StatusFaultKind = {
  [Kind in FaultKind]: (typeof FAULTS)[Kind]["bills"] extends "nothing" ? Kind : never;
}[FaultKind];
export type PlayedFaultKind = Exclude<FaultKind, StatusFaultKind>;

export function isStatusFault(kind: Fault["kind"]): kind is StatusFaultKind {
  const row: FaultRow | undefined = Object.hasOwn(FAULTS, kind) ? FAULTS[kind as FaultKind] : undefined;
  return row?.bills === "nothing";
}

export const FAULT_KINDS = Object.keys(FAULTS) as readonly FaultKind[];

const ms = z.number().min(0).max(3_600_000);
const times = z.int().min(1).optional();

const FaultSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("latency"), ms, betweenMs: ms.optional(), times }),
  z.strictObject({ kind: z.literal("rate_limit"), retryAfterS: z.number().min(0).optional(), times }),
  z.strictObject({ kind: z.literal("drip"), everyMs: ms.optional(), times }),
  z.strictObject({ kind: z.enum(FAULT_KINDS).exclude(["latency", "rate_limit", "drip"]), times }),
  z.strictObject({ kind: z.enum(QUIRK_KINDS), ms: ms.optional(), everyMs: ms.min(1).optional(), times }),
]);

/** A fault with its figures: `{kind: "stall"}`, `{kind: "rate_limit", retryAfterS: 2, times: 1}`. `times`: so many calls, then well again. */
export type Fault = z.infer<typeof FaultSchema>;

/** Reads a fault from outside: an object, or the bare name of one that needs no figures. Throws RangeError that says what is wrong. */
export function parseFault(raw: unknown): Fault {
  const parsed = FaultSchema.safeParse(typeof raw === "string" ? { kind: raw } : raw);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "fault"}: ${issue.message}`);
  throw new RangeError(`Not a fault: ${problems.join("; ")}. Kinds: ${[...FAULT_KINDS, ...QUIRK_KINDS].join(", ")}`);
}

/** The faults that are set, by wire id; `*` holds for every model that has none of its own. */
export interface FaultBox {
  /** `null` makes the model (or `*`) well again. */
  set(wireId: string, fault: Fault | null): void;
  /** The fault of the next call of this model; counts `times` down. */
  take(wireId: string): Fault | null;
  clear(): void;
}

export function createFaultBox(): FaultBox {
  const set = new Map<string, { readonly fault: Fault; left: number }>();
  const use = (key: string): Fault | null => {
    const entry = set.get(key);
    if (entry === undefined) return null;
    entry.left -= 1;
    if (entry.left <= 0) set.delete(key);
    return entry.fault;
  };
  return {
    set(wireId, fault) {
      if (fault === null) set.delete(wireId);
      else set.set(wireId, { fault: parseFault(fault), left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    take: (wireId) => use(wireId) ?? use("*"),
    clear: () => set.clear(),
  };
}
