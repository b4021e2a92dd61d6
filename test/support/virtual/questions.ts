import type { RouteInput } from "../../../src/core/contract.ts";
import { planning } from "../../../src/sandbox/answers/planning.ts";

/** A kind of request: its input, and the one right answer of each model. `n` tells requests apart. */
interface QuestionKind {
  readonly input: (n: number) => Pick<RouteInput, "task" | "prompt" | "response_schema">;
  readonly answer: (n: number, model: string) => string;
  /** Finishes well, but a check of the task finds what is wrong with it. */
  readonly bad: string;
}

const tag = (n: number): string => `T-${String(n).padStart(6, "0")}`;
const CITIES = ["Bergen", "Porto", "Tartu", "Gdansk", "Malmo"] as const;
const cityOf = (n: number): string => CITIES[n % CITIES.length] ?? CITIES[0];

/** Kinds of request: some whose answers are verified in a moment, and one that no check can verify. */
const KINDS: readonly [QuestionKind, QuestionKind, QuestionKind] = [
  {
    input: (n) => ({ task: "planning", prompt: `${planning.prompt}\n\nTicket: ${tag(n)}` }),
    answer: (n, model) => planning.good.replace("# Plan: move", `# Plan ${tag(n)} by ${model}: move`),
    bad: planning.bad,
  },
  {
    input: (n) => ({
      task: "extraction",
      prompt: `Extract the ticket and the city: "Ticket ${tag(n)} was opened in ${cityOf(n)} on Monday."`,
      response_schema: {
        type: "object",
        properties: { ticket: { type: "string" }, city: { type: "string" } },
        required: ["ticket", "city"],
        additionalProperties: false,
      },
    }),
    // White space of its own for every model: a mixed answer shows.
    answer: (n, model) => JSON.stringify({ ticket: tag(n), city: cityOf(n) }, null, model.length),
    bad: '["not what the schema asks for"]',
  },
  {
    input: (n) => ({
      task: "general",
      prompt: `Say briefly what ticket ${tag(n)} about railway signals is.`,
    }),
    answer: (n, model) =>
      `Ticket ${tag(n)} about railway signals asks why a signal shows danger although the line is clear. It is answered by ${model}.`,
    bad: "The railway signals ticket is a ticket. ".repeat(40),
  },
];

const kindOf = (n: number): QuestionKind => KINDS[(n % KINDS.length) as 0 | 1 | 2];

/** The `n`th request; one in ten asks for speed. */
export function questionOf(n: number): RouteInput {
  return { ...kindOf(n).input(n), ...(n % 10 === 0 ? { optimize: "latency" as const } : {}), budget_usd: 1 };
}

/** What a model answers to a prompt that carries the tag of a request. */
export function answerTo(prompt: string, model: string, bad: boolean): string {
  const n = Number(/T-(\d+)/.exec(prompt)?.[1] ?? Number.NaN);
  return bad ? kindOf(n).bad : kindOf(n).answer(n, model);
}

/** Which request a prompt belongs to. */
export const tagIn = (prompt: string): string => /T-\d+/.exec(prompt)?.[0] ?? "";
export const tagOf = tag;
