import { BatchTask, type BatchInput } from "../../core/contract.ts";
import { parseArguments } from "../../mcp/parse-arguments.ts";
import { usageError } from "../usage.ts";

/** A task of the input: its line, from 1, and the id that the caller gave it. */
export interface TaskLine {
  readonly line: number;
  readonly id?: string | number;
  readonly task: BatchInput["tasks"][number];
}

/** What a result's line says of its task: by this it is found again. */
export function keyOf({ id, line }: { readonly id?: unknown; readonly line?: unknown }): string {
  return id === undefined ? `line ${String(line)}` : `id ${JSON.stringify(id)}`;
}

/** Every line is a task; blank lines are none. All lines that are not are told at once. Throws a usage error. */
export function readTasks(text: string): readonly TaskLine[] {
  const problems: string[] = [];
  const tasks = text.split(/\r?\n/u).flatMap((line, index) => {
    if (line.trim() === "") return [];
    const read = readLine(line, index + 1);
    if ("task" in read) return [read];
    problems.push(`line ${index + 1}: ${read.problem}`);
    return [];
  });
  const keys = tasks.map(keyOf);
  for (const [index, each] of tasks.entries()) {
    const first = keys.indexOf(keys[index] ?? "");
    if (first < index) problems.push(`line ${each.line}: its id is that of line ${tasks[first]?.line}`);
  }
  if (problems.length > 0) throw usageError(problems.join("\n"));
  if (tasks.length === 0) throw usageError("there is no task: every line is one, as JSON");
  return tasks;
}

function readLine(text: string, line: number): TaskLine | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: `not JSON: ${(error as Error).message}` };
  }
  const { id, ...rest } = typeof value === "object" && value !== null ? (value as { readonly id?: unknown }) : {};
  if (id !== undefined && typeof id !== "string" && typeof id !== "number")
    return { problem: "id must be a text or a number" };
  const read = parseArguments(BatchTask, Array.isArray(value) || value === null ? value : rest);
  if (!read.ok) return { problem: read.message };
  return { line, ...(id === undefined ? {} : { id }), task: read.value };
}
