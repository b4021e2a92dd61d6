import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { VerdictStatus } from "../../src/core/verdict.ts";

const FOLDER = import.meta.dirname;

/** An answer to a request of a task, what an expert says of it, and the verdict on it. A folder of `test/cases/<task>`. */
export interface AnswerCase {
  /** Task and folder. */
  readonly id: string;
  readonly task: string;
  readonly prompt: string;
  /** As `route_task` takes it. */
  readonly context?: string | Readonly<Record<string, unknown>>;
  /** Criteria, as `route_task` takes them. */
  readonly accept?: readonly unknown[];
  readonly response_schema?: Readonly<Record<string, unknown>>;
  readonly answer: string;
  readonly expected: Expected;
}

export interface Expected {
  /** What is good or bad about the answer, as a sentence without a subject: "lets anybody mint". */
  readonly shows: string;
  /** What an expert says of the answer. `open`: no tool could tell. */
  readonly label: "good" | "bad" | "open";
  /** What the checks say of it today. Never `failed` for a good answer, never `verified` for a bad one. */
  readonly verdict: VerdictStatus;
  /** Whether the rules were developed against it. */
  readonly set: "development" | "holdout";
}

/** Tasks that there are cases for. */
export function tasksWithCases(): readonly string[] {
  return readdirSync(FOLDER, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/** The cases of a task, sorted by folder. */
export function casesOf(task: string): readonly AnswerCase[] {
  const folder = join(FOLDER, task);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const read = (file: string): string => readFileSync(join(folder, name, file), "utf8");
      return {
        id: `${task}/${name}`,
        task,
        ...(JSON.parse(read("request.json")) as Pick<AnswerCase, "prompt" | "context" | "response_schema">),
        answer: read("answer.md"),
        expected: JSON.parse(read("expected.json")) as Expected,
      };
    });
}

/** Where the label of a case is kept. */
export function expectedFile({ id }: Pick<AnswerCase, "id">): string {
  return join(FOLDER, id, "expected.json");
}
