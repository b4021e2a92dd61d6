import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";

/** A real answer with its label. `not_fail`: competent but never run, so it may stay unchecked. */
export interface LabelledAnswer {
  readonly id: string;
  readonly set: string;
  readonly task: string;
  readonly prompt: string;
  readonly context?: string | Readonly<Record<string, unknown>>;
  readonly accept?: readonly unknown[];
  readonly response_schema?: Readonly<Record<string, unknown>>;
  readonly answer: string;
  readonly expected: "pass" | "fail" | "not_fail" | "unverifiable";
  readonly why?: string;
}

/** The labelled answers of a file, or of every `.jsonl` and `.jsonl.gz` file of a folder: one JSON object a line. */
export function loadAnswers(path: string, only: { readonly task?: string; readonly set?: string }): LabelledAnswer[] {
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => /\.jsonl(?:\.gz)?$/.test(name))
        .sort()
        .map((name) => join(path, name))
    : [path];
  return files
    .flatMap((file) => linesOf(file).map((line) => ({ set: basename(file), ...JSON.parse(line) }) as LabelledAnswer))
    .filter(({ task, set, answer }) => {
      const isWanted = (only.task ?? task) === task && (only.set ?? set) === set;
      return isWanted && typeof answer === "string";
    });
}

function linesOf(file: string): readonly string[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split("\n").filter((line) => line.trim() !== "");
}
