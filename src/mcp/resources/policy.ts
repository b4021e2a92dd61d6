import type { FixedResource } from "../resource.ts";

export const policyResource: FixedResource = {
  kind: "fixed",
  name: "policy",
  uri: "signalbox://policy",
  title: "Task policy",
  description: "The tasks of route_task: candidates in order, quality threshold, checks, limits",
  changes: false,
  read: async (service) => ({ ok: true, value: { tasks: service.policy() } }),
};
