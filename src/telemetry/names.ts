/**
 * Every name that traces and metrics use. Those that begin with gen_ai follow the semantic conventions for generative AI of OpenTelemetry
 * (https://github.com/open-telemetry/semantic-conventions-genai), which are still moving: a change of theirs is a change of this file.
 */
export const ATTRIBUTES = {
  operation: "gen_ai.operation.name",
  provider: "gen_ai.provider.name",
  requestModel: "gen_ai.request.model",
  maxTokens: "gen_ai.request.max_tokens",
  stream: "gen_ai.request.stream",
  inputTokens: "gen_ai.usage.input_tokens",
  cacheReadTokens: "gen_ai.usage.cache_read.input_tokens",
  cacheWriteTokens: "gen_ai.usage.cache_creation.input_tokens",
  outputTokens: "gen_ai.usage.output_tokens",
  reasoningTokens: "gen_ai.usage.reasoning.output_tokens",
  timeToFirstChunk: "gen_ai.response.time_to_first_chunk",
  tokenType: "gen_ai.token.type",
  evaluationName: "gen_ai.evaluation.name",
  evaluationScore: "gen_ai.evaluation.score.value",
  evaluationLabel: "gen_ai.evaluation.score.label",
  errorType: "error.type",
  httpStatus: "http.response.status_code",
  routeId: "signalbox.route.id",
  task: "signalbox.task",
  model: "signalbox.model",
  role: "signalbox.attempt.role",
  outcome: "signalbox.attempt.outcome",
  status: "signalbox.status",
  verdict: "signalbox.verdict",
  basis: "signalbox.verdict.basis",
  attempts: "signalbox.attempts",
  plan: "signalbox.plan.models",
  costUsd: "signalbox.cost_usd",
  costIsEstimated: "signalbox.cost_is_estimated",
  baselineUsd: "signalbox.baseline_usd",
  budgetUsd: "signalbox.budget_usd",
  scope: "signalbox.budget.scope",
} as const;

export const EVENTS = { evaluation: "gen_ai.evaluation.result" } as const;

export const OPERATION_CHAT = "chat";
export const SCOPE_NAME = "signalbox";

/** Each metric with its unit (UCUM) and what it says. */
export const METRICS = {
  operationDuration: {
    name: "gen_ai.client.operation.duration",
    unit: "s",
    description: "How long a call of a model took",
  },
  timeToFirstChunk: {
    name: "gen_ai.client.operation.time_to_first_chunk",
    unit: "s",
    description: "How long the first token of a call took",
  },
  tokenUsage: { name: "gen_ai.client.token.usage", unit: "{token}", description: "Tokens of a call of a model" },
  requests: { name: "signalbox.requests", unit: "{request}", description: "Requests that ended, by how" },
  requestDuration: { name: "signalbox.request.duration", unit: "s", description: "How long a request took" },
  attempts: { name: "signalbox.attempts", unit: "{attempt}", description: "Calls of models, by outcome" },
  verdicts: { name: "signalbox.verdicts", unit: "{verdict}", description: "Verdicts on answers" },
  cost: { name: "signalbox.cost", unit: "{USD}", description: "What calls have cost, US dollars" },
  saved: {
    name: "signalbox.saved",
    unit: "{USD}",
    description: "Baseline less cost of accepted requests, US dollars; may fall",
  },
  budgetLimit: { name: "signalbox.budget.limit", unit: "{USD}", description: "Limit of a budget, US dollars" },
  budgetSpent: { name: "signalbox.budget.spent", unit: "{USD}", description: "Spent of a budget, US dollars" },
  budgetHeld: { name: "signalbox.budget.held", unit: "{USD}", description: "Held by running calls, US dollars" },
  breakerOpen: {
    name: "signalbox.breaker.open",
    unit: "1",
    description: "Whether a model is skipped: 1 open, 0.5 half open, 0 closed",
  },
} as const;

/** Bounds of the histograms, as the conventions advise. */
export const SECONDS_BOUNDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
export const TOKEN_BOUNDS = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216];

/** The conventions' words for the vendors; any other provider goes by its name in the config. */
const PROVIDER_NAMES: ReadonlyMap<string, string> = new Map([
  ["anthropic", "anthropic"],
  ["openai", "openai"],
  ["google", "gcp.gemini"],
  ["together", "together_ai"],
]);

export function providerName(provider: string): string {
  return PROVIDER_NAMES.get(provider) ?? provider;
}
