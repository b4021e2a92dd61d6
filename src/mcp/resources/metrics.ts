import type { FixedResource } from "../resource.ts";

export const metricsResource: FixedResource = {
  kind: "fixed",
  name: "metrics",
  uri: "signalbox://metrics",
  title: "Metrics of all models",
  description: "Attempts, outcomes, cost and latency per model",
  changes: true,
  read: (service) => service.metrics(null),
};
