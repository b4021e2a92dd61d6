import { freeError } from "../result.ts";
import type { ResourceFamily } from "../resource.ts";

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
