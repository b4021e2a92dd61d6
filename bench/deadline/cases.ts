import type { RouteInput } from "../../src/core/contract.ts";
import type { Fault } from "../../src/sandbox/faults.ts";

/** A way in which models are too slow for the caller. */
export interface SlowCase {
  readonly name: string;
  /** The fault of every model; `null`: they answer at once. */
  readonly fault: Fault | null;
  /** What the models answer. */
  readonly answer?: string;
  readonly config: Record<string, unknown>;
  readonly input: Omit<RouteInput, "deadline_ms">;
}

/** The primary and two to fall back to, each of another vendor. */
export const MODELS = ["gpt-6-luna", "claude-haiku-5-5", "gemini-3.5-flash-lite"];

const REQUEST = { task: "general", prompt: "What are railway signals for?", models: MODELS };

function vendorsThat(name: string, fault: Fault): SlowCase {
  return { name: `every candidate ${name}`, fault, config: {}, input: REQUEST };
}

export const SLOW_CASES: readonly SlowCase[] = [
  vendorsThat("hangs", { kind: "hang" }),
  vendorsThat("drips", { kind: "drip" }),
  vendorsThat("falls silent after its first words", { kind: "stall" }),
  {
    name: "a check of the config sleeps",
    fault: null,
    config: {
      tasks: [{ id: "general", checks: [{ name: "sleeps", command: ["sleep", "60"], weight: 1, timeout_ms: 60_000 }] }],
    },
    input: REQUEST,
  },
  {
    name: "an answer keeps its check busy",
    fault: null,
    answer: "```js\nfunction spin(n) {\n  for (;;) n += 1;\n}\n```",
    config: {},
    input: {
      task: "code_generation",
      prompt: "Write a JavaScript function spin(n).",
      context: { tests: Array.from({ length: 40 }, (_, n) => ({ call: `spin(${n})`, equals: n })) },
      models: MODELS,
    },
  },
];
