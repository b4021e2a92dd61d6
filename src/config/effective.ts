import { scopeName, type BudgetLimit } from "../core/budget.ts";
import { usdFromNano } from "../core/money.ts";
import type { Task, TaskCheck } from "../core/task.ts";
import type { Config, ProviderSettings } from "./types.ts";

/**
 * What file, environment and defaults come to, in the file's own spelling where it has one. No key and no header's value is in it: of a
 * provider it says where its keys come from. Models have a command of their own.
 */
export function effectiveConfig(config: Config, ledger: string): object {
  const { defaults, exploration, http } = config;
  return {
    ledger,
    log_level: config.logLevel,
    budgets: [...config.budgets.map(budgetOf), ...config.eachPrincipal.map(eachOf)],
    baseline_model: config.baselineModel.id,
    baseline_share: config.baselineShare,
    outcome_share: config.outcomeShare,
    defaults: {
      deadline_ms: defaults.deadlineMs,
      budget_usd: defaults.budgetNanoUsd === null ? null : usdFromNano(defaults.budgetNanoUsd),
      max_output_tokens: defaults.maxOutputTokens,
      result_chars: defaults.resultChars,
    },
    approval_usd: config.approvalNanoUsd === null ? null : usdFromNano(config.approvalNanoUsd),
    exploration: { share: exploration.share, day_usd: usdFromNano(exploration.dayNanoUsd) },
    privacy: { store_text: config.storeText },
    allow_unpriced: config.allowUnpriced,
    checks: { browser: config.browser ?? "off" },
    files: { roots: config.files.roots, per_principal: Object.fromEntries(config.files.perPrincipal) },
    http: {
      token: http.token === null ? "not set" : "set",
      allowed_hosts: http.allowedHosts,
      allowed_origins: http.allowedOrigins,
      requests_per_minute: http.requestsPerMinute,
      max_sessions: http.maxSessions,
      session_idle_ms: http.sessionIdleMs,
      oauth: http.oauth === null ? null : { issuer: http.oauth.issuer, audience: http.oauth.audience },
    },
    providers: Object.fromEntries(config.providers.map((provider) => [provider.id, providerOf(provider)])),
    tasks: [...config.tasks.values()].map(taskOf),
  };
}

function budgetOf({ scope, limitNanoUsd }: BudgetLimit): object {
  return { scope: scopeName(scope), limit_usd: usdFromNano(limitNanoUsd) };
}

function eachOf({ per, limitNanoUsd }: Config["eachPrincipal"][number]): object {
  return { scope: `each principal per ${per}`, limit_usd: usdFromNano(limitNanoUsd) };
}

function providerOf(provider: ProviderSettings): object {
  const { kind, off, baseUrl, keys, headers, params, stream, limits, region, project } = provider;
  return {
    kind,
    state: off === null ? "on" : `off: ${off}`,
    base_url: baseUrl,
    keys_from: keys.map(({ from }) => from),
    headers: Object.keys(headers),
    params,
    stream,
    ...(region === null ? {} : { region }),
    ...(project === null ? {} : { project }),
    limits: { concurrency: limits.concurrency, requests_per_minute: limits.requestsPerMinute },
  };
}

function taskOf(task: Task): object {
  return {
    id: task.id,
    candidates: task.candidates,
    min_quality: task.minQuality,
    optimize: task.optimize,
    max_output_tokens: task.maxOutputTokens,
    checks: task.checks.map(checkOf),
    on_unchecked: task.onUnchecked ?? ["accept"],
    repair: task.repair ?? true,
    ...(task.judges === undefined ? {} : { judges: task.judges }),
    ...(task.testWriters === undefined ? {} : { test_writers: task.testWriters }),
    ...(task.when === undefined ? {} : { when: task.when }),
  };
}

function checkOf({ check, own }: TaskCheck): string {
  return own === undefined ? check : `${own.name} (${own.kind})`;
}
