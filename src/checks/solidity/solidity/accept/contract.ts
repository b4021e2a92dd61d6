import { listed, unmade, type CheckReport, type Subject } from "../../../kit/check.ts";
import type { SolidityCriterion } from "../../../kit/criterion.ts";
import { met, notMet } from "../../../kit/criterion-report.ts";
import { loadMachines } from "../../gas/evm.ts";
import { signatureOf, type AbiEntry } from "../abi.ts";
import type { CompiledContract } from "../compile.ts";
import { compileAnswer, type Project } from "../project.ts";
import { pricesOf } from "../run/acquire.ts";
import { deployContract } from "../run/deployment.ts";
import { nodesIn, textIn, type SolcNode } from "../solc-ast.ts";
import { lackOf, STANDARDS } from "../standards/standards.ts";

type ContractCriterion = Extract<SolidityCriterion, { readonly kind: "contract" }>;

/** Whether a contract of the answer has the functions, events and errors that the caller wants, and behaves as a standard. */
export async function acceptContract(criterion: ContractCriterion, subject: Subject): Promise<CheckReport> {
  const outcome = await compileAnswer(subject);
  if (outcome.state === "unchecked") return unmade(outcome.reason);
  if (outcome.state === "none") return notMet(criterion, "there is no Solidity contract in the answer");
  if (outcome.state === "broken") {
    const [first] = outcome.project.compilation.errors;
    return notMet(criterion, `the code does not compile: ${first?.message ?? ""}`);
  }
  const { project } = outcome;
  const named = project.compilation.contracts.filter(
    ({ name }) => project.own.has(name) && (criterion.contract === null || name === criterion.contract),
  );
  if (named.length === 0) {
    const names = [...project.own].join(", ");
    return notMet(criterion, `there is no contract ${criterion.contract ?? ""}; the answer has ${names}`);
  }
  const deployable = named.filter(({ bytecode }) => bytecode !== "");
  if (deployable.length === 0) {
    const kinds = named.map(({ name, path }) => `${name} is ${kindOf(name, project.compilation.trees.get(path))}`);
    return notMet(criterion, `${listed(kinds)}, which cannot be deployed`);
  }
  const lacks = deployable.map((contract) => ({ contract, lack: lackIn(criterion, contract.abi) }));
  const [nearest] = lacks.toSorted((a, b) => a.lack.length - b.lack.length);
  if (nearest === undefined) return notMet(criterion, "there is no contract in the answer");
  const { contract, lack } = nearest;
  if (lack.length > 0) return notMet(criterion, `${contract.name} lacks ${listed(lack, 6)}`);
  const count = criterion.functions.length + criterion.events.length + criterion.errors.length;
  const interfaceMet = `${contract.name} has ${count === 0 ? "its interface" : `all ${count} signatures`}`;
  if (criterion.standard === null) return met(criterion, interfaceMet);
  return behaves(criterion, contract, project);
}

function kindOf(name: string, source: SolcNode | undefined): string {
  const nodes = source === undefined ? [] : nodesIn(source, "nodes");
  const node = nodes.find((each) => each.nodeType === "ContractDefinition" && textIn(each, "name") === name);
  return node !== undefined && textIn(node, "contractKind") === "interface" ? "an interface" : "an abstract contract";
}

async function behaves(
  criterion: ContractCriterion,
  contract: CompiledContract,
  project: Project,
): Promise<CheckReport> {
  const standard = STANDARDS[criterion.standard ?? "ERC20"];
  if (contract.needsLinking) {
    return unmade(`${contract.name} has the interface of ${standard.title} and cannot be deployed by itself`);
  }
  const { sources } = project.compilation;
  const deployed = await deployContract(await loadMachines(), contract, sources);
  if (deployed.state === "unknown") return unmade(deployed.reason);
  if (deployed.state === "reverts") {
    return deployed.certain
      ? notMet(criterion, `the constructor of ${contract.name} always reverts`)
      : unmade(`the constructor of ${contract.name} reverted with every argument that was tried`);
  }
  const { world } = deployed;
  const behaviours = await standard.tryOut(world, await pricesOf(world, sources));
  const broken = behaviours.flatMap(({ held, found }) => (held === false && found !== undefined ? [found] : []));
  if (broken.length > 0) return notMet(criterion, `${contract.name} breaks ${standard.title}: ${listed(broken)}`);
  const held = behaviours.filter((each) => each.held === true);
  if (held.length * 2 < behaviours.length || held.length < 3) {
    const open = behaviours.filter((each) => each.held === null).map(({ rule }) => rule);
    return unmade(
      `${contract.name} has the interface of ${standard.title}; it could not be tried whether ${listed(open, 2)}`,
    );
  }
  return met(criterion, `${contract.name} behaves as an ${standard.title} in ${held.length} trials`);
}

function lackIn(
  { functions, events, errors, standard }: ContractCriterion,
  abi: readonly AbiEntry[],
): readonly string[] {
  const has = new Set(abi.map((entry) => `${entry.type} ${signatureOf(entry)}`));
  const missing = (kind: string, signatures: readonly string[]): readonly string[] =>
    signatures.map((each) => `${kind} ${normalised(each)}`).filter((each) => !has.has(each));
  return [
    ...missing("function", functions),
    ...missing("event", events),
    ...missing("error", errors),
    ...(standard === null ? [] : lackOf(STANDARDS[standard], abi)),
  ];
}

/** A signature as the ABI has it: no names, no spaces, `uint` and `int` in full. */
export function normalised(signature: string): string {
  const bare = signature
    .trim()
    .replace(/^(?:function|event|error)\s+/, "")
    .replace(/;\s*$/, "");
  const open = bare.indexOf("(");
  const close = bare.indexOf(")", open) === -1 ? bare.length : bare.lastIndexOf(")", returnsAt(bare));
  if (open === -1) return bare;
  const types = bare
    .slice(open + 1, close)
    .split(",")
    .map((each) => (each.trim().split(/\s+/)[0] ?? "").replace(/^(u?int)(?=$|\[)/, "$1256"))
    .filter((each) => each !== "");
  return `${bare.slice(0, open).trim()}(${types.join(",")})`;
}

/** What stands before `returns`. */
function returnsAt(text: string): number {
  const at = text.search(/\)[^)]*\breturns\b/);
  return at === -1 ? text.length : at;
}
