import type { Comparison } from "./comparison.ts";
import { compare } from "./differential.ts";
import { loadMachines } from "./evm.ts";
import { textIn, typeStringOf, walk, type SolcNode } from "../solidity/solc-ast.ts";
import type { ComparedContracts } from "./pair-sources.ts";

const MAX_PAIRS = 4;

/** Runs every changed contract against its counterpart, with that share of the calls that a comparison may take. */
export async function compareAll(
  paired: ComparedContracts,
  exactReverts: boolean,
  total = 1,
): Promise<readonly Comparison[]> {
  const make = await loadMachines();
  const changed = paired.pairs.filter(({ before, after }) => before.bytecode !== after.bytecode).slice(0, MAX_PAIRS);
  const pairs = changed.length === 0 ? paired.pairs.slice(0, 1) : changed;
  const comparisons: Comparison[] = [];
  const countsInBytes = [paired.original, paired.answer].some(({ trees }) => [...trees.values()].some(countsIn8Bits));
  const setting = { exactReverts, errors: errorsOf(paired), countsInBytes };
  for (const pair of pairs) {
    const source = paired.original.sources.get(pair.before.path) ?? "";
    const answer = paired.answer.sources.get(pair.after.path) ?? "";
    const share = total / pairs.length;
    comparisons.push(await compare(make, pair, source, { ...setting, share, answer }));
  }
  return comparisons;
}

function countsIn8Bits(tree: SolcNode): boolean {
  return [...walk(tree)].some((node) => {
    const isStep = node.nodeType === "UnaryOperation" && /^(?:\+\+|--)$/.test(textIn(node, "operator"));
    const isSum = node.nodeType === "Assignment" && textIn(node, "operator") !== "=";
    const isCut = node.nodeType === "FunctionCall" && textIn(node, "kind") === "typeConversion";
    return (isStep || isSum || isCut) && /^u?int8$/.test(typeStringOf(node));
  });
}

/** The names of all errors by their selectors. */
function errorsOf({ original, answer }: ComparedContracts): readonly (readonly [string, string])[] {
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
