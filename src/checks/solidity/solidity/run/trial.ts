import { loadMachines, type Machine } from "../../gas/evm.ts";
import { fillPot, takesMoreByCallingBack, type Pot } from "../probe/pot.ts";
import { rulersOf } from "../probe/observe.ts";
import { trespasses, type Trespass } from "../probe/stranger.ts";
import { openBeyondStandard, unrestrictedOf } from "../probe/unrestricted.ts";
import type { CompiledContract } from "../compile.ts";
import type { Project } from "../project.ts";
import { nodesIn, textIn } from "../solc-ast.ts";
import { endow } from "../standards/erc20.ts";
import { endowOne } from "../standards/erc721.ts";
import type { Behaviour, Standard } from "../standards/standard.ts";
import { isMeantAs, STANDARDS } from "../standards/standards.ts";
import { pricesOf } from "./acquire.ts";
import { deployContract, type Deployed } from "./deployment.ts";
import { exercise } from "./exercise.ts";
import { START_S, type Callable, type TrialWorld } from "./world.ts";

/** What came of one contract of the answer when it was deployed and called. */
export interface Trial {
  readonly contract: CompiledContract;
  readonly deployed: Exclude<Deployed, { readonly state: "deployed" }> | null;
  /** Standards that its interface has, and how it behaves as each. */
  readonly standards: readonly { readonly standard: Standard; readonly behaviours: readonly Behaviour[] }[];
  readonly trespasses: readonly Trespass[];
  readonly pot: Pot;
  readonly callingBack: Callable | null;
  /** Whether some account rules it, such as an owner. */
  readonly isRuled: boolean;
  /** Restricted by the request to some role, and done by an account with none. */
  readonly unrestricted: readonly { readonly callable: Callable; readonly sentence: string }[];
  /** Names of functions beyond its standard that an account with no rights can call to an effect. */
  readonly openBeyond: readonly string[];
  /** Signatures of the functions that ran to their end. */
  readonly ran: ReadonlySet<string>;
}

/** More contracts of one answer are not run. */
const MAX_CONTRACTS = 3;
const NO_POT: Pot = { entry: null, ether: 0n, isRecorded: false };

/** Deploys and tries the contracts that the answer is about: those that no other of its contracts builds on. */
export async function trialsOf(project: Project, prose: string): Promise<readonly Trial[]> {
  const make = await loadMachines();
  const trials: Trial[] = [];
  for (const contract of deployable(project).slice(-MAX_CONTRACTS)) {
    trials.push(await tryContract(make, contract, project.compilation.sources, prose));
  }
  return trials;
}

/** Own contracts with code, but for bases of others, tests and libraries. */
export function deployable({ compilation, own }: Project): readonly CompiledContract[] {
  const bases = new Set<number>();
  const libraries = new Set<string>();
  const idOf = new Map<string, number>();
  for (const tree of compilation.trees.values()) {
    for (const node of nodesIn(tree, "nodes")) {
      if (node.nodeType !== "ContractDefinition") continue;
      const name = textIn(node, "name");
      if (textIn(node, "contractKind") === "library") libraries.add(name);
      if (own.has(name)) idOf.set(name, node.id);
      const lineage = node["linearizedBaseContracts"];
      if (Array.isArray(lineage) && own.has(name)) for (const id of lineage.slice(1)) bases.add(Number(id));
    }
  }
  return compilation.contracts.filter(
    ({ name, bytecode, needsLinking }) =>
      own.has(name) &&
      bytecode !== "" &&
      !needsLinking &&
      !libraries.has(name) &&
      !bases.has(idOf.get(name) ?? -1) &&
      !/mock|test|attack|exploit|hack|demo|helper/i.test(name),
  );
}

async function tryContract(
  make: () => Promise<Machine>,
  contract: CompiledContract,
  sources: ReadonlyMap<string, string>,
  prose: string,
): Promise<Trial> {
  const deployed = await deployContract(make, contract, sources);
  const nothing = {
    contract,
    standards: [],
    trespasses: [],
    pot: NO_POT,
    callingBack: null,
    isRuled: false,
    unrestricted: [],
    openBeyond: [],
    ran: new Set<string>(),
  };
  if (deployed.state !== "deployed") return { ...nothing, deployed };
  const { world } = deployed;
  const prices = await pricesOf(world, sources);
  const meant = Object.values(STANDARDS).filter((standard) => isMeantAs(standard, contract.abi));
  const standards = [];
  for (const standard of meant) {
    standards.push({ standard, behaviours: await world.within(() => standard.tryOut(world, prices)) });
  }
  const ran = await world.within(() => exercise(world, prices));
  world.nowS = START_S;
  const ids = await stage(world, prices);
  const pot = await fillPot(world, prices);
  const callingBack = await takesMoreByCallingBack(world, pot);
  const { isRuled } = await rulersOf(world);
  const found = await trespasses(world, { ids, pot: pot.ether });
  const unrestricted = await unrestrictedOf(world, { ids, pot: pot.ether }, prose);
  const openBeyond = standards.length === 0 ? [] : await openBeyondStandard(world, { ids, pot: pot.ether });
  return {
    contract,
    deployed: null,
    standards,
    trespasses: found,
    pot,
    callingBack,
    isRuled,
    unrestricted,
    openBeyond,
    ran,
  };
}

/** Gives Alice something to lose; the ids of the tokens that she then owns. */
async function stage(world: TrialWorld, prices: readonly bigint[]): Promise<readonly bigint[]> {
  if (world.has("ownerOf(uint256)")) {
    const id = await endowOne(world, prices);
    return id === null ? [] : [id];
  }
  if (world.has("balanceOf(address)") && world.has("transfer(address,uint256)")) await endow(world, prices);
  return [];
}
