import { signatureOf, type AbiEntry } from "../abi.ts";
import type { Compilation } from "../compile.ts";
import type { Program } from "../program.ts";
import { nodeIn, nodesIn, textIn, walk, type SolcNode } from "../solc-ast.ts";
import type { AskedName } from "./names.ts";
import type { Standard } from "./standards.ts";

/** What the answer's contracts declare, inherited parts included. */
export interface Declared {
  readonly names: Readonly<Record<AskedName["kind"], ReadonlySet<string>>>;
  /** Signatures of each contract's ABI functions by name. */
  readonly signatures: ReadonlyMap<string, readonly string[]>;
  /** Events and errors of its own that no code mentions. */
  readonly unused: ReadonlySet<string>;
  readonly abis: readonly { readonly contract: string; readonly abi: readonly AbiEntry[] }[];
}

export function declaredBy(program: Program, compilation: Compilation): Declared {
  const names = {
    contract: new Set<string>(),
    function: new Set<string>(),
    event: new Set<string>(),
    error: new Set<string>(),
    modifier: new Set<string>(),
  };
  const note = (node: SolcNode): void => {
    const name = textIn(node, "name");
    if (node.nodeType === "FunctionDefinition") names.function.add(name);
    else if (node.nodeType === "VariableDeclaration" && textIn(node, "visibility") === "public")
      names.function.add(name);
    else if (node.nodeType === "EventDefinition") names.event.add(name);
    else if (node.nodeType === "ErrorDefinition") names.error.add(name);
    else if (node.nodeType === "ModifierDefinition") names.modifier.add(name);
  };
  for (const contract of program.contracts) {
    names.contract.add(contract.name);
    for (const base of contract.lineage) nodesIn(base, "nodes").forEach(note);
  }
  for (const [path, tree] of compilation.trees) {
    // Those of a file stand outside of contracts.
    for (const node of nodesIn(tree, "nodes")) if (program.isOwn(node) || path.includes("interfaces/")) note(node);
    // What a library declares can be used by its name.
    for (const node of nodesIn(tree, "nodes")) {
      for (const each of nodesIn(node, "nodes")) if (/^(?:Error|Event)Definition$/.test(each.nodeType)) note(each);
    }
  }
  const signatures = new Map<string, string[]>();
  for (const { abi } of compilation.contracts) {
    for (const entry of abi) {
      if (entry.type !== "function" || entry.name === undefined) continue;
      names.function.add(entry.name);
      signatures.set(entry.name, [...(signatures.get(entry.name) ?? []), signatureOf(entry)]);
    }
  }
  const unused = unusedOf(program, compilation);
  return { names, signatures, unused, abis: compilation.contracts.map(({ name, abi }) => ({ contract: name, abi })) };
}

function unusedOf(program: Program, compilation: Compilation): ReadonlySet<string> {
  const unused = new Set<string>();
  const acts = program.contracts.some(
    ({ kind, isAbstract, functions }) =>
      kind === "contract" && !isAbstract && functions.some(({ node, isOwn }) => isOwn && nodeIn(node, "body") !== null),
  );
  // Assembly logs and reverts by numbers.
  if (!acts || anyOwn(program, compilation, ({ nodeType }) => nodeType === "InlineAssembly")) return unused;
  const mentioned = new Set<string>();
  for (const tree of compilation.trees.values()) {
    for (const node of walk(tree)) {
      if (node.nodeType === "Identifier" || node.nodeType === "IdentifierPath") {
        mentioned.add(textIn(node, "name"));
      } else if (node.nodeType === "MemberAccess") mentioned.add(textIn(node, "memberName"));
    }
  }
  for (const tree of compilation.trees.values()) {
    if (!program.isOwn(tree)) continue;
    for (const node of walk(tree)) {
      const name = textIn(node, "name");
      if (/^(?:Error|Event)Definition$/.test(node.nodeType) && !mentioned.has(name)) unused.add(name);
    }
  }
  return unused;
}

/** What of the asked names the answer does not declare, as sentences. */
export function missingNames(asked: readonly AskedName[], declared: Declared): readonly string[] {
  return asked.flatMap((each) => {
    const { kind, name, types } = each;
    const has = [...declared.names[kind]].find((given) => given.toLowerCase() === name.toLowerCase());
    if (has === undefined) return [`there is no ${kind} ${name}, which the request asks for`];
    if (kind === "event" && declared.unused.has(has))
      return [`nothing emits the event ${has}, which the request asks for`];
    if (kind === "error" && declared.unused.has(has))
      return [`nothing reverts with ${has}, which the request asks for`];
    if (kind !== "function" || types === null) return [];
    const given = declared.signatures.get(name);
    const wanted = `${name}(${types.join(",")})`;
    if (given === undefined || given.includes(wanted)) return [];
    return [`the request asks for ${wanted}; the answer has ${[...new Set(given)].join(", ")}`];
  });
}

/** What the nearest contract lacks of a standard. */
export function missingOfStandard(standard: Standard, { abis }: Declared): string | null {
  const lacks = abis.map(({ contract, abi }) => {
    const names = (type: AbiEntry["type"]): ReadonlySet<string | undefined> =>
      new Set(abi.filter((entry) => entry.type === type).map(({ name }) => name));
    const functions = names("function");
    const events = names("event");
    const missing = [
      ...standard.functions.filter((name) => !functions.has(name)).map((name) => `${name}()`),
      ...standard.events.filter((name) => !events.has(name)).map((name) => `event ${name}`),
    ];
    return { contract, missing };
  });
  const [nearest] = lacks.toSorted((a, b) => a.missing.length - b.missing.length);
  if (nearest === undefined || nearest.missing.length === 0) return null;
  return `${nearest.contract} is no ${standard.name}: it lacks ${nearest.missing.join(", ")}`;
}

/** Whether some node of the answer's own files holds. */
export function anyOwn(program: Program, compilation: Compilation, holds: (node: SolcNode) => boolean): boolean {
  for (const tree of compilation.trees.values()) {
    if (!program.isOwn(tree)) continue;
    for (const node of walk(tree)) if (holds(node)) return true;
  }
  return false;
}
