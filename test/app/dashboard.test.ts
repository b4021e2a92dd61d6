import { expect, it } from "vitest";
import { ledgerWithRequests } from "../view/support/ledger-with-requests.ts";

it("the owner sees the requests of all on the dashboard, a principal its own alone", async () => {
  const { service } = await ledgerWithRequests();
  const seen = async (principal: string | null) => {
    const dashboard = await service.as(principal).dashboard(7);
    if (!dashboard.ok) throw new Error(dashboard.error.message);
    return dashboard.value;
  };
  const owners = await seen(null);
  expect(owners).toMatchObject({ principal: null, days: 7, report: { requests: 6 }, totals: { requests: 6 } });
  expect(owners.by_day).toHaveLength(7);
  expect(owners.recent).toHaveLength(6);
  expect(owners.by_task.reduce((sum, { cost_usd: cost }) => sum + cost, 0)).toBeCloseTo(owners.totals.cost_usd, 12);
  expect(owners.budgets.map(({ scope }) => scope)).toEqual(["day", "task code_generation per month"]);
  const anns = await seen("ann");
  expect(anns).toMatchObject({ principal: "ann", report: { requests: 1 }, totals: { requests: 1 } });
  expect(anns.recent.map(({ task }) => task)).toEqual(["general"]);
  expect(anns.models.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(1);
  expect((await seen("bob")).recent).toEqual([]);
  expect(JSON.stringify(owners)).not.toContain("signal box?");
});
