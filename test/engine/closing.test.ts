import "better-sqlite3";
import { beforeAll, expect, it } from "vitest";
import { systemClock } from "../../src/app.ts";
import { openLedger } from "../../src/ledger/ledger.ts";
import { HERE } from "../cases/request.ts";
import { FIRST, KEYS, warmUp } from "../support/routed.ts";
import { sandboxService } from "../support/sandbox-service.ts";
import { scriptedProviders } from "../support/scripted-provider.ts";

beforeAll(warmUp);

it("a service that closes cancels what runs, settles it, and only then closes the ledger", async () => {
  const { create, calls } = scriptedProviders({ [FIRST]: [[{ say: "Signals" }, "hang"]] }, systemClock);
  const config = { budgets: { day_usd: 50 } };
  const app = await sandboxService({ env: KEYS }, config, { createProvider: create, verifier: HERE });
  const { signal } = new AbortController();
  const input = { task: "general", prompt: "What are signals for?", models: [FIRST] };
  const running = [
    app.service.route({ ...input, deadline_ms: 60_000 }, { signal }),
    app.service.routeBatch({ tasks: [input, input], budget_usd: 3, deadline_ms: 60_000 }, { signal }),
  ];
  await expect.poll(() => calls.length, { timeout: 10_000 }).toBe(3);
  await app.service.close();
  const [one, batch] = await Promise.all(running);
  expect(one).toMatchObject({ ok: false, error: { code: "cancelled" } });
  expect(batch).toMatchObject({ value: { totals: { failed: 2 } } });

  const ledger = openLedger({ path: app.dbPath, storeText: false });
  const { budgets } = await ledger.recent([{ scope: { kind: "day" }, limitNanoUsd: 5e9 }], Date.now());
  expect(budgets[0]?.heldNanoUsd).toBe(0);
  expect(budgets[0]?.spentNanoUsd).toBeGreaterThan(0);
  ledger.close();
  await app.close();
});
