import { criteriaOf, type PlacedCriterion } from "../checks/kit/parse-criteria.ts";
import type { RouteInput } from "../core/contract.ts";
import type { RequestErrorCode } from "../core/errors.ts";
import { stepsProblem, uncheckedSteps } from "../core/unchecked.ts";
import type { MediaFile } from "../core/media.ts";
import type { Catalogue, ModelId } from "../core/model.ts";
import { nanoFromUsd, type NanoUsd } from "../core/money.ts";
import { parseContext, render, textProblem } from "../core/prompt.ts";
import type { RenderedPrompt, Request } from "../core/request.ts";
import { OUTPUT_FORMS, type FileFact, type OutputPreparation, type OutputWish } from "../core/file-output.ts";
import type { FileReading } from "../core/ports.ts";
import { didYouMean } from "../checks/kit/suggest.ts";
import { continued, type FoundExchange } from "../core/exchange.ts";
import type { CallOptions } from "../core/service.ts";
import type { Task } from "../core/task.ts";

/** What a request is built from besides its input. */
export interface RequestSources {
  /** Who asks; `null`: the owner. */
  readonly principal: string | null;
  readonly catalogue: Catalogue;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly defaults: {
    readonly resultChars: number;
    readonly deadlineMs: number;
    readonly budgetNanoUsd: NanoUsd | null;
    readonly maxOutputTokens: number | null;
  };
  /** What may be spent without asking the user; `null`: everything. */
  readonly approvalNanoUsd: NanoUsd | null;
  /** Names the task of a prompt, and says why. */
  pickTask(prompt: string): { readonly task: Task; readonly why: string };
  /** Whether and where the principal may have an answer written. */
  prepareOutput(wish: OutputWish, principal: string | null): Promise<OutputPreparation>;
  /** What an earlier request of the principal was asked and answered. */
  exchange(routeId: string, principal: string | null): Promise<FoundExchange>;
  /** The owner's project may be read. */
  readonly readsProject: boolean;
  /** Folders that the caller's client names as its project. */
  readonly projectFolders?: readonly string[];
  /** Reads what `context.files` names by path, as far as the principal may. */
  readFiles(
    entries: readonly unknown[],
    principal: string | null,
    projectFolders?: readonly string[],
  ): Promise<FileReading>;
  /** What is wrong with each of some JSON Schemas, or `null`; within so many milliseconds for all of them. */
  schemaProblems(
    schemas: readonly Readonly<Record<string, unknown>>[],
    withinMs: number,
    principal: string | null,
  ): Promise<readonly (string | null)[]>;
}

/** The same sources for a call that says where its caller's project is. */
export function ofProject(
  sources: RequestSources,
  { projectFolders }: Pick<CallOptions, "projectFolders">,
): RequestSources {
  return projectFolders === undefined ? sources : { ...sources, projectFolders };
}

export type BuiltRequest =
  | { readonly ok: true; readonly request: Request }
  | { readonly ok: false; readonly code: RequestErrorCode; readonly message: string };

/** The same limits as in the config file. */
const MOST_USD = 1_000_000;
export const MOST_DEADLINE_MS = 3_600_000;
/** Of the deadline, for compiling schemas: the models need the rest. */
const SCHEMA_SHARE = 0.25;
const MOST_MODELS = 100;
/** So much of an unknown name is repeated in the answer. */
const ECHO_CHARS = 80;

/** Validates the input of `route_task` or `estimate_cost` and fills in every default. Reports all problems at once. */
export async function buildRequest(input: RouteInput, routeId: string, sources: RequestSources): Promise<BuiltRequest> {
  const notes: string[] = [];
  const problems: string[] = [];
  const need = (holds: boolean, problem: string): void => void (holds || problems.push(problem));

  if (input.prompt.trim() === "") problems.push("prompt is empty: say what is to be done");
  const picked = input.task === "auto" ? sources.pickTask(input.prompt) : null;
  if (picked !== null) notes.push(picked.why);
  const task = picked?.task ?? sources.tasks.get(input.task);
  if (task === undefined) {
    const names = [...sources.tasks.keys(), "auto"];
    return {
      ok: false,
      code: "unknown_task",
      message: `Unknown task "${input.task.slice(0, ECHO_CHARS)}"${didYouMean(input.task.slice(0, ECHO_CHARS), names)}. Known: ${names.join(", ")}.`,
    };
  }

  problems.push(...ceilingProblems(input));
  need(
    input.min_quality === undefined || (input.min_quality >= 0 && input.min_quality <= 1),
    `min_quality must be from 0 to 1; got ${input.min_quality}`,
  );
  need(
    input.max_output_tokens === undefined ||
      (Number.isSafeInteger(input.max_output_tokens) && input.max_output_tokens > 0),
    `max_output_tokens must be a whole number above 0; got ${input.max_output_tokens}`,
  );

  const models = input.models === undefined ? null : resolveModels(input.models, sources.catalogue, problems);
  // An allow-list comes in the caller's order; only an explicit wish re-orders it.
  const optimize = input.optimize ?? (models === null ? task.optimize : "quality");
  const ofTask = task.onUnchecked ?? (optimize === "cost" ? task.onUncheckedForCost : undefined);
  const steps = uncheckedSteps(input.on_unchecked, ofTask);
  const stepsAre = stepsProblem(steps);
  need(stepsAre === null, `on_unchecked ${stepsAre}`);
  const { context, media, readTokens, sent } = await withFiles(input.context, sources, problems);
  const parsed = parseContext(context);
  if (!parsed.ok) problems.push(parsed.problem);
  const { criteria: placed, problems: unread } = criteriaOf({ ...input, context });
  problems.push(...unread);
  problems.push(...(await schemaProblems(input, placed, sources)));
  const prepared = input.output === undefined ? null : await sources.prepareOutput(input.output, sources.principal);
  if (prepared?.ok === false) problems.push(prepared.problem);
  const found =
    input.continue_from === undefined ? null : await sources.exchange(input.continue_from, sources.principal);
  const earlier = found?.ok === true ? found.exchange : null;
  if (found?.ok === false) problems.push(found.problem);
  const system = parsed.ok ? parsed.context.system : null;
  need(
    earlier === null || system === null || system === earlier.rendered.system,
    "context.system must be left out with continue_from: that of the earlier request holds",
  );
  if (!parsed.ok || problems.length > 0)
    return { ok: false, code: "invalid_request", message: `${problems.join("; ")}.` };

  const responseSchema = input.response_schema ?? null;
  // What came as context.tests reaches the model with the rest of the context.
  const said = placed.flatMap(({ field, criterion }) => (field === "accept" ? [criterion] : []));
  const output = prepared?.ok === true ? prepared.output : null;
  const form = (output === null ? null : OUTPUT_FORMS[output.shape]) ?? task.answerForm ?? null;
  const alone = rendering(input.prompt, parsed.context, responseSchema, said, form, media);
  if (alone === null) {
    return {
      ok: false,
      code: "invalid_request",
      message: "context cannot be written as JSON: it is nested too deeply.",
    };
  }
  const rendered = earlier === null ? alone : continued(earlier, alone);
  const oversize = textProblem(rendered);
  if (oversize !== null) return { ok: false, code: "invalid_request", message: `${oversize}.` };

  return {
    ok: true,
    request: {
      routeId,
      principal: sources.principal,
      task,
      prompt: input.prompt,
      context: parsed.context,
      rendered,
      ...sparedTokens(readTokens, alone, rendered),
      ...(sent.length === 0 ? {} : { sentFiles: sent }),
      ...(output === null ? {} : { output }),
      budgetNanoUsd: input.budget_usd === undefined ? sources.defaults.budgetNanoUsd : nanoFromUsd(input.budget_usd),
      deadlineMs: Math.ceil(input.deadline_ms ?? sources.defaults.deadlineMs),
      minQuality: input.min_quality ?? task.minQuality,
      models: models ?? (earlier === null ? null : [earlier.model]),
      optimize,
      ...(input.patience === undefined ? {} : { patience: input.patience }),
      maxOutputTokens: input.max_output_tokens ?? sources.defaults.maxOutputTokens ?? task.maxOutputTokens,
      responseSchema,
      accept: placed.map(({ criterion }) => criterion),
      onBelowQuality: input.on_below_quality ?? "return_best",
      onUnchecked: steps,
      evidenceModels: evidenceModels(input, models, task),
      repair: input.repair ?? task.repair ?? true,
      notes,
    },
  };
}

/** Tokens of the prompt that the caller did not write for this request: of files by path, and of an earlier request. */
function sparedTokens(readTokens: number, alone: RenderedPrompt, whole: RenderedPrompt): Pick<Request, "readTokens"> {
  const earlier = whole.systemTokens + whole.userTokens - alone.systemTokens - alone.userTokens;
  const tokens = readTokens + Math.max(0, earlier);
  return tokens === 0 ? {} : { readTokens: tokens };
}

/**
 * Models that evidence may be bought from: the task's own. An allow-list holds for them too, unless the caller asks for evidence in the
 * same breath.
 */
function evidenceModels(input: RouteInput, models: readonly ModelId[] | null, task: Task): readonly ModelId[] {
  if (models === null) return task.candidates;
  return input.on_unchecked === undefined ? models : [...new Set([...models, ...task.candidates])];
}

/** The context with the content of the files that it names by path; adds to the problems. */
async function withFiles(
  context: RouteInput["context"],
  sources: RequestSources,
  problems: string[],
): Promise<{
  readonly context: RouteInput["context"];
  readonly media: readonly MediaFile[];
  readonly readTokens: number;
  readonly sent: readonly FileFact[];
}> {
  if (typeof context !== "object" || !Array.isArray(context["files"]))
    return { context, media: [], readTokens: 0, sent: [] };
  const read = await sources.readFiles(
    context["files"] as readonly unknown[],
    sources.principal,
    sources.projectFolders,
  );
  problems.push(...read.problems);
  const files = read.problems.length > 0 ? [] : read.files;
  return { context: { ...context, files }, media: read.media, readTokens: read.tokens, sent: read.sent };
}

/** What is wrong with the JSON Schemas of a request. One deadline holds for all of them. */
async function schemaProblems(
  input: RouteInput,
  placed: readonly PlacedCriterion[],
  sources: RequestSources,
): Promise<readonly string[]> {
  const withinMs = (input.deadline_ms ?? sources.defaults.deadlineMs) * SCHEMA_SHARE;
  const schemas = [
    ...(input.response_schema === undefined ? [] : [["response_schema", input.response_schema] as const]),
    ...placed.flatMap(({ path, criterion }) =>
      criterion.kind === "json_schema" ? [[`${path}.json_schema`, criterion.schema] as const] : [],
    ),
  ];
  if (schemas.length === 0) return [];
  const found = await sources.schemaProblems(
    schemas.map(([, schema]) => schema),
    withinMs,
    sources.principal,
  );
  return schemas.flatMap(([path], index) => {
    const problem = found[index] ?? null;
    return problem === null ? [] : [`${path} is not a usable JSON Schema: ${problem}`];
  });
}

/** What is wrong with a budget and a deadline as the caller gave them. */
export function ceilingProblems(input: Pick<RouteInput, "budget_usd" | "deadline_ms">): readonly string[] {
  const { budget_usd: budgetUsd, deadline_ms: deadlineMs } = input;
  return [
    ...(budgetUsd === undefined || (budgetUsd >= 0 && budgetUsd <= MOST_USD)
      ? []
      : [`budget_usd must be a number of USD from 0 to ${MOST_USD}; got ${budgetUsd}`]),
    ...(deadlineMs === undefined || (deadlineMs > 0 && deadlineMs <= MOST_DEADLINE_MS)
      ? []
      : [`deadline_ms must be a number of milliseconds above 0, at most ${MOST_DEADLINE_MS}; got ${deadlineMs}`]),
  ];
}

/** `null` when a value of the context defeats JSON. */
function rendering(...what: Parameters<typeof render>): RenderedPrompt | null {
  try {
    return render(...what);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}

function resolveModels(names: readonly string[], catalogue: Catalogue, problems: string[]): readonly string[] {
  if (names.length === 0) problems.push("models is empty: name at least one, or leave it out for the task's own");
  const known = catalogue.models.flatMap((model) => [model.id, ...model.aliases]);
  if (names.length > MOST_MODELS) {
    problems.push(`models names ${names.length} models; at most ${MOST_MODELS}`);
    return [];
  }
  const ids = names.map((full) => {
    const name = full.slice(0, ECHO_CHARS);
    const model = catalogue.find(name);
    if (model === undefined) {
      problems.push(`unknown model "${name}"${didYouMean(name, known) || "; list_models shows the known ones"}`);
    }
    return model?.id ?? name;
  });
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (repeated.length > 0) problems.push(`models names ${[...new Set(repeated)].join(", ")} more than once`);
  return ids;
}
