import { randomBytes } from "node:crypto";
import { listed, unmade, type CheckReport, type Subject } from "../../../kit/check.ts";
import type { SolidityCriterion } from "../../../kit/criterion.ts";
import { met, notMet } from "../../../kit/criterion-report.ts";
import { DEPLOYER, FUNDS } from "../../gas/actors.ts";
import { loadMachines, type Machine, type EvmOutcome } from "../../gas/evm.ts";
import { refusalOf } from "../../gas/revert-data.ts";
import { compileSources, isCompiled, type Compilation, type CompiledContract } from "../compile.ts";
import { declarationsOf, isContract } from "../declarations.ts";
import { compileAnswer, type Project } from "../project.ts";
import { callablesOf, creationCode, dataOf, populate, START_S } from "../run/world.ts";
import { nodesIn, type SolcNode } from "../solc-ast.ts";
import { answerSources } from "../sources.ts";
import { canEndTests, endsCalls, hiddenByImport, hiddenByInheritance } from "./builtins.ts";
import { planOf, RUNNER_PATH, type PlannedTest, type TestPlan } from "./test-runner.ts";

type TestCriterion = Extract<SolidityCriterion, { readonly kind: "solidity_test" }>;

const PATH = "Criterion.t.sol";
/** What a test may use: about two seconds. Running out of it says nothing of the test. */
const GAS = 30_000_000n;
const MAX_TESTS = 40;
/** Less than the check's own limit: a thread that is ended takes the compiled answer with it. */
const START_WITHIN_MS = 3_500;
const MAX_WORD = 2n ** 256n - 1n;
const ENDED = "was ended by code of the answer before its end";
const CUT_SHORT =
  "the tests passed, but code of the answer that runs within them ends calls or jumps in assembly: it could have cut them short";
const NO_GAS = `needs more than ${GAS / 1_000_000n} million gas`;
const NOTHING: SolcNode = { id: 0, nodeType: "SourceUnit", src: "0:0:0" };
const BLOCK = 20_000_000n;
/** What the compiler says of a test that wants what the answer does not have. */
const WANTS =
  /^(?:Member "\w+" not found|Undeclared identifier|Identifier not found|Wrong argument count|Source ".*" not found|Declaration ".*" not found)/;

/**
 * Runs the caller's test contract against the answer. The answer's files stand under the paths that it gives them, or under the
 * name of their first contract (`Token.sol`); a test that imports nothing sees all their contracts by name. Each function `test…`
 * without parameters runs in a deployment of its own, after `setUp()`; one that reverts, answers `false` or does not reach its end is
 * not met, and a `testFail…` must revert. Tests that are not run leave the criterion unmade.
 */
export async function acceptTest(criterion: TestCriterion, subject: Subject): Promise<CheckReport> {
  const until = performance.now() + START_WITHIN_MS;
  const outcome = await compileAnswer(subject);
  if (outcome.state === "unchecked") return unmade(outcome.reason);
  if (outcome.state === "none") return notMet(criterion, "there is no Solidity contract in the answer");
  if (outcome.state === "broken") {
    return notMet(criterion, `the code does not compile: ${outcome.project.compilation.errors[0]?.message ?? ""}`);
  }
  for (const { path } of outcome.project.files) {
    const tree = outcome.project.compilation.trees.get(path);
    const hidden = tree === undefined ? null : hiddenByImport(tree);
    if (hidden !== null) return unmade(`the answer redefines ${hidden}`);
  }
  const source = withImports(criterion.source, outcome.project);
  const given = answerSources(subject).context.filter(
    ({ path }) => !outcome.project.files.some((file) => file.path === path),
  );
  const context = [...outcome.project.files, ...given];
  // No code yet: the runners are compiled from what this finds.
  const compilation = await compileSources([{ path: PATH, content: source }], { context, contracts: [] });
  if (!isCompiled(compilation)) return unmade(`the test: ${compilation.unchecked}`);
  if (!compilation.ok) {
    const [error] = compilation.errors;
    const message = error?.message ?? "";
    const words = `the test does not compile with the answer: ${message.split("\n", 1)[0] ?? ""}`;
    const all = compilation.errors.every((each) => WANTS.test(each.message));
    return all && parses(criterion.source) ? notMet(criterion, words, error?.formatted ?? words) : unmade(words);
  }
  const plan = planOf(PATH, compilation.sources.get(PATH) ?? source, compilation.trees);
  if (plan.contracts.length === 0) return unmade("the test source has no contract with a function test… to run");
  const paths = new Set(outcome.project.files.map(({ path }) => path));
  const trees = [...compilation.trees].filter(([path]) => paths.has(path));
  const answers = new Set(trees.flatMap(([, tree]) => nodesIn(tree, "nodes")));
  for (const { lineage } of plan.contracts) {
    for (const base of lineage.filter((each) => answers.has(each))) {
      const inherited = hiddenByInheritance(base);
      if (inherited !== null) return unmade(`the answer redefines ${inherited}`);
    }
  }
  const runners = await compileSources(
    [
      { path: PATH, content: plan.source },
      { path: RUNNER_PATH, content: plan.runners },
    ],
    { context, contracts: plan.contracts.map(({ runner }) => runner) },
  );
  if (!isCompiled(runners)) return unmade(`the test: ${runners.unchecked}`);
  if (!runners.ok) return unmade(`the test cannot be run: ${runners.errors[0]?.message ?? ""}`);
  const mayEnd = endsCalls(compilation.trees.get(PATH) ?? NOTHING);
  const report = await runAll(criterion, plan, runners, { mayEnd, until });
  const inherited = new Set(plan.contracts.flatMap(({ lineage }) => lineage).filter((each) => answers.has(each)));
  const isMet = report.findings.length === 0 && report.unmade === undefined;
  return isMet && trees.some(([, tree]) => canEndTests(tree, inherited)) ? unmade(CUT_SHORT) : report;
}

interface Limits {
  /** Whether the test's own assembly may end a call early. */
  readonly mayEnd: boolean;
  /** No test begins after this time. */
  readonly until: number;
}

async function runAll(
  criterion: TestCriterion,
  { contracts }: TestPlan,
  { contracts: runners, sources }: Compilation,
  { mayEnd, until }: Limits,
): Promise<CheckReport> {
  const make = await loadMachines();
  const failures: string[] = [];
  const open = contracts.flatMap(({ dropped }) => dropped);
  const tests = contracts.flatMap((contract) => contract.tests.map((test) => ({ contract, test })));
  let count = 0;
  for (const { contract, test } of tests) {
    const runner = runners.find(({ name }) => name === contract.runner);
    if (count >= MAX_TESTS || performance.now() > until || runner === undefined) break;
    count += 1;
    const result = await runOne(make, runner, contract.setUp, test, sources);
    if (result === NO_GAS || (result === ENDED && mayEnd)) open.push(`${test.name} ${result}`);
    else if (result !== null) failures.push(`${test.name} ${result}`);
  }
  if (failures.length > 0)
    return notMet(criterion, `${listed(failures)} (${failures.length} of ${count} tests)`, failures.join("\n"));
  if (count < tests.length) {
    const why = count >= MAX_TESTS ? `at most ${MAX_TESTS} are` : "there was no time for more";
    open.push(`only ${count} of ${tests.length} tests were run: ${why}`);
  }
  return open.length > 0 ? unmade(listed(open)) : met(criterion, `${count} of ${count} tests passed`);
}

/** Why a test is not met; `null`: it passed. */
async function runOne(
  make: () => Promise<Machine>,
  contract: CompiledContract,
  setUp: string | null,
  test: PlannedTest,
  sources: ReadonlyMap<string, string>,
): Promise<string | null> {
  const machine = await make();
  await populate(machine, sources.values());
  const message = { from: DEPLOYER, value: 0n, timestamp: START_S, number: BLOCK, gas: GAS };
  const deployed = await machine.send({ ...message, to: null, data: creationCode(contract, []) });
  const to = deployed.created;
  if (to === null && isOutOfGas(deployed)) return NO_GAS;
  if (to === null) return `could not start: the test's deployment ${reasonOf(deployed)}`;
  await machine.fund(to, FUNDS);
  const callables = callablesOf(contract);
  const mark = BigInt(`0x${randomBytes(32).toString("hex")}`);
  const wanted = (~mark & MAX_WORD).toString(16).padStart(64, "0");
  const run = async (name: string): Promise<EvmOutcome> => {
    const callable = callables.find(({ signature }) => signature === name);
    if (callable === undefined) throw new Error(`the runner has no ${name}`);
    return machine.send({ ...message, to, data: dataOf(callable, [mark]) });
  };
  if (setUp !== null) {
    const ready = await run(setUp);
    if (isOutOfGas(ready)) return NO_GAS;
    if (!ready.ok) return `could not start: setUp ${reasonOf(ready)}`;
    if (!ready.data.startsWith(wanted)) return ENDED;
  }
  const outcome = await run(test.signature);
  if (isOutOfGas(outcome)) return NO_GAS;
  if (!outcome.ok) return test.mustRevert ? null : reasonOf(outcome);
  if (test.mustRevert) return "does not revert, as a testFail… must";
  if (!outcome.data.startsWith(wanted)) return ENDED;
  return /^0{64}$/.test(outcome.data.slice(64, 128)) ? "returns false" : null;
}

function reasonOf({ data }: EvmOutcome): string {
  const reason = refusalOf(data);
  return reason === "" ? "reverts without a reason" : `reverts: ${reason}`;
}

/** Also where a call within it ran out of gas: that leaves it a small part. */
function isOutOfGas({ ok, outOfGas, gas }: EvmOutcome): boolean {
  return !ok && (outOfGas || gas > (GAS * 9n) / 10n);
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
