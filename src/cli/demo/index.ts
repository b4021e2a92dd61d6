import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EstimateOutput, RouteResult } from "../../core/contract.ts";
import type { ListModelsOutput, SpendReportOutput } from "../../core/contract-reports.ts";
import type { Outcome } from "../../core/outcome.ts";
import type { Sandbox } from "../../sandbox/server.ts";
import type { Command, ExitCode, World } from "../command.ts";
import { paint, printLine } from "../print.ts";
import { startSpinner } from "../spinner.ts";
import { compareBooks } from "./books.ts";
import type { Receipt } from "../../core/contract-resources.ts";
import { problemsOf, type Played } from "./judge.ts";
import { printScene, printSpendResource } from "./report.ts";
import { SCENES, type DemoScene } from "./scenes.ts";
import { startSession, type DemoSession } from "./session.ts";

/**
 * `signalbox demo`: the real server as a child process over stdio, a real MCP client, and the sandbox in place of the vendors.
 * Exit 1 when anything is not as it should be.
 */
export const demo: Command<object> = {
  flags: [],
  examples: ["demo"],
  async run(_flags, world) {
    const { startSandbox } = await import("../../sandbox/server.ts");
    const sandbox = await startSandbox();
    const directory = await mkdtemp(join(tmpdir(), "signalbox-demo-"));
    try {
      return await perform(world, sandbox, directory);
    } finally {
      await sandbox.close();
      await rm(directory, { recursive: true, force: true });
    }
  },
};

async function perform(world: World, sandbox: Sandbox, directory: string): Promise<ExitCode> {
  const { out } = world;
  printLine(out, paint(out, "bold", "Signalbox demo"));
  printLine(out, "Every answer below is a script of the sandbox, not of a model: the vendors' APIs are played on this");
  printLine(out, "machine, at the catalogue's prices. No key is used, no money is spent, nothing leaves this machine.");
  const { played, spend } = await playAll(world, sandbox, join(directory, "ledger.db"));
  for (const each of played) await printScene(each, out);
  await printSpendResource(spend, out);
  const books = compareBooks(played, spend, sandbox);
  for (const line of books.lines) printLine(out, line);
  const problems = [...played.flatMap(problemsOf), ...books.problems];
  printLine(out);
  for (const problem of problems) printLine(out, paint(out, "red", `not as it should be: ${problem}`));
  if (problems.length === 0) printLine(out, paint(out, "green", "Everything came out as it should."));
  return problems.length === 0 ? 0 : 1;
}

/** Plays all scenes against one server and reads its spend afterwards. */
async function playAll(
  world: World,
  sandbox: Sandbox,
  dbPath: string,
): Promise<{ readonly played: readonly Played[]; readonly spend: SpendReportOutput }> {
  const spinner = await startSpinner(world.err, "starting the server");
  let session: DemoSession | null = null;
  try {
    session = await startSession(world, { ...sandbox.env, ...NO_CONFIG, SIGNALBOX_DB: dbPath, SIGNALBOX_LOG: "error" });
    const wireIds = await wireIdsOf(session);
    const played: Played[] = [];
    for (const [index, scene] of SCENES.entries()) {
      spinner.say(`${index + 1}/${SCENES.length} ${scene.task}: ${scene.about}`);
      played.push(await play(scene, session, sandbox, wireIds));
    }
    return { played, spend: (await session.readResource("signalbox://spend")) as SpendReportOutput };
  } finally {
    spinner.stop();
    await session?.close();
  }
}

/** Places where no config file is. The server takes the others of the user's variables as it finds them. */
const NO_CONFIG = { SIGNALBOX_CONFIG: "", XDG_CONFIG_HOME: "/nowhere", APPDATA: "/nowhere" };

async function play(
  scene: DemoScene,
  session: DemoSession,
  sandbox: Sandbox,
  wireIds: ReadonlyMap<string, string>,
): Promise<Played> {
  const { SCRIPTS } = await import("../../sandbox/answers/index.ts");
  const prompt = SCRIPTS.find((script) => script.task === scene.task)?.prompt;
  if (prompt === undefined) throw new Error(`The sandbox has no script for the task ${scene.task}`);
  const input = {
    task: scene.task,
    prompt,
    ...(scene.accept === undefined ? {} : { accept: scene.accept }),
    ...(scene.budgetUsd === undefined ? {} : { budget_usd: scene.budgetUsd }),
    ...(scene.deadlineMs === undefined ? {} : { deadline_ms: scene.deadlineMs }),
  };
  const planned = await session.callTool<EstimateOutput>("estimate_cost", input);
  const first = planned.ok ? (planned.value.order[0] ?? null) : null;
  const wireId = first === null ? undefined : wireIds.get(first);
  if (scene.fault !== null && wireId === undefined)
    throw new Error(`No model to set a fault on: ${JSON.stringify(planned)}`);
  if (wireId !== undefined) sandbox.setFault(wireId, scene.fault);
  const outcome = await session.callTool<RouteResult>("route_task", input);
  if (wireId !== undefined) sandbox.setFault(wireId, null);
  return { scene, first, outcome, receipt: await receiptOf(outcome, session) };
}

async function receiptOf(outcome: Outcome<RouteResult>, session: DemoSession): Promise<Receipt | null> {
  const routeId = outcome.ok ? outcome.value.route_id : outcome.error.route_id;
  if (routeId === undefined) return null;
  return (await session.readResource(`signalbox://routes/${routeId}`)) as Receipt;
}

async function wireIdsOf(session: DemoSession): Promise<ReadonlyMap<string, string>> {
  const listed = await session.callTool<ListModelsOutput>("list_models", {});
  if (!listed.ok) throw new Error(`list_models failed: ${listed.error.message}`);
  return new Map(listed.value.models.map((model) => [model.id, model.wire_id]));
}
