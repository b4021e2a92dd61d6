import type { FixedResource } from "../resource.ts";

export const spendResource: FixedResource = {
  kind: "fixed",
  name: "spend",
  uri: "signalbox://spend",
  title: "Spend by day",
  description: "Requests, cost, baseline and savings in USD, in total and per day",
  changes: true,
  read: (service) => service.spendReport({ group_by: "day" }),
};
