import { setTimeout as wait } from "node:timers/promises";
import { startSandbox, type Sandbox } from "../src/sandbox/server.ts";
import type { DrivenClient } from "./clients/client.ts";
import { makeHome, type ClientHome } from "./home.ts";
import { startScriptedModel, type ScriptedModel } from "./scripted-model.ts";

/** What one client came to in one column: `null` is well, else what went wrong. */
export type Outcome = string | null;

/** What the first call comes to, one after another so that its time is its own. */
export const FIRST_COLUMNS = ["connects", "lists", "calls", "answer and verdict"] as const;
/** What takes long, for all clients at once. */
export const LONG_COLUMNS = ["cancel", "slow call"] as const;

export type FirstOutcomes = Readonly<Record<(typeof FIRST_COLUMNS)[number], Outcome>> & {
  /** From the start of the client to its end with a whole answer, milliseconds. */
  readonly firstAnswerMs: number;
};
export type LongOutcomes = Readonly<Record<(typeof LONG_COLUMNS)[number], Outcome>>;

const TOOLS = [
  "route_task",
  "route_batch",
  "estimate_cost",
  "list_models",
  "spend_report",
  "report_outcome",
  "get_receipt",
];
export const PROMPT = "Use signalbox to write the function.";
/** A model of a vendor that no client uses for itself: a client's own keys and addresses are handed on to Signalbox. */
const OTHER_VENDORS_MODEL = "gpt-6.2-astra";
const MOST_MS = 60_000;
const CANCEL_MS = 15_000;
const END_MS = 5000;

export const MEDIAN = {
  task: "code_generation",
  prompt:
    "Write a JavaScript function `median(numbers)` that returns the median of a list of numbers, and null for an empty one.",
  accept: [{ call: "median([10, 9, 2, 1])", equals: 5.5 }],
};

/** Drives one client through its first call, on the sandbox that `setup --sandbox` gives it. */
export function driveFirst(client: DrivenClient): Promise<FirstOutcomes> {
  return inHome(client, MEDIAN, ["--sandbox"], {}, (home, model) => plainCall(client, home, model));
}

/** Drives one client through what takes long, with the user's own keys and vendors that take `slowMs` to answer. */
export async function driveLong(client: DrivenClient, slowMs: number): Promise<LongOutcomes> {
  const args = { ...MEDIAN, models: [OTHER_VENDORS_MODEL], deadline_ms: slowMs + MOST_MS };
  const withVendors = async (
    act: (home: ClientHome, model: ScriptedModel, vendors: Sandbox) => Promise<Outcome>,
  ): Promise<Outcome> => {
    const vendors = await startSandbox({ faults: { "*": { kind: "latency", ms: slowMs } } });
    try {
      return await inHome(client, args, [], vendors.env, (home, model) => act(home, model, vendors));
    } finally {
      await vendors.close();
    }
  };
  const [cancel, slowCall] = await Promise.all([
    withVendors((home, model, vendors) => cancelled(client, home, model, vendors)),
    withVendors((home, model) => slowlyCalled(client, home, model, slowMs)),
  ]);
  return { cancel, "slow call": slowCall };
}

async function inHome<T>(
  client: DrivenClient,
  args: Readonly<Record<string, unknown>>,
  setupFlags: readonly string[],
  variables: Readonly<Record<string, string>>,
  act: (home: ClientHome, model: ScriptedModel) => Promise<T>,
): Promise<T> {
  const model = await startScriptedModel(args);
  try {
    const home = await makeHome(client, model.origin, setupFlags, variables);
    try {
      return await act(home, model);
    } finally {
      await home.close();
    }
  } finally {
    await model.close();
  }
}

async function plainCall(client: DrivenClient, home: ClientHome, model: ScriptedModel): Promise<FirstOutcomes> {
  const connects = client.look === undefined ? null : await looked(home, client.look);
  const startedMs = performance.now();
  const ended = await home.start(client.run(PROMPT)).end(MOST_MS);
  const firstAnswerMs = performance.now() - startedMs;
  const offered = [...model.tools];
  const absent = TOOLS.filter((tool) => !offered.some((name) => name.endsWith(tool)));
  const result = model.result();
  const wrong = ended.exitCode === 0 ? "" : ` (exit ${ended.exitCode}: ${tail(ended.output)})`;
  return {
    connects: client.look === undefined && absent.length === TOOLS.length ? `no tool was offered${wrong}` : connects,
    lists: absent.length === 0 ? null : `${absent.join(", ")} not offered${wrong}`,
    calls: result === null ? `no result reached the model${wrong}` : null,
    "answer and verdict": readsAnswer(result, ended.output),
    firstAnswerMs,
  };
}

async function looked(home: ClientHome, look: NonNullable<DrivenClient["look"]>): Promise<Outcome> {
  const { output } = await home.start(look.args).end(MOST_MS);
  return look.connected.test(output) ? null : tail(output);
}

/** The model must be given the code and its verdict; and the user what the model says of them. */
function readsAnswer(result: string | null, output: string): Outcome {
  if (result === null) return "no result";
  if (!/function median/.test(result)) return `no answer in: ${result}`;
  if (!/\bverified\b/.test(result)) return `no verdict in: ${result}`;
  return output.includes("function median") ? null : `the client printed: ${tail(output)}`;
}

/** An interrupt of the client must end the vendor's call. */
async function cancelled(
  client: DrivenClient,
  home: ClientHome,
  model: ScriptedModel,
  vendors: Sandbox,
): Promise<Outcome> {
  const started = home.start(client.run(PROMPT));
  try {
    const asked = await until(() => vendors.calls.length > 0, MOST_MS);
    if (!asked) return `no vendor was asked: ${model.result() ?? "no result"}`;
    started.interrupt();
    return (await until(() => vendors.calls.every(({ closedEarly }) => closedEarly), CANCEL_MS))
      ? null
      : `the vendor's call went on for ${CANCEL_MS / 1000} s`;
  } finally {
    await started.end(END_MS);
  }
}

async function slowlyCalled(
  client: DrivenClient,
  home: ClientHome,
  model: ScriptedModel,
  slowMs: number,
): Promise<Outcome> {
  const startedMs = performance.now();
  const ended = await home.start(client.run(PROMPT)).end(slowMs + MOST_MS);
  const tookMs = performance.now() - startedMs;
  if (model.result() === null)
    return `no result after ${tookMs.toFixed(0)} ms (exit ${ended.exitCode}): ${tail(ended.output)}`;
  if (tookMs < slowMs) return `answered after ${tookMs.toFixed(0)} ms: ${model.result()}`;
  return readsAnswer(model.result(), ended.output);
}

async function until(holds: () => boolean, mostMs: number): Promise<boolean> {
  for (const endMs = performance.now() + mostMs; performance.now() < endMs; await wait(50)) if (holds()) return true;
  return holds();
}

function tail(output: string): string {
  return output.trim().slice(-300);
}
