import { expect, test } from "vitest";
import type { RouteOutput } from "../../src/core/contract.ts";
import { receiptLine } from "../../src/mcp/receipt.ts";
import { fakeService } from "../support/fake-service.ts";

async function output(changes: Partial<RouteOutput>): Promise<RouteOutput> {
  const outcome = await fakeService().route(
    { task: "code", prompt: "hello" },
    { signal: new AbortController().signal },
  );
  if (!outcome.ok) throw new Error(outcome.error.message);
  return { ...outcome.value, ...changes };
}

test("says when routing cost more than the baseline", async () => {
  const line = receiptLine(await output({ baseline: { model: "cheap-1", cost_usd: 0.0023, saved_usd: -0.01 } }));
  expect(line).toContain("$0.0100 more than cheap-1");
});

test("says nothing of savings where there is no baseline", async () => {
  expect(receiptLine(await output({ baseline: null }))).not.toContain("saved");
});

test("marks an estimated cost and an unchecked answer", async () => {
  const verdict = { status: "unchecked", basis: null, summary: "", score: null } as const;
  const line = receiptLine(await output({ cost_is_estimated: true, verdict: { ...verdict, checks: [] } }));
  expect(line).toContain("· unchecked · about $0.0123 ·");
});

test("counts one attempt as one", async () => {
  const { attempts } = await output({});
  expect(receiptLine(await output({ attempts: attempts.slice(0, 1) }))).toContain("· 1 attempt ·");
});
