import { calleeOf, modifiersOf } from "./program.ts";
import { nodeIn, walk, type SolcNode } from "./solc-ast.ts";

const MAX_DEPTH = 5;

/** The nodes of a function, of its modifiers and of what it calls, as far as `follows` lets it. */
export function* reachedNodes(
  fn: SolcNode,
  byId: ReadonlyMap<number, SolcNode>,
  follows: (callee: SolcNode) => boolean,
  depth = 0,
  seen = new Set<number>(),
): Generator<SolcNode> {
  if (depth > MAX_DEPTH || seen.has(fn.id)) return;
  seen.add(fn.id);
  for (const modifier of modifiersOf(fn, byId)) yield* reachedNodes(modifier, byId, follows, depth + 1, seen);
  for (const node of walk(nodeIn(fn, "body") ?? fn)) {
    yield node;
    const callee = node.nodeType === "FunctionCall" ? calleeOf(node, byId) : null;
    if (callee !== null && follows(callee)) yield* reachedNodes(callee, byId, follows, depth + 1, seen);
  }
}
