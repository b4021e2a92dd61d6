import type { Comparison } from "./comparison.ts";
import { compare } from "./differential.ts";
import { loadMachines } from "./evm.ts";
import { textIn, walk } from "../solidity/solc-ast.ts";
import type { Compared } from "./pair-sources.ts";

const cache = new WeakMap<Compared, Map<boolean, Promise<readonly Comparison[]>>>();
const MAX_PAIRS = 4;

/** Runs every changed contract against its counterpart. The checks of one answer share the result. */
export function runStudy(study: Compared, exactReverts: boolean): Promise<readonly Comparison[]> {
  const known = cache.get(study) ?? new Map<boolean, Promise<readonly Comparison[]>>();
  cache.set(study, known);
  const result = known.get(exactReverts) ?? run(study, exactReverts);
  known.set(exactReverts, result);
  return result;
}

async function run(study: Compared, exactReverts: boolean): Promise<readonly Comparison[]> {
  const make = await loadMachines();
  const changed = study.pairs.filter(({ before, after }) => before.bytecode !== after.bytecode).slice(0, MAX_PAIRS);
  const pairs = changed.length === 0 ? study.pairs.slice(0, 1) : changed;
  const comparisons: Comparison[] = [];
  for (const pair of pairs) {
    const source = study.original.sources.get(pair.before.path) ?? "";
    const answer = study.answer.sources.get(pair.after.path) ?? "";
    const share = 1 / pairs.length;
    comparisons.push(await compare(make, pair, source, { exactReverts, share, errors: errorsOf(study), answer }));
  }
  return comparisons;
}

/** The names of all errors by their selectors. */
function errorsOf({ original, answer }: Compared): readonly (readonly [string, string])[] {
  return [...original.trees.values(), ...answer.trees.values()]
    .flatMap((tree) => [...walk(tree)].filter(({ nodeType }) => nodeType === "ErrorDefinition"))
    .map((node) => [textIn(node, "errorSelector"), textIn(node, "name")] as const);
}

/** Whether the request wants the words of a revert kept. */
export function keepsReverts(prompt: string): boolean {
  return /\b(?:keep|preserve|same|identical|unchanged|retain|maintain)\b[^.\n]{0,60}\b(?:revert|error|require)[- ]?(?:reason|message|string)s?\b/i.test(
    prompt,
  );
}
