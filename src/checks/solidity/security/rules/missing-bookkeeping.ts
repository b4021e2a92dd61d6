import { nodeIn, nodesIn, textIn, typeStringOf, type SolcNode } from "../../solidity/solc-ast.ts";
import { findingAt, type Detector, type Finding, type Scene } from "../rule.ts";
import { usesIn } from "../state-writes.ts";

/**
 * Books that nobody keeps: a mapping that is looked at, or shown, and into which nothing is ever put; a flag of a struct that is
 * asked for and never set. What hangs on it, a second claim or a refund, is then never kept out, or never there.
 */
export const unkeptBooks: Detector = (scene) => {
  const { contract, program } = scene;
  if (contract.kind !== "contract" || contract.isAbstract || /mock|test/i.test(contract.name)) return [];
  const own = contract.lineage.filter((base) => program.isOwn(base));
  // What a library's contract does is not looked at: nothing of its own is left to it.
  const uses = usesIn([...own, ...librariesOf(scene)], program.byId);
  if (uses === null) return [];
  const findings: Finding[] = [];
  const tell = (node: SolcNode, name: string, emptied: boolean, where: string): void => {
    const done = emptied ? "only ever emptied" : "never written";
    const message = `${name} is ${where} and ${done}: the bookkeeping is missing`;
    findings.push(findingAt(scene, node, { weight: "certain", rule: "missing bookkeeping", message }));
  };
  for (const node of own.flatMap((base) => nodesIn(base, "nodes"))) {
    const name = textIn(node, "name");
    const use = uses.get(node.id);
    if (isBook(node) && !/gap/i.test(name) && use?.given !== true) {
      if (use?.read != null) tell(node, name, use.emptied, "read");
      else if (textIn(node, "visibility") === "public") tell(node, name, use?.emptied === true, "shown");
    }
    if (node.nodeType !== "StructDefinition" || !isStored(node, own) || isTakenWhole(node, own)) continue;
    for (const member of nodesIn(node, "members")) {
      const its = uses.get(member.id);
      if (its?.asked != null && !its.given && !typeStringOf(member).startsWith("mapping"))
        tell(member, `${name}.${textIn(member, "name")}`, its.emptied, "asked for");
    }
  }
  return findings;
};

/** Free functions and libraries of the answer may write what they are handed. */
function librariesOf({ program }: Scene): readonly SolcNode[] {
  return program.contracts.filter(({ kind }) => kind === "library").map(({ node }) => node);
}

function isBook(node: SolcNode): boolean {
  return (
    node.nodeType === "VariableDeclaration" &&
    node["constant"] !== true &&
    nodeIn(node, "value") === null &&
    typeStringOf(node).startsWith("mapping(")
  );
}

/** Whether some variable of the contract holds such a struct: what comes from outside fills its members itself. */
function isStored(struct: SolcNode, own: readonly SolcNode[]): boolean {
  const name = textIn(struct, "name");
  return own
    .flatMap((base) => nodesIn(base, "nodes"))
    .some(
      (node) =>
        node.nodeType === "VariableDeclaration" && new RegExp(`struct [\\w.]*\\b${name}\\b`).test(typeStringOf(node)),
    );
}

/** Whether callers hand one over as a whole. */
function isTakenWhole(struct: SolcNode, own: readonly SolcNode[]): boolean {
  const type = new RegExp(`struct [\\w.]*\\b${textIn(struct, "name")}\\b`);
  return own
    .flatMap((base) => nodesIn(base, "nodes"))
    .filter((node) => /^(?:public|external)$/.test(textIn(node, "visibility")))
    .flatMap((node) => nodesIn(nodeIn(node, "parameters") ?? node, "parameters"))
    .some((parameter) => type.test(typeStringOf(parameter)));
}
