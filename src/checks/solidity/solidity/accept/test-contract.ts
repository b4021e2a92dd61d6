import { listed, unmade, type CheckReport, type Subject } from "../../../kit/check.ts";
import type { SolidityCriterion } from "../../../kit/criterion.ts";
import { met, notMet } from "../../../kit/criterion-report.ts";
import { DEPLOYER, FUNDS } from "../../gas/actors.ts";
import { loadMachines, type Machine, type EvmOutcome } from "../../gas/evm.ts";
import { refusalOf } from "../../gas/revert-data.ts";
import { compileSources, isCompiled, type CompiledContract } from "../compile.ts";
import { declarationsOf, isContract } from "../declarations.ts";
import { compileAnswer, type Project } from "../project.ts";
import { callablesOf, creationCode, dataOf, populate, START_S, type Callable } from "../run/world.ts";
import { answerSources } from "../sources.ts";

type TestCriterion = Extract<SolidityCriterion, { readonly kind: "solidity_test" }>;

const PATH = "Criterion.t.sol";
const GAS = 60_000_000n;
const MAX_TESTS = 40;
const BLOCK = 20_000_000n;
/** What the compiler says of a test that wants what the answer does not have. */
const WANTS =
  /^(?:Member "\w+" not found|Undeclared identifier|Identifier not found|Wrong argument count|Source ".*" not found|Declaration ".*" not found)/;

/**
 * Runs the caller's test contract against the answer. The answer's files stand under the paths that it gives them, or under the
 * name of their first contract (`Token.sol`); a test that imports nothing sees all their contracts by name. Each function `test…`
 * without parameters runs in a deployment of its own, after `setUp()`; one that reverts, or answers `false`, is not met.
 */
export async function acceptTest(criterion: TestCriterion, subject: Subject): Promise<CheckReport> {
  const outcome = await compileAnswer(subject);
  if (outcome.state === "unchecked") return unmade(outcome.reason);
  if (outcome.state === "none") return notMet(criterion, "there is no Solidity contract in the answer");
  if (outcome.state === "broken") {
    return notMet(criterion, `the code does not compile: ${outcome.project.compilation.errors[0]?.message ?? ""}`);
  }
  const source = withImports(criterion.source, outcome.project);
  const given = answerSources(subject).context.filter(
    ({ path }) => !outcome.project.files.some((file) => file.path === path),
  );
  const compilation = await compileSources([{ path: PATH, content: source }], {
    context: [...outcome.project.files, ...given],
  });
  if (!isCompiled(compilation)) return unmade(`the test: ${compilation.unchecked}`);
  if (!compilation.ok) {
    const [error] = compilation.errors;
    const message = error?.message ?? "";
    const words = `the test does not compile with the answer: ${message.split("\n", 1)[0] ?? ""}`;
    const all = compilation.errors.every((each) => WANTS.test(each.message));
    return all && parses(criterion.source) ? notMet(criterion, words, error?.formatted ?? words) : unmade(words);
  }
  const contracts = compilation.contracts.filter(
    (contract) => contract.bytecode !== "" && testsOf(contract).length > 0,
  );
  if (contracts.length === 0) return unmade("the test source has no contract with a function test… that takes nothing");
  return runAll(criterion, contracts, compilation.sources);
}

async function runAll(
  criterion: TestCriterion,
  contracts: readonly CompiledContract[],
  sources: ReadonlyMap<string, string>,
): Promise<CheckReport> {
  const make = await loadMachines();
  const failures: string[] = [];
  let count = 0;
  for (const contract of contracts) {
    for (const test of testsOf(contract).slice(0, MAX_TESTS)) {
      count += 1;
      const failure = await runOne(make, contract, test, sources);
      if (failure !== null) failures.push(`${test.abi.name ?? ""} ${failure}`);
    }
  }
  if (failures.length > 0)
    return notMet(criterion, `${listed(failures)} (${failures.length} of ${count} tests)`, failures.join("\n"));
  return met(criterion, `${count} of ${count} tests passed`);
}

/** Why a test is not met; `null`: it passed. */
async function runOne(
  make: () => Promise<Machine>,
  contract: CompiledContract,
  test: Callable,
  sources: ReadonlyMap<string, string>,
): Promise<string | null> {
  const machine = await make();
  await populate(machine, sources.values());
  const message = { from: DEPLOYER, value: 0n, timestamp: START_S, number: BLOCK, gas: GAS };
  const deployed = await machine.send({ ...message, to: null, data: creationCode(contract, []) });
  const to = deployed.created;
  if (to === null) return `could not start: the test's deployment ${reasonOf(deployed)}`;
  await machine.fund(to, FUNDS);
  const setUp = callablesOf(contract).find(({ signature }) => signature === "setUp()");
  if (setUp !== undefined) {
    const ready = await machine.send({ ...message, to, data: dataOf(setUp, []) });
    if (!ready.ok) return `could not start: setUp ${reasonOf(ready)}`;
  }
  const outcome = await machine.send({ ...message, to, data: dataOf(test, []) });
  if (!outcome.ok) return reasonOf(outcome);
  const answersBool = test.abi.outputs?.[0]?.type === "bool";
  return answersBool && /^0{64}$/.test(outcome.data) ? "returns false" : null;
}

function reasonOf({ data, outOfGas }: EvmOutcome): string {
  if (outOfGas) return "ran out of gas";
  const reason = refusalOf(data);
  return reason === "" ? "reverts without a reason" : `reverts: ${reason}`;
}

function testsOf(contract: CompiledContract): readonly Callable[] {
  return callablesOf(contract).filter(
    ({ abi }) => (abi.name ?? "").startsWith("test") && (abi.inputs ?? []).length === 0,
  );
}

/** A test that imports nothing of the answer is given all its files. */
function withImports(source: string, { files }: Project): string {
  const imports = declarationsOf(source).some(({ kind, text }) => kind === "import" && !text.includes("@"));
  if (imports) return source;
  return `${files.map(({ path }) => `import ${JSON.stringify(path)};`).join(" ")} ${source}`;
}

/** Whether the brackets of a test close, and it holds a contract. */
function parses(source: string): boolean {
  const all = declarationsOf(source);
  return all.some(isContract) && all.every(({ text }) => /[;}]\s*$/.test(text));
}
