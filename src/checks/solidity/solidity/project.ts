import type { Subject } from "../../kit/check.ts";
import { solidityOf } from "./answer.ts";
import { completed, oneFile, splicedInto, usesGiven, withGiven, type Assembly } from "./assemble.ts";
import { compileSources, isCompiled, type Compilation, type SourceText } from "./compile.ts";
import { answerSources, declaredNames } from "./sources.ts";

/** The answer as the compiler sees it. */
export interface Project {
  readonly compilation: Compilation;
  readonly files: readonly SourceText[];
  readonly skipped: readonly string[];
  /** Names of the contracts that the answer declares; the given ones are not its own. */
  readonly own: ReadonlySet<string>;
  readonly how: string;
}

export type ProjectOutcome =
  | { readonly state: "compiled" | "broken"; readonly project: Project }
  /** The answer has no Solidity that could be compiled. */
  | { readonly state: "none" }
  | { readonly state: "unchecked"; readonly reason: string };

type Given = Pick<Subject, "text" | "prompt" | "files" | "notes">;

const KEPT = 3;
const cache = new Map<string, Promise<ProjectOutcome>>();

/** Compiles the answer together with what the caller gave. Every check of one answer shares the result. */
export function compileAnswer(subject: Given): Promise<ProjectOutcome> {
  const key = JSON.stringify([subject.text, subject.prompt, subject.files, subject.notes]);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const outcome = make(subject);
  cache.set(key, outcome);
  outcome.catch(() => cache.delete(key));
  for (const old of [...cache.keys()].slice(0, -KEPT)) cache.delete(old);
  return outcome;
}

async function make(subject: Given): Promise<ProjectOutcome> {
  const { context, skipped } = answerSources(subject);
  const assemblies = assembliesOf(subject);
  let first: Project | null = null;
  let unchecked: string | null = null;
  const own = new Set(solidityOf(subject.text).files.flatMap(({ content }) => declaredNames(content)));
  for (const { files, how } of assemblies) {
    const contracts = own.size === 0 ? {} : { contracts: [...own] };
    const compilation = await compileSources(files, { context, ...contracts });
    if (!isCompiled(compilation)) {
      unchecked ??= compilation.unchecked;
      continue;
    }
    const project = { compilation, files, skipped, own, how };
    if (compilation.ok) return { state: "compiled", project };
    first ??= project;
  }
  if (unchecked !== null) return { state: "unchecked", reason: unchecked };
  if (first === null) return { state: "none" };
  const missing = missingFiles(first.compilation);
  const message = `${subject.prompt}\n${subject.notes.join("\n")}`;
  if (missing.length > 0 && missing.every((name) => message.includes(name))) {
    return { state: "unchecked", reason: `${missing.join(", ")}: the request speaks of it and does not give it` };
  }
  return { state: "broken", project: first };
}

/** The ways to read the answer, the likeliest first. The errors of the first are those that are told. */
function assembliesOf(subject: Given): readonly Assembly[] {
  const { files, snippets } = solidityOf(subject.text);
  const { files: alone, context, joined } = answerSources(subject);
  const given = context.map(({ content }) => content);
  const ways: Assembly[] = [];
  const add = (sources: readonly SourceText[] | null, how: string): void => {
    if (sources !== null && sources.length > 0) ways.push({ files: sources, how });
  };
  const whole = oneFile(files.map(({ content }) => content));
  const placed = (content: string | null): readonly SourceText[] | null =>
    content === null ? null : [{ ...whole, content }];
  if (files.length === 0) {
    const members = snippets.map(({ content }) => content).join("\n\n");
    const spliced = given.length === 0 ? null : splicedInto(given, members);
    // Without code to set it into, a piece of code says nothing of whether it compiles.
    add(placed(spliced), "compiles within the given code");
    return ways;
  }
  const together = given.length === 0 ? null : withGiven(whole.content, given);
  const needsGiven = together !== null && usesGiven(whole.content, given);
  if (needsGiven && alone.length === 1) add(placed(together), "compiles with the given code");
  add(alone, "compiles");
  add(joined, "compiles");
  if (needsGiven && alone.length > 1) add(placed(together), "compiles with the given code");
  const versioned = files.filter(({ content }) => /\bpragma\s{1,20}solidity\b/.test(content));
  // Blocks without a pragma beside whole files are excerpts that explain.
  if (versioned.length > 0 && versioned.length < files.length) {
    const kept = new Set(versioned.map(({ content }) => content));
    add(
      alone.filter(({ content }) => kept.has(content)),
      "compiles",
    );
  }
  const merged = given.length === 0 ? null : completed(whole.content, given);
  if (merged !== null) add(placed(withGiven(merged, given) ?? merged), "compiles with the rest of the given contract");
  return ways;
}

/** File names of imports that lead nowhere, when nothing else was found. */
function missingFiles({ errors }: Compilation): readonly string[] {
  const found = errors.map(({ message }) => /^Source "([^"]{1,200})" not found/.exec(message)?.[1] ?? null);
  if (found.includes(null)) return [];
  return found.map((path) => (path ?? "").slice((path ?? "").lastIndexOf("/") + 1));
}
