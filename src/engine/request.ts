import type { RouteInput } from "../core/contract.ts";
import type { RequestErrorCode } from "../core/errors.ts";
import type { Catalogue } from "../core/model.ts";
import { nanoFromUsd, type NanoUsd } from "../core/money.ts";
import { parseContext, render, textProblem } from "../core/prompt.ts";
import type { Request } from "../core/request.ts";
import { didYouMean } from "../core/suggest.ts";
import type { Task } from "../core/task.ts";

/** What a request is built from besides its input. */
export interface RequestSources {
  readonly catalogue: Catalogue;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly defaults: {
    readonly deadlineMs: number;
    readonly budgetNanoUsd: NanoUsd | null;
    readonly maxOutputTokens: number | null;
  };
  /** Names the task of a prompt, and says why. */
  pickTask(prompt: string): { readonly task: Task; readonly why: string };
  /** What is wrong with a JSON Schema, or `null`. */
  schemaProblem(schema: Readonly<Record<string, unknown>>): Promise<string | null>;
}

export type BuiltRequest =
  | { readonly ok: true; readonly request: Request }
  | { readonly ok: false; readonly code: RequestErrorCode; readonly message: string };

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
      message: `Unknown task "${input.task}"${didYouMean(input.task, names)}. Known: ${names.join(", ")}.`,
    };
  }

  need(
    input.budget_usd === undefined || (Number.isFinite(input.budget_usd) && input.budget_usd >= 0),
    `budget_usd must be a number of USD, 0 or more; got ${input.budget_usd}`,
  );
  need(
    input.deadline_ms === undefined || (Number.isFinite(input.deadline_ms) && input.deadline_ms > 0),
    `deadline_ms must be a number of milliseconds above 0; got ${input.deadline_ms}`,
  );
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
  const parsed = parseContext(input.context);
  if (!parsed.ok) problems.push(parsed.problem);
  if (input.response_schema !== undefined) {
    const problem = await sources.schemaProblem(input.response_schema);
    if (problem !== null) problems.push(`response_schema is not a usable JSON Schema: ${problem}`);
  }
  if (!parsed.ok || problems.length > 0)
    return { ok: false, code: "invalid_request", message: `${problems.join("; ")}.` };

  const responseSchema = input.response_schema ?? null;
  const rendered = render(input.prompt, parsed.context, responseSchema);
  const oversize = textProblem(rendered);
  if (oversize !== null) return { ok: false, code: "invalid_request", message: `${oversize}.` };

  return {
    ok: true,
    request: {
      routeId,
      task,
      prompt: input.prompt,
      context: parsed.context,
      rendered,
      budgetNanoUsd: input.budget_usd === undefined ? sources.defaults.budgetNanoUsd : nanoFromUsd(input.budget_usd),
      deadlineMs: input.deadline_ms ?? sources.defaults.deadlineMs,
      minQuality: input.min_quality ?? task.minQuality,
      models,
      // An allow-list comes in the caller's order; only an explicit wish re-orders it.
      optimize: input.optimize ?? (models === null ? task.optimize : "quality"),
      maxOutputTokens: input.max_output_tokens ?? sources.defaults.maxOutputTokens ?? task.maxOutputTokens,
      responseSchema,
      onBelowQuality: input.on_below_quality ?? "return_best",
      notes,
    },
  };
}

function resolveModels(names: readonly string[], catalogue: Catalogue, problems: string[]): readonly string[] {
  if (names.length === 0) problems.push("models is empty: name at least one, or leave it out for the task's own");
  const known = catalogue.models.flatMap((model) => [model.id, ...model.aliases]);
  const ids = names.map((name) => {
    const model = catalogue.find(name);
    if (model === undefined) problems.push(`unknown model "${name}"${didYouMean(name, known)}`);
    return model?.id ?? name;
  });
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (repeated.length > 0) problems.push(`models names ${[...new Set(repeated)].join(", ")} more than once`);
  return ids;
}
