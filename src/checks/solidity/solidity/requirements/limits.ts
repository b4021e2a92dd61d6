import type { Compilation } from "../compile.ts";
import type { Program } from "../program.ts";
import { nodesIn, referenceOf, textIn, typeStringOf, walk } from "../solc-ast.ts";
import type { RequestWords } from "./words.ts";

/** Names that promise that something is kept to. */
const PROMISE =
  /^_?(?:(?:max|min)(?:imum)?_?(?:per|supply|mint|bid|deposit|stake|fee|delay|amount|wallet|tx|contribution|withdraw\w*|bet|lock|duration)|.{0,20}(?:price|fee|cost|cooldown|deadline|threshold|quorum|required|grace_?period|lock_?(?:period|time|duration)|unlock_?time|cliff|timelock|min_?delay|cap|limit)$)/i;
/** Scales and marks that only help others to read. */
const SCALE = /denominator|precision|basis|bps_?(?:base|max)?$|scale|decimals|version|divisor|factor$/i;

/** Limits that the answer declares, the request speaks of, and no code heeds. */
export function unheededLimits({ text }: RequestWords, program: Program, { trees }: Compilation): readonly string[] {
  const read = new Set<number>();
  let hasAssembly = false;
  for (const tree of trees.values()) {
    for (const node of walk(tree)) {
      if (/^(?:Identifier|MemberAccess|IdentifierPath)$/.test(node.nodeType)) read.add(referenceOf(node) ?? -1);
      hasAssembly ||= node.nodeType === "InlineAssembly" && program.isOwn(node);
    }
  }
  if (hasAssembly) return [];
  const low = text.toLowerCase();
  return program.contracts
    .filter(({ kind, isAbstract, name }) => kind === "contract" && !isAbstract && !/mock|test/i.test(name))
    .flatMap(({ node, path }) =>
      nodesIn(node, "nodes")
        .filter((each) => each.nodeType === "VariableDeclaration" && typeStringOf(each).startsWith("uint"))
        .filter(
          (each) => !read.has(each.id) && each["mutability"] === "constant" && isPromise(textIn(each, "name"), low),
        )
        .map((each) => `${path}:${program.lineOf(each)}: ${textIn(each, "name")} is declared and nothing heeds it`),
    );
}

/** Its name says that it limits, and the request speaks of each part of it. */
function isPromise(name: string, request: string): boolean {
  if (!PROMISE.test(name) || SCALE.test(name)) return false;
  const parts = name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split("_")
    .filter((part) => part.length > 2 && !/^(?:max(?:imum)?|min(?:imum)?|per|total|amount|period)$/.test(part));
  return parts.length > 0 && parts.every((part) => request.includes(part.replace(/s$/, "")));
}
