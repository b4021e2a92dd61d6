import { codeOnly, declarationsOf, isContract, isSame, membersOf, type Declaration } from "./declarations.ts";
import type { SourceText } from "./source-text.ts";

/** A way to read the answer as sources that compile: alone, or with the code that the caller gave. */
export interface Assembly {
  readonly files: readonly SourceText[];
  /** A clause for the verdict: "compiles with the given code". */
  readonly how: string;
}

const TOP_LEVEL = /^(?:contract|interface|library|struct|enum|error|event|type|using)$/;
const PATH = "Answer.sol";

/** The answer's code under the given declarations that it does not make itself; `null` when nothing given is of use. */
export function withGiven(answer: string, given: readonly string[]): string | null {
  const own = declarationsOf(answer);
  const ownNames = new Set(own.map(({ name }) => name));
  const hasPragma = own.some(({ kind }) => kind === "pragma");
  const kept = new Map<string, string>();
  let pragma = "";
  for (const source of given) {
    for (const each of declarationsOf(source)) {
      if (each.kind === "pragma") pragma ||= each.text;
      if (each.kind === "import" && !/["']\.{1,2}\//.test(each.text)) kept.set(each.text, each.text);
      // Of two versions that were given the last counts.
      if (isTopLevel(each) && each.body?.start !== each.body?.end && !ownNames.has(each.name)) {
        kept.set(`${each.kind} ${each.name ?? each.text}`, each.text);
      }
    }
  }
  if (kept.size === 0) return null;
  const imports = own.filter(({ kind }) => kind === "import");
  const shown = imports.reduce(
    (text, { text: line }) => (given.length > 0 && kept.has(line) ? text.replace(line, "") : text),
    answer,
  );
  return [...(hasPragma ? [] : [pragma]), ...kept.values(), shown].filter((text) => text !== "").join("\n\n");
}

function isTopLevel({ kind, text, name }: Declaration): boolean {
  if (TOP_LEVEL.test(kind)) return name !== null || kind === "using";
  if (kind === "variable") return /\bconstant\b/.test(text);
  // Free functions have no visibility.
  return kind === "function" && !/\b(?:public|external|internal|private)\b/.test(text.split("{", 1)[0] ?? "");
}

/** Whether the code of the answer speaks of something that was given and that it does not declare itself. */
export function usesGiven(answer: string, given: readonly string[]): boolean {
  const own = new Set(declarationsOf(answer).map(({ name }) => name));
  const words = new Set(codeOnly(answer).match(/[A-Za-z_$][\w$]*/g) ?? []);
  return given
    .flatMap(declarationsOf)
    .some((each) => isTopLevel(each) && each.name !== null && !own.has(each.name) && words.has(each.name));
}

/** Members that stand without a contract, set into the given contract that has most of them; `null` when there is none. */
export function splicedInto(given: readonly string[], members: string): string | null {
  const parts = declarationsOf(members).filter(({ kind }) => kind !== "pragma" && kind !== "import");
  if (parts.length === 0 || parts.some(isContract)) return null;
  let best: { readonly source: string; readonly contract: Declaration; readonly shared: number } | null = null;
  for (const source of given) {
    for (const contract of declarationsOf(source)) {
      if (contract.kind !== "contract" && contract.kind !== "library") continue;
      const has = membersOf(source, contract);
      const shared = parts.filter((part) => has.some((each) => isSame(each, part))).length;
      if (best === null || shared >= best.shared) best = { source, contract, shared };
    }
  }
  if (best === null) return null;
  const { source, contract } = best;
  return withMembers(source, contract, parts, members);
}

/** The given contract with the parts in place of its own of the same name, and the others before its end. */
function withMembers(source: string, contract: Declaration, parts: readonly Declaration[], from: string): string {
  const replaced = membersOf(source, contract).filter((each) => parts.some((part) => isSame(each, part)));
  const end = contract.body?.end ?? contract.end;
  let text = `${source.slice(0, end)}\n${parts.map((part) => from.slice(part.start, part.end)).join("\n\n")}\n${source.slice(end)}`;
  for (const each of replaced.toReversed()) text = text.slice(0, each.start) + text.slice(each.end);
  return text;
}

/** An answer that shows a contract of the given code in part: what it leaves out is taken from there. */
export function completed(answer: string, given: readonly string[]): string | null {
  for (const contract of declarationsOf(answer).filter(isContract)) {
    for (const source of given) {
      const original = declarationsOf(source).find((each) => isContract(each) && each.name === contract.name);
      if (original === undefined) continue;
      const has = membersOf(answer, contract);
      const missing = membersOf(source, original).filter((each) => each.kind !== "variable" || each.name !== null);
      const left = missing.filter((each) => !has.some((part) => isSame(part, each)));
      if (left.length === 0 || contract.body === null) continue;
      const at = contract.body.start;
      return `${answer.slice(0, at)}\n${left.map(({ text }) => text).join("\n")}\n${answer.slice(at)}`;
    }
  }
  return null;
}

/** One file of several blocks. The license may stand in it once. */
export function oneFile(blocks: readonly string[]): SourceText {
  const [first = "", ...later] = blocks;
  const content = [first, ...later.map((block) => block.replaceAll("SPDX-License-Identifier", ""))].join("\n\n");
  return { path: PATH, content };
}
