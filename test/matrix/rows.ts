import { setTimeout as wait } from "node:timers/promises";
import type { Sandbox } from "../../src/sandbox/server.ts";
import type { TestClient, ProgressUpdate } from "../support/clients.ts";

/** What a row may use; `routeId` is of a request that was answered, `longRouteId` of one whose answer was too long for its result. */
export interface Trial {
  readonly client: TestClient;
  readonly sandbox: Sandbox;
  readonly routeId: string;
  readonly longRouteId: string;
}

/** One thing that a client does; throws when it does not work. */
export interface Row {
  readonly name: string;
  readonly run: (trial: Trial) => Promise<void>;
}

export const REQUEST = {
  task: "general",
  prompt: "What is a signal box?",
  models: ["gpt-6-luna"],
  deadline_ms: 60_000,
};
/** Its answer is longer than a result may be. */
export const LONG_REQUEST = {
  ...REQUEST,
  prompt: "Tell all that is known of signal boxes.",
  max_output_tokens: 60_000,
};
export const LONG_ANSWER = Array.from(
  { length: 2000 },
  (_, index) => `Signal box number ${index} stands at mile ${index * 3} and works ${(index % 40) + 4} levers.`,
).join("\n");
const SLOW_MODEL = "claude-haiku-5-5";
const PATIENCE_MS = 60_000;

/** Arguments with which each tool succeeds. */
const CALLS: Readonly<Record<string, (routeId: string) => Record<string, unknown>>> = {
  route_task: () => REQUEST,
  route_batch: () => ({ tasks: [{ task: REQUEST.task, prompt: REQUEST.prompt, models: REQUEST.models }] }),
  estimate_cost: () => REQUEST,
  get_receipt: (routeId) => ({ route_id: routeId, part: "attempts" }),
  list_models: () => ({ task: "general" }),
  report_outcome: (routeId) => ({ route_id: routeId, success: true }),
  spend_report: () => ({ group_by: "model" }),
};

function need(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

const today = (): string => new Date().toISOString().slice(0, 10);

/** The rows that the server's own lists ask for: a tool, a resource or a template that is new has its row at once, or fails. */
export async function rowsFor(client: TestClient): Promise<readonly Row[]> {
  const [tools, resources, templates] = await Promise.all([
    client.listTools(),
    client.listResources(),
    client.listTemplates(),
  ]);
  return [
    ...tools.map(({ name }) => ({ name: `tool ${name}`, run: (trial: Trial) => callTool(name, trial) })),
    ...resources.map(({ uri }) => ({ name: uri, run: (trial: Trial) => read(uri, trial) })),
    ...templates.flatMap((template) => [
      { name: template, run: (trial: Trial) => read(filled(template, trial), trial) },
      { name: `completion of ${template}`, run: (trial: Trial) => complete(template, trial) },
    ]),
    { name: "progress", run: hearProgress },
    { name: "cancellation", run: cancel },
    { name: "subscription", run: subscribe },
  ];
}

async function callTool(name: string, { client, routeId }: Trial): Promise<void> {
  const args = CALLS[name];
  need(args !== undefined, `the matrix has no arguments for ${name}`);
  const { isError, structured, texts } = await client.callTool(name, args(routeId));
  need(!isError && Object.keys(structured).length > 0 && texts.length > 0, JSON.stringify(structured));
}

async function read(uri: string, { client }: Trial): Promise<void> {
  const content = await client.readResource(uri);
  const isThere = typeof content === "string" ? content !== "" : Object.keys(content ?? {}).length > 0;
  need(isThere, `nothing in ${uri}`);
}

/** What stands for each variable of a template. */
const VALUES: Readonly<Record<string, (trial: Trial) => string>> = {
  model: () => "gpt-6-luna",
  day: today,
  days: () => "30",
  route_id: ({ routeId }) => routeId,
  page: () => "2",
};

const variableOf = (template: string): string => /\{(?<name>\w+)\}/u.exec(template)?.groups?.["name"] ?? "";

function valueFor(name: string, template: string, trial: Trial): string {
  const value = VALUES[name];
  need(value !== undefined, `the matrix has no value for ${name} of ${template}`);
  return value(template.startsWith("signalbox://answers/") ? { ...trial, routeId: trial.longRouteId } : trial);
}

function filled(template: string, trial: Trial): string {
  return template.replaceAll(/\{(\w+)\}/gu, (_, name: string) => valueFor(name, template, trial));
}

async function complete(template: string, trial: Trial): Promise<void> {
  const value = valueFor(variableOf(template), template, trial);
  const offered = await trial.client.complete(template, variableOf(template), value.slice(0, 3));
  need(offered.includes(value), `${value} is not among ${offered.join(", ")}`);
}

async function hearProgress({ client, sandbox }: Trial): Promise<void> {
  sandbox.setFault(SLOW_MODEL, { kind: "latency", ms: 500 });
  const updates: ProgressUpdate[] = [];
  const { isError, structured } = await client.callTool(
    "route_task",
    { ...REQUEST, models: [SLOW_MODEL] },
    { onProgress: (progress) => updates.push(progress) },
  );
  need(!isError, JSON.stringify(structured));
  need(updates.length > 0, "no progress was reported");
  need(
    updates.every(({ progress }, index) => index === 0 || progress > (updates[index - 1]?.progress ?? 0)),
    "progress went back",
  );
}

async function cancel({ client, sandbox }: Trial): Promise<void> {
  sandbox.setFault(SLOW_MODEL, { kind: "hang" });
  const before = sandbox.calls.length;
  const control = new AbortController();
  const call = client
    .callTool("route_task", { ...REQUEST, models: [SLOW_MODEL] }, { signal: control.signal })
    .then(() => "answered")
    .catch(() => "cancelled");
  await until(() => sandbox.calls.length > before, "the vendor was not called");
  const accepted = async (): Promise<number> => attemptsCancelled(client);
  const cancelledBefore = await accepted();
  control.abort();
  need((await call) === "cancelled", "the call was answered");
  await until(async () => (await accepted()) > cancelledBefore, "the call went on in the server");
}

async function attemptsCancelled(client: TestClient): Promise<number> {
  const { models } = (await client.readResource(`signalbox://metrics/${SLOW_MODEL}`)) as {
    models: readonly { failures_by_kind: Record<string, number> }[];
  };
  return models[0]?.failures_by_kind["cancelled"] ?? 0;
}

async function subscribe({ client }: Trial): Promise<void> {
  let notifications = 0;
  const unsubscribe = await client.subscribe("signalbox://spend", () => (notifications += 1));
  await client.callTool("route_task", REQUEST);
  await until(() => notifications > 0, "no change was reported");
  await unsubscribe();
}

async function until(holds: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    need(performance.now() < endMs, otherwise);
    await wait(20);
  }
}
