import type { SignalboxResource } from "../resource.ts";
import { budgetResource } from "./budget.ts";
import { daySpendResource } from "./day-spend.ts";
import { metricsResource } from "./metrics.ts";
import { modelMetricsResource } from "./model-metrics.ts";
import { modelsResource } from "./models.ts";
import { policyResource } from "./policy.ts";
import { routeResource } from "./route.ts";
import { spendResource } from "./spend.ts";

/** All resources, in the order in which they are listed. */
export const resources: readonly SignalboxResource[] = [
  modelsResource,
  policyResource,
  metricsResource,
  modelMetricsResource,
  spendResource,
  daySpendResource,
  budgetResource,
  routeResource,
];
