import type { SignalboxResource, FixedResource, ResourceFamily } from "./define-resource.ts";
import { DASHBOARD_DAYS } from "../core/contract-dashboard.ts";
import { freeError } from "./define-tool.ts";

export const budgetResource: FixedResource = {
  kind: "fixed",
  name: "budget",
  uri: "signalbox://budget",
  title: "Budgets",
  description: "Each limit in USD, what is spent and what running calls hold",
  changes: true,
  read: (service) => service.budget(),
};

export const dashboardResource: ResourceFamily = {
  kind: "family",
  name: "dashboard",
  prefix: "signalbox://dashboard/",
  variable: "days",
  title: "Dashboard",
  description: `All that the view shows, of the last ${DASHBOARD_DAYS.join(", ")} days: spend, savings, success, latency, breakers, budgets`,
  complete: async (_service, written) => DASHBOARD_DAYS.map(String).filter((days) => days.startsWith(written)),
  changed: async () => DASHBOARD_DAYS.map(String),
  read: async (service, value) => {
    const days = DASHBOARD_DAYS.find((each) => String(each) === value);
    if (days !== undefined) return service.dashboard(days);
    const message = `"${value}" is no number of days; expected ${DASHBOARD_DAYS.join(", ")}`;
    return { ok: false, error: freeError("invalid_request", message) };
  },
};

export const daySpendResource: ResourceFamily = {
  kind: "family",
  name: "day_spend",
  prefix: "signalbox://spend/",
  variable: "day",
  title: "Spend of one day",
  description: "Requests, cost, baseline and savings of a day (YYYY-MM-DD, UTC), per model",
  complete: (service, written) => service.recentDays(written),
  // Only the newest day still grows.
  changed: async (service) => (await service.recentDays("")).slice(0, 1),
  read: async (service, day) => {
    if (!isDay(day)) {
      const message = `"${day}" is not a day; expected YYYY-MM-DD (UTC), as in signalbox://spend/2026-11-23`;
      return { ok: false, error: freeError("invalid_request", message) };
    }
    return service.spendReport({ since: day, until: day, group_by: "model" });
  },
};

/** A day of the calendar: `Date` would take February 30 for March 2. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const atMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text);
}

export const metricsResource: FixedResource = {
  kind: "fixed",
  name: "metrics",
  uri: "signalbox://metrics",
  title: "Metrics of all models",
  description: "Attempts, outcomes, cost and latency per model",
  changes: true,
  read: (service) => service.metrics(null),
};

export const modelMetricsResource: ResourceFamily = {
  kind: "family",
  name: "model_metrics",
  prefix: "signalbox://metrics/",
  variable: "model",
  title: "Metrics of one model",
  description: "Attempts, outcomes, cost and latency of a model",
  complete: async (service, written) => service.modelIds().filter((id) => id.startsWith(written)),
  changed: async (service) => service.modelIds(),
  read: (service, model) => service.metrics(model),
};

export const modelsResource: FixedResource = {
  kind: "fixed",
  name: "models",
  uri: "signalbox://models",
  title: "Models",
  description: "The catalogue: prices, limits, availability, lifecycle and health of each model",
  changes: true,
  read: (service) => service.listModels({}),
};

export const policyResource: FixedResource = {
  kind: "fixed",
  name: "policy",
  uri: "signalbox://policy",
  title: "Task policy",
  description: "The tasks of route_task: candidates in order, quality threshold, checks, limits",
  changes: false,
  read: async (service) => ({ ok: true, value: { tasks: service.policy() } }),
};

export const reportResource: FixedResource = {
  kind: "fixed",
  name: "report",
  uri: "signalbox://report",
  title: "What is promised, and what was kept",
  description: "Right model per task, requests saved, cost, latency and success, each with its target and mark",
  changes: true,
  read: async (service) => {
    const spend = await service.spendReport({});
    return spend.ok ? { ok: true, value: spend.value.report } : spend;
  },
};

export const routeResource: ResourceFamily = {
  kind: "family",
  name: "route",
  prefix: "signalbox://routes/",
  variable: "route_id",
  title: "Receipt of a request",
  description: "Everything recorded about a route_task call: plan, attempts, verdicts, cost, outcome",
  complete: (service, written) => service.recentRouteIds(written),
  changed: (service) => service.recentRouteIds(""),
  read: (service, routeId) => service.receipt(routeId),
};

export const spendResource: FixedResource = {
  kind: "fixed",
  name: "spend",
  uri: "signalbox://spend",
  title: "Spend by day",
  description: "Requests, cost, baseline and savings in USD, in total and per day",
  changes: true,
  read: (service) => service.spendReport({ group_by: "day" }),
};

/** All resources, in the order in which they are listed. */
export const resources: readonly SignalboxResource[] = [
  modelsResource,
  policyResource,
  metricsResource,
  modelMetricsResource,
  spendResource,
  daySpendResource,
  reportResource,
  budgetResource,
  dashboardResource,
  routeResource,
];
