import type { FixedResource } from "../resource.ts";

export const modelsResource: FixedResource = {
  kind: "fixed",
  name: "models",
  uri: "signalbox://models",
  title: "Models",
  description: "The catalogue: prices, limits, availability, lifecycle and health of each model",
  changes: true,
  read: (service) => service.listModels({}),
};
