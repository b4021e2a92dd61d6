import { codeOnly } from "../declarations.ts";
import { nodeIn, nodesIn, startOf, textIn, typeStringOf, type SolcNode } from "../solc-ast.ts";

export const RUNNER_PATH = "Criterion.run.sol";

/** A test function, and how it is run. */
export interface PlannedTest {
  readonly name: string;
  /** The signature of the runner's function that calls it. */
  readonly signature: string;
  /** Whether it passes by reverting. */
  readonly mustRevert: boolean;
}

/** A test contract, and the contract derived from it that runs its tests. */
export interface PlannedContract {
  readonly name: string;
  readonly runner: string;
  readonly tests: readonly PlannedTest[];
  /** The signature of what runs `setUp()`; `null`: there is none. */
  readonly setUp: string | null;
  /** Tests that cannot be run: they take parameters, or only a call from outside reaches them. */
  readonly dropped: readonly string[];
  /** The contracts that it inherits, itself first. */
  readonly lineage: readonly SolcNode[];
}

/** What {@link planOf} makes of the tests in a source. */
export interface TestPlan {
  readonly contracts: readonly PlannedContract[];
  /** The source with its external tests made public, so that a derived contract reaches them without a call. */
  readonly source: string;
  /** The source of the runners. */
  readonly runners: string;
}

interface TestEntry {
  readonly name: string;
  readonly line: string;
}

/**
 * Derives a runner from each test contract. The runner's functions call a test within their own code and then return a mark: code
 * that ends the call early, like `return(0, 0)` in assembly, loses the mark.
 */
export function planOf(path: string, source: string, trees: ReadonlyMap<string, SolcNode>): TestPlan {
  const own = nodesIn(trees.get(path) ?? EMPTY, "nodes").filter(({ nodeType }) => nodeType === "ContractDefinition");
  const all = new Map<unknown, SolcNode>();
  for (const tree of trees.values()) for (const node of nodesIn(tree, "nodes")) all.set(node.id, node);
  const mine = new Set(
    own.filter((each) => textIn(each, "contractKind") === "contract").flatMap((each) => nodesIn(each, "nodes")),
  );
  const contracts: PlannedContract[] = [];
  const runners: string[] = [];
  for (const node of own) {
    if (textIn(node, "contractKind") !== "contract" || node["abstract"] === true) continue;
    const bases = node["linearizedBaseContracts"];
    const lineage = (Array.isArray(bases) ? bases : []).flatMap((id) => all.get(id) ?? []);
    const functions = reachable(lineage);
    const tests = functions.filter((each) => textIn(each, "name").startsWith("test"));
    if (tests.length === 0) continue;
    const runs = tests.filter((each) => takesNothing(each) && (mine.has(each) || isPublic(each)));
    const setUp = functions.find((each) => textIn(each, "name") === "setUp" && takesNothing(each));
    const runner = `SignalboxRunner${contracts.length}`;
    const entries = [...runs, ...(setUp === undefined ? [] : [setUp])].map(entryOf);
    runners.push(
      `import {${textIn(node, "name")} as SignalboxTest${contracts.length}} from ${JSON.stringify(path)};`,
      `contract ${runner} is SignalboxTest${contracts.length} { ${entries.map(({ line }) => line).join("\n")} }`,
    );
    contracts.push({
      name: textIn(node, "name"),
      runner,
      tests: runs.map((each, index) => ({
        name: textIn(each, "name"),
        signature: `${entries[index]?.name ?? ""}(uint256)`,
        mustRevert: textIn(each, "name").startsWith("testFail"),
      })),
      setUp: setUp === undefined ? null : `${entries.at(-1)?.name ?? ""}(uint256)`,
      dropped: tests
        .filter((each) => !runs.includes(each))
        .map((each) => `${textIn(each, "name")} ${takesNothing(each) ? "is external" : "takes parameters"}`),
      lineage,
    });
  }
  return { contracts, source: madePublic(source, [...mine]), runners: runners.join("\n") };
}

const EMPTY: SolcNode = { id: 0, nodeType: "SourceUnit", src: "0:0:0" };

/** The functions that can be called from outside; of those that override each other, the last one. */
function reachable(lineage: readonly SolcNode[]): readonly SolcNode[] {
  const found = new Map<string, SolcNode>();
  for (const contract of lineage) {
    for (const node of nodesIn(contract, "nodes")) {
      if (node.nodeType !== "FunctionDefinition" || !/^(?:public|external)$/.test(textIn(node, "visibility"))) continue;
      const key = `${textIn(node, "name")}(${listIn(node, "parameters").map(typeStringOf).join(",")})`;
      if (!found.has(key)) found.set(key, node);
    }
  }
  return [...found.values()];
}

function entryOf(node: SolcNode, index: number): TestEntry {
  const test = textIn(node, "name");
  const name = `signalboxRun${index}`;
  const outputs = listIn(node, "returnParameters");
  const [first] = outputs;
  const answers = first !== undefined && typeStringOf(first) === "bool";
  const call = answers ? `(bool passed${",".repeat(outputs.length - 1)}) = ${test}();` : `${test}();`;
  const line = `function ${name}(uint256 mark) external returns (uint256, bool) { ${call} return (~mark, ${answers ? "passed" : "true"}); }`;
  return { name, line };
}

function listIn(node: SolcNode, field: string): readonly SolcNode[] {
  const list = nodeIn(node, field);
  return list === null ? [] : nodesIn(list, "parameters");
}

function takesNothing(node: SolcNode): boolean {
  return listIn(node, "parameters").length === 0;
}

function isPublic(node: SolcNode): boolean {
  return textIn(node, "visibility") === "public";
}

/** Writes `public` for `external` in the heads of tests and of `setUp`; everything keeps its place. */
function madePublic(source: string, functions: readonly SolcNode[]): string {
  let bytes = Buffer.from(source);
  for (const node of functions) {
    const external = node.nodeType === "FunctionDefinition" && textIn(node, "visibility") === "external";
    if (!external || !takesNothing(node) || !/^(?:test|setUp$)/.test(textIn(node, "name"))) continue;
    const start = startOf(node);
    const length = Number.parseInt(node.src.split(":")[1] ?? "0", 10);
    const text = bytes.subarray(start, start + length).toString();
    const at = /\)[^{;)]*?\bexternal\b/.exec(codeOnly(text));
    if (at === null) continue;
    const end = at.index + at[0].length;
    const changed = `${text.slice(0, end - "external".length)}public  ${text.slice(end)}`;
    bytes = Buffer.concat([bytes.subarray(0, start), Buffer.from(changed), bytes.subarray(start + length)]);
  }
  return bytes.toString();
}
