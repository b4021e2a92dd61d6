import { readBudgets, readEachPrincipal } from "./budgets.ts";
import { readDbListen, readDbPath, readLogLevel, type Environment } from "./environment.ts";
import type { ConfigFile } from "./file.ts";
import { readFileRoots } from "./files.ts";
import { readHttp } from "./http.ts";
import { readModels } from "./models.ts";
import { readNotify } from "./notify.ts";
import type { ConfigProblem, Problems } from "./problem.ts";
import { readProviders } from "./providers.ts";
import { readTasks } from "./tasks.ts";
import type { Config } from "./types.ts";
import { unknownVariables } from "./unknown-variables.ts";
import type { Catalogue, Model } from "../core/model.ts";
import { nanoFromUsd } from "../core/money.ts";
import { didYouMean } from "../checks/kit/suggest.ts";

export type ParsedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** The single model that savings are measured against when the file names none. */
const DEFAULT_BASELINE = "claude-opus-5-5";
const DEFAULT_DEADLINE_MS = 30_000;
/** Of a call whose caller names no budget: enough for every task, and no surprise. */
const DEFAULT_BUDGET_USD = 0.5;
/** Of requests that are planned by what was learned. */
const DEFAULT_EXPLORATION_SHARE = 0.02;
const DEFAULT_OUTCOME_SHARE = 0.02;
const DEFAULT_EXPLORATION_DAY_USD = 0.1;
/** Of today's clients the strictest cuts a result at some 14,000 characters. */
const DEFAULT_RESULT_CHARS = 12_000;
/**
 * What a file, as its schema reads it, and the environment come to, with all defaults filled in. Adds to the problems. `folder`: the one that the file is
 * in, which relative paths of programs begin in.
 */
export function configOf(
  file: ConfigFile,
  environment: Environment,
  problems: Problems,
  folder: string | null = null,
): ParsedConfig {
  const providers = readProviders(file.providers ?? {}, environment, problems);
  const providerIds = providers.map(({ id }) => id);
  const catalogue = readModels(file.models ?? [], new Set(providerIds), problems);
  const tasks = readTasks(file.tasks ?? [], catalogue, problems, folder);
  const budgets = readBudgets(file.budgets ?? {}, [...tasks.keys()], providerIds, problems);
  const baselineModel = readBaseline(file.baseline_model ?? DEFAULT_BASELINE, catalogue, problems);
  const callerModel =
    file.caller_model === undefined ? null : readModelName("caller_model", file.caller_model, catalogue, problems);
  const http = readHttp(file.http ?? {}, environment, problems);
  const notify = readNotify(file.notify, environment, problems);
  const warnings: string[] = [];
  const dbPath = readDbPath(environment, problems, warnings);
  const dbListen = readDbListen(environment, dbPath, problems);
  const logLevel = readLogLevel(environment, problems);
  warnings.push(...unknownVariables(environment));
  if (problems.found.length > 0 || baselineModel === null) return { ok: false, problems: problems.found };
  const { deadline_ms: deadlineMs, budget_usd: budgetUsd, max_output_tokens: maxOutputTokens } = file.defaults ?? {};
  return {
    ok: true,
    config: {
      catalogue,
      tasks,
      providers,
      budgets,
      eachPrincipal: readEachPrincipal(file.budgets?.each_principal ?? {}),
      baselineModel,
      callerModel,
      baselineShare: file.baseline_share ?? 0,
      outcomeShare: file.outcome_share ?? DEFAULT_OUTCOME_SHARE,
      defaults: {
        deadlineMs: deadlineMs ?? DEFAULT_DEADLINE_MS,
        budgetNanoUsd: budgetUsd === null ? null : nanoFromUsd(budgetUsd ?? DEFAULT_BUDGET_USD),
        maxOutputTokens: maxOutputTokens ?? null,
        resultChars: file.defaults?.result_chars ?? DEFAULT_RESULT_CHARS,
      },
      approvalNanoUsd: file.approval_usd === undefined ? null : nanoFromUsd(file.approval_usd),
      exploration: {
        share: file.exploration?.share ?? DEFAULT_EXPLORATION_SHARE,
        dayNanoUsd: nanoFromUsd(file.exploration?.day_usd ?? DEFAULT_EXPLORATION_DAY_USD),
      },
      files: readFileRoots(file.files),
      answerTtlMs: file.answer_cache === undefined ? null : file.answer_cache.ttl_s * 1000,
      storeText: file.privacy?.store_text ?? false,
      allowUnpriced: file.allow_unpriced ?? false,
      browser: browserOf(file.checks?.browser),
      http,
      notify,
      dbPath,
      dbListen,
      logLevel,
      warnings,
    },
  };
}

function browserOf(setting = "off"): string | null {
  return setting === "off" ? null : setting;
}

function readBaseline(name: string, catalogue: Catalogue, problems: Problems): Model | null {
  const model = readModelName("baseline_model", name, catalogue, problems);
  if (model?.prices === "unpriced") {
    const message = `${model.id} has no price, so that savings cannot be measured against it`;
    problems.addUnlessKnown(["baseline_model"], message, "a model with prices");
  }
  return model;
}

function readModelName(key: string, name: string, catalogue: Catalogue, problems: Problems): Model | null {
  const model = catalogue.find(name);
  if (model !== undefined) return model;
  const known = catalogue.models.map(({ id }) => id);
  const message = `"${name}" is not a known model${didYouMean(name, known)}`;
  problems.addUnlessKnown([key], message, "a model of the catalogue, or a new one under models");
  return null;
}
