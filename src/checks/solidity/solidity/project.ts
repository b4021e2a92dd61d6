import type { Subject } from "../../kit/check.ts";
import { compileSources, isCompiled, type Compilation, type SourceText } from "./compile.ts";
import { answerSources } from "./sources.ts";

/** The answer as the compiler sees it. */
export interface Project {
  readonly compilation: Compilation;
  readonly files: readonly SourceText[];
  readonly skipped: readonly string[];
}

export type ProjectOutcome =
  | { readonly state: "compiled" | "broken"; readonly project: Project }
  /** The answer has no Solidity file. */
  | { readonly state: "none" }
  | { readonly state: "unchecked"; readonly reason: string };

/** Compiles the answer together with what the caller gave. Every check of one answer shares the compiler's run. */
export async function compileAnswer(
  subject: Pick<Subject, "text" | "prompt" | "files" | "notes">,
): Promise<ProjectOutcome> {
  const { files, context, skipped, joined } = answerSources(subject);
  if (files.length === 0) return { state: "none" };
  const options = { context };
  const apart = await compileSources(files, options);
  if (isCompiled(apart) && apart.ok) return { state: "compiled", project: { compilation: apart, files, skipped } };
  const together = joined === null ? null : await compileSources(joined, options);
  if (joined !== null && together !== null && isCompiled(together) && together.ok) {
    return { state: "compiled", project: { compilation: together, files: joined, skipped } };
  }
  if (!isCompiled(apart)) return { state: "unchecked", reason: apart.unchecked };
  const missing = missingFiles(apart);
  const told = `${subject.prompt}\n${subject.notes.join("\n")}`;
  if (missing.length > 0 && missing.every((name) => told.includes(name))) {
    return { state: "unchecked", reason: `${missing.join(", ")}: the request speaks of it and does not give it` };
  }
  return { state: "broken", project: { compilation: apart, files, skipped } };
}

/** File names of imports that lead nowhere, when nothing else was found. */
function missingFiles({ errors }: Compilation): readonly string[] {
  const found = errors.map(({ message }) => /^Source "([^"]{1,200})" not found/.exec(message)?.[1] ?? null);
  if (found.includes(null)) return [];
  return found.map((path) => (path ?? "").slice((path ?? "").lastIndexOf("/") + 1));
}
