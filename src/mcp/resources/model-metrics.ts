import type { ResourceFamily } from "../resource.ts";

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
