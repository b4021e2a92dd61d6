import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { usageError } from "../usage.ts";
import { keyOf } from "./task-lines.ts";

/** Where the results of a batch go, a line each, and which tasks have one there already. */
export interface ResultsFile {
  /** Keys of tasks that were answered in an earlier run. One that failed is none of them. */
  readonly answered: ReadonlySet<string>;
  /** Lines that are no result: a process that was killed leaves half a line. */
  readonly broken: number;
  /** Writes a line, which is in the file when this returns. Throws the system's error when it cannot be written. */
  append(line: string): void;
}

/** Opens a file of results; one that is not there yet begins empty. Throws a usage error when it cannot be read. */
export function openResults(path: string): ResultsFile {
  const text = readText(path);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const results = lines.map(resultOf);
  // Half a line must not swallow the next one.
  const append = (more: string): void => appendFileSync(path, more);
  refuse(path, () => append(text === "" || text.endsWith("\n") ? "" : "\n"));
  return {
    answered: new Set(
      results.flatMap((result) => (result === null || result.status === "failed" ? [] : [keyOf(result)])),
    ),
    broken: results.filter((result) => result === null).length,
    append: (line) => append(`${line}\n`),
  };
}

interface ResultLine {
  readonly status: string;
  readonly id?: unknown;
  readonly line?: unknown;
}

function resultOf(line: string): ResultLine | null {
  try {
    const value: unknown = JSON.parse(line);
    const isResult =
      typeof value === "object" && value !== null && "status" in value && typeof value.status === "string";
    return isResult ? (value as ResultLine) : null;
  } catch {
    return null;
  }
}

function readText(path: string): string {
  return existsSync(path) ? refuse(path, () => readFileSync(path, "utf8")) : "";
}

/** What cannot be done with the file is wrong usage, told before anything is paid. */
function refuse<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw usageError(`--resume ${path}: ${(error as Error).message}`);
  }
}
