import "better-sqlite3";
import { expect, it } from "vitest";
import { systemClock } from "../../src/app.ts";
import type { Verifier } from "../../src/core/ports.ts";
import { FIRST, KEYS } from "../support/routed.ts";
import { sandboxService } from "../support/sandbox-service.ts";
import { answers, scriptedProviders } from "../support/scripted-provider.ts";

const VERDICT = { status: "unchecked", basis: null, summary: "not looked at", score: null, checks: [] } as const;

it("the verifier is told who asks, in a single call and in a batch", async () => {
  const principals: (string | null)[] = [];
  const verifier: Verifier = {
    verify: async (_answer, { principal }) => {
      principals.push(principal);
      return VERDICT;
    },
    close: async () => undefined,
  };
  const replies = Array.from({ length: 4 }, () => answers("red and green"));
  const { create } = scriptedProviders({ [FIRST]: replies }, systemClock);
  const app = await sandboxService({ env: KEYS }, {}, { createProvider: create, verifier });
  const input = { task: "general", prompt: "Name the colours of signals.", models: [FIRST] };
  const options = { signal: new AbortController().signal };
  await app.service.route(input, options);
  await app.service.as("alice").route(input, options);
  await app.service.as("bob").routeBatch({ tasks: [input] }, options);
  const receipts = await Promise.all(["alice", "bob"].map((name) => app.service.as(name).recentRouteIds("")));
  await app.close();
  expect(principals).toEqual([null, "alice", "bob"]);
  // The ledger keeps the same.
  expect(receipts.map((ids) => ids.length)).toEqual([1, 1]);
});
