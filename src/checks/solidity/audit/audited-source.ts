import type { Subject } from "../../kit/check.ts";
import { givenSources, otherSources } from "../given-sources.ts";
import { blanked, importsOf } from "./code-text.ts";
import { borrowedNames } from "./imported-names.ts";
import { KNOWN_PACKAGE } from "./solidity-builtins.ts";

/** The code that an audit is about, as far as citations can be held against it. */
export interface AuditedSource {
  /** Whether a name, in any case, stands in the code. */
  declares(name: string): boolean;
  /** Whether a name stands anywhere in the request, or in what the code imports as far as that is installed here. */
  mentions(name: string): boolean;
  /** The last line that can be meant: counted within the longest file, or from the top of the text around the code. */
  readonly lastLine: number;
  /** Whether it imports files that were not given and that are unknown here. */
  readonly isPartial: boolean;
}

/** `null`: the request holds no code. */
export function auditedSource(subject: Pick<Subject, "prompt" | "files" | "notes">): AuditedSource | null {
  const solidity = givenSources(subject);
  const sources = solidity.length > 0 ? solidity : otherSources(subject);
  if (sources.length === 0) return null;
  const texts = [subject.prompt, ...subject.notes, ...subject.files.flatMap(({ path, content }) => [path, content])];
  const declared = namesIn(sources.map(({ content }) => (solidity.length > 0 ? blanked(content) : content)));
  const mentioned = namesIn(texts);
  const borrowed = solidity.length > 0 ? borrowedNames(solidity) : { names: new Set<string>() };
  const paths = new Set(sources.map(({ path }) => baseOf(path ?? "")));
  const imports = sources.flatMap(({ content }) => importsOf(content));
  return {
    declares: (name) => declared.has(name.toLowerCase()),
    mentions: (name) => mentioned.has(name.toLowerCase()) || borrowed.names.has(name.toLowerCase()),
    lastLine: Math.max(...texts.map((text) => text.split("\n").length)),
    isPartial: imports.some((path) => !KNOWN_PACKAGE.test(path) && !paths.has(baseOf(path))),
  };
}

/** In lower case. */
function namesIn(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => text.match(/[A-Za-z_$][\w$]*/g) ?? []).map((name) => name.toLowerCase()));
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).toLowerCase();
}
