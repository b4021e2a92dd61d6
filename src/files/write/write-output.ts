import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { Delivery, PreparedOutput } from "../../core/file-output.ts";
import { openFile } from "../open-file.ts";
import { applyEdits, newContent } from "./apply-edits.ts";
import { contentFor, filesIn } from "./answer-files.ts";
import { writePathProblem } from "./prepare.ts";
import { readEdits, type FileEdits } from "./read-edits.ts";
import { writeAll, type PlannedFile, type SeenFile } from "./write-all.ts";

const MOST_FILES = 100;

type PlannedFiles =
  | { readonly files: readonly PlannedFile[]; readonly notes: readonly string[] }
  | { readonly unclear: string };

/** Writes an accepted answer to where it was prepared for: all of it, or nothing and why. Never throws for what an answer or a disk does. */
export async function writeOutput(output: PreparedOutput, answer: string): Promise<Delivery> {
  const planned = output.shape === "patch" ? await patched(output, answer) : plannedFiles(output, answer);
  if ("unclear" in planned) return { ok: false, problem: planned.unclear };
  if (planned.files.length > MOST_FILES) return { ok: false, problem: `the answer has more than ${MOST_FILES} files` };
  const delivery = await writeAll(output.root, planned.files);
  return delivery.ok ? { ...delivery, notes: planned.notes } : delivery;
}

function plannedFiles(output: PreparedOutput, answer: string): PlannedFiles {
  const onto = output.overwrite ? "overwrite" : "create";
  if (output.shape === "file") {
    const found = contentFor(output.path, answer);
    return "unclear" in found ? found : { files: [{ path: output.path, content: found.content, onto }], notes: [] };
  }
  const found = filesIn(answer);
  if ("unclear" in found) return found;
  const files: PlannedFile[] = [];
  for (const { path: named, content } of found.files) {
    const path = pathIn(output.path, named);
    if (typeof path !== "string") return path;
    files.push({ path, content, onto });
  }
  return { files, notes: found.notes };
}

/** A path that an answer names, from the root; or what is wrong with it. */
function pathIn(folder: string, named: string): string | { readonly unclear: string } {
  const bare = named.replace(/^(?:\.\/)+/, "");
  const problem = bare.startsWith("/") ? "is absolute" : writePathProblem(bare);
  const shown = JSON.stringify(named.slice(0, 80));
  if (problem !== null) return { unclear: `the answer names the file ${shown}, which ${problem}` };
  const parts = bare.split("/").filter((part) => part !== "" && part !== ".");
  return [...(folder === "" ? [] : [folder]), ...parts].join("/");
}

async function patched(output: PreparedOutput, answer: string): Promise<PlannedFiles> {
  const read = readEdits(answer);
  if ("unclear" in read) return read;
  const byPath = new Map<string, FileEdits[]>();
  for (const edits of read.files) {
    const path = output.isOneFile ? oneFile(output.path, edits.path) : namedFile(output.path, edits.path);
    if (typeof path !== "string") return path;
    byPath.set(path, [...(byPath.get(path) ?? []), edits]);
  }
  const files: PlannedFile[] = [];
  for (const [path, edits] of byPath) {
    const file = await patchedFile(output.root, path, edits);
    if ("unclear" in file) return { unclear: `the patch does not apply to ${path}: ${file.unclear}` };
    files.push(file);
  }
  return { files, notes: [] };
}

/** A patch to one file may name it as it likes, as long as the name ends in the same way. */
function oneFile(path: string, named: string | null): string | { readonly unclear: string } {
  const last = path.slice(path.lastIndexOf("/") + 1);
  if (named === null || named === last || named.endsWith(`/${last}`)) return path;
  return { unclear: `the patch changes ${JSON.stringify(named.slice(0, 80))}, and output names ${path} alone` };
}

function namedFile(folder: string, named: string | null): string | { readonly unclear: string } {
  return named === null ? { unclear: "a part of the patch names no file" } : pathIn(folder, named);
}

async function patchedFile(
  root: string,
  path: string,
  parts: readonly FileEdits[],
): Promise<PlannedFile | { readonly unclear: string }> {
  const [first] = parts;
  if (first?.isNew === true && parts.length === 1) return { path, content: newContent(first), onto: "create" };
  const before = await seenAt(root, path);
  const opened = await openFile(root, path, (real) => (real === path ? null : "is reached through a link"));
  if (!opened.ok) return { unclear: `it ${opened.problem}` };
  if (before === null || opened.bytes.length !== before.size) return { unclear: "it was changed meanwhile" };
  const text = opened.bytes.toString("utf8");
  if (!Buffer.from(text, "utf8").equals(opened.bytes)) return { unclear: "it is not UTF-8 text" };
  let content = text;
  for (const part of parts) {
    if (part.isNew) return { unclear: "it is made anew and changed by the same answer" };
    const applied = applyEdits(content, part);
    if ("unclear" in applied) return applied;
    content = applied.content;
  }
  if (content === text) return { unclear: "it changes nothing" };
  return { path, content, onto: { seen: before } };
}

async function seenAt(root: string, path: string): Promise<SeenFile | null> {
  const stat = await lstat(join(root, path)).catch(() => null);
  return stat === null ? null : { ino: stat.ino, size: stat.size, mtimeMs: stat.mtimeMs };
}
