import type { FixedResource } from "../resource.ts";

export const budgetResource: FixedResource = {
  kind: "fixed",
  name: "budget",
  uri: "signalbox://budget",
  title: "Budgets",
  description: "Each limit in USD, what is spent and what running calls hold",
  changes: true,
  read: (service) => service.budget(),
};
