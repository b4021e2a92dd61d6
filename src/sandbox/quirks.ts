const CHAT = ["openai", "together"] as const;
const ALL = ["anthropic", ...CHAT, "google"] as const;

interface QuirkRow {
  /** The vendors in whose format it can occur. */
  readonly at: readonly (typeof ALL)[number][];
  /** Whether an answer can be read from it. */
  readonly answers: boolean;
  /** What the caller sees, for people. */
  readonly about: string;
}

/**
 * The unusual ways in which endpoints answer a call that streams: a closed table. At other vendors, and for calls that do not stream,
 * the answer comes as ever.
 */
const QUIRKS = {
  early_finish: { at: ALL, answers: true, about: "a finish with every piece, `everyMs` (default 10) apart" },
  keep_alive: {
    at: ALL,
    answers: true,
    about: "comments every `everyMs` (default 50) for `ms` (default 400) before the text",
  },
  late_text: { at: ALL, answers: true, about: "the first event, then silence for `ms` (default 400) before the text" },
  no_finish: { at: ["anthropic", ...CHAT], answers: true, about: "ends with [DONE] or message_stop, without a finish" },
  renamed_finish: { at: ["anthropic", ...CHAT], answers: true, about: "the finish reason in camel case" },
  foreign_finish: { at: ALL, answers: true, about: "the finish in the words of another vendor" },
  think_tags: { at: ALL, answers: true, about: "<think>…</think> before the answer, in the text" },
  content_parts: { at: CHAT, answers: true, about: "the content as a list of parts, thinking among them" },
  json_body: { at: ALL, answers: true, about: "one JSON body in place of a stream" },
  labelled_json: { at: ALL, answers: true, about: "a stream that calls itself application/json" },
  error_text: { at: ALL, answers: false, about: '200 with {"error": "a text"}' },
  glued_events: { at: ALL, answers: true, about: "comments, ids and names inside of events, and CR LF" },
  zero_usage: { at: ALL, answers: true, about: "a usage of zeros beside the answer" },
  outside_reasoning: { at: CHAT, answers: true, about: "reasoning outside of completion_tokens; the total proves it" },
  moved_usage: {
    at: CHAT,
    answers: true,
    about: "usage inside of the last choice, cached tokens as DeepSeek names them",
  },
  stated_cost: { at: CHAT, answers: true, about: `the usage names the cost itself: 0.00125 USD` },
  flood: { at: ALL, answers: false, about: "text without end, however little was asked for" },
} as const satisfies Record<string, QuirkRow>;

export type QuirkKind = keyof typeof QUIRKS;

export const QUIRK_KINDS = Object.keys(QUIRKS) as readonly QuirkKind[];

export function isQuirk(kind: string): kind is QuirkKind {
  return Object.hasOwn(QUIRKS, kind);
}

/** Whether the quirk can occur in this vendor's format. */
export function occursAt(kind: QuirkKind, provider: string): boolean {
  const { at }: QuirkRow = QUIRKS[kind];
  return at.some((each) => each === provider);
}

/** Whether an answer can be read from it. */
export function canBeAnswered(kind: QuirkKind): boolean {
  return QUIRKS[kind].answers;
}
