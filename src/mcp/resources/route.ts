import type { ResourceFamily } from "../resource.ts";

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
