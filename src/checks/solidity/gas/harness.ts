import { compileSources, isCompiled, type Compilation, type CompileOptions } from "../solidity/compile.ts";
import { nodeIn, nodesIn, textIn, typeStringOf, type SolcNode } from "../solidity/solc-ast.ts";
import type { SourceText } from "../solidity/source-text.ts";

const PLAIN = /^(?:u?int\d*|address(?: payable)?|bool|bytes\d*|string|bytes)(?:\[\d*\]){0,3}$/;

/**
 * The sources, plus one contract per library through which its internal functions can be called; `null`: there is nothing to call.
 * Functions that take storage or the library's own types are left out.
 */
function withHarness(compilation: Compilation, sources: readonly SourceText[]): readonly SourceText[] | null {
  let made = 0;
  const harnessed = sources.map((source) => {
    const tree = compilation.trees.get(source.path);
    const libraries =
      tree === undefined ? [] : nodesIn(tree, "nodes").filter((node) => textIn(node, "contractKind") === "library");
    const contracts = libraries.map(harnessOf).filter((each) => each !== null);
    made += contracts.length;
    return { ...source, content: [source.content, ...contracts].join("\n") };
  });
  return made === 0 ? null : harnessed;
}

export async function compileHarness(
  compilation: Compilation,
  sources: readonly SourceText[],
  options: CompileOptions,
): Promise<Compilation | null> {
  const harnessed = withHarness(compilation, sources);
  if (harnessed === null) return null;
  const compiled = await compileSources(harnessed, options);
  return isCompiled(compiled) && compiled.ok ? compiled : null;
}

function harnessOf(library: SolcNode): string | null {
  const name = textIn(library, "name");
  const calls = nodesIn(library, "nodes").flatMap((fn) => callOf(fn, name));
  return calls.length === 0 ? null : `contract ${name}Harness {\n${calls.join("\n")}\n}`;
}

function callOf(fn: SolcNode, library: string): readonly string[] {
  if (fn.nodeType !== "FunctionDefinition" || textIn(fn, "visibility") !== "internal") return [];
  const [takes, gives] = [typesIn(fn, "parameters"), typesIn(fn, "returnParameters")];
  if (takes === null || gives === null) return [];
  const parameters = takes.map((type, at) => `${type} p${at}`).join(", ");
  const returned = gives.length === 0 ? "" : ` returns (${gives.join(", ")})`;
  const mutability = textIn(fn, "stateMutability");
  const how = mutability === "nonpayable" ? "" : ` ${mutability}`;
  const call = `${library}.${textIn(fn, "name")}(${takes.map((_, at) => `p${at}`).join(", ")})`;
  const body = gives.length === 0 ? `${call};` : `return ${call};`;
  return [`    function ${textIn(fn, "name")}(${parameters}) external${how}${returned} { ${body} }`];
}

function typesIn(fn: SolcNode, field: string): readonly string[] | null {
  const variables = nodesIn(nodeIn(fn, field) ?? fn, "parameters");
  const plain = variables.every(
    (variable) => PLAIN.test(typeStringOf(variable)) && textIn(variable, "storageLocation") !== "storage",
  );
  const types = variables.map((variable) => {
    const place = textIn(variable, "storageLocation");
    return `${typeStringOf(variable)}${place === "default" ? "" : " memory"}`;
  });
  return plain ? types : null;
}
