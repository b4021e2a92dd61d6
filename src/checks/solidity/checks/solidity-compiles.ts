import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { solidityOf } from "../solidity/answer.ts";
import type { Compilation, CompilerMessage } from "../solidity/compile.ts";
import { compileAnswer, type Project } from "../solidity/project.ts";
import { nodesIn, textIn } from "../solidity/solc-ast.ts";

/** The limit of EIP-170. */
const MAX_CODE_BYTES = 24_576;

/** The Solidity of the answer compiles, and something of it can be deployed. */
export const solidityCompiles = legacy({
  name: "solidity_compiles",
  kind: "gate",
  cap: 0.2,
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 20_000,
  async run(subject) {
    const outcome = await compileAnswer(subject);
    switch (outcome.state) {
      case "unchecked":
        return notChecked(outcome.reason);
      case "none": {
        const { snippets } = solidityOf(subject.text);
        if (snippets.length > 0 && !/\bcontract\b/i.test(subject.prompt)) {
          return notChecked("the answer has snippets only, which do not compile by themselves");
        }
        return fail(snippets.length > 0 ? "the answer has snippets only, no whole contract" : "no Solidity code found");
      }
      case "broken":
        return broken(outcome.project);
      case "compiled":
        return deployable(outcome.project, subject.prompt);
    }
  },
});

function broken({ compilation: { errors, version, library } }: Project): ReturnType<typeof fail> {
  return fail(`does not compile: ${listed(errors.map(placed), 3)}`, {
    repair: errors.map(({ formatted }) => formatted).join("\n\n"),
    evidence: { compiler: version, openzeppelin: library, errors: errors.length },
  });
}

function placed({ path, line, message }: CompilerMessage): string {
  const place = path === null ? "" : `${path}${line === null ? "" : `:${line}`}: `;
  return `${place}${message.split("\n", 1)[0] ?? ""}`;
}

function deployable(project: Project, prompt: string): ReturnType<typeof fail> {
  const { contracts, version, library, viaIR, notes } = project.compilation;
  const sizes = contracts.map(({ name, deployedBytecode }) => ({ name, bytes: deployedBytecode.length / 2 }));
  const evidence = {
    compiler: version,
    openzeppelin: library,
    viaIR,
    contracts: sizes.slice(0, 20),
    notes: [...notes, ...project.skipped.map((path) => `${path} was not compiled`)].slice(0, 8),
  };
  const names = concreteContracts(
    project.compilation,
    project.files.map(({ path }) => path),
  );
  if (names.size === 0 && !/\b(?:interface|library|abstract)\b/i.test(prompt)) {
    return fail("nothing that can be deployed: the code declares interfaces, libraries or abstract contracts only", {
      evidence,
    });
  }
  const large = sizes.filter(({ name, bytes }) => names.has(name) && bytes > MAX_CODE_BYTES);
  if (large.length > 0) {
    const list = large.map(({ name, bytes }) => `${name} has ${bytes} bytes`);
    return fail(`too large to deploy: ${listed(list)}; the limit is ${MAX_CODE_BYTES}`, { evidence });
  }
  const what = sizes.map(({ name, bytes }) => (bytes === 0 ? name : `${name} (${bytes} bytes)`));
  const how = library === null ? "" : `, OpenZeppelin ${library === 5 ? "5" : "4.9"}`;
  return pass(`compiles with ${version.split("+", 1)[0] ?? version}${how}: ${listed(what)}`, { evidence });
}

/** Names of the contracts that are neither abstract nor interfaces nor libraries. */
function concreteContracts({ trees }: Compilation, paths: readonly string[]): ReadonlySet<string> {
  const nodes = paths.flatMap((path) => {
    const tree = trees.get(path);
    return tree === undefined ? [] : nodesIn(tree, "nodes");
  });
  const concrete = nodes.filter((node) => textIn(node, "contractKind") === "contract" && node["abstract"] !== true);
  return new Set(concrete.map((node) => textIn(node, "name")));
}
