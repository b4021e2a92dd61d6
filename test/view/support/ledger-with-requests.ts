import { onTestFinished } from "vitest";
import type { Service } from "../../../src/core/service.ts";
import { startSandbox } from "../../../src/sandbox/server.ts";
import { sandboxService } from "../../support/sandbox-service.ts";

/** A service on a ledger of real requests, and the ids of those that tell a story. */
export interface LedgerWithRequests {
  readonly service: Service;
  /** The first answer was rejected by its tests, its repair was verified. */
  readonly repaired: string;
  /** The first model was out of order, the next one answered. */
  readonly fallenBack: string;
}

const CONFIG = { budgets: { day_usd: 2, per_task: { code_generation: { month_usd: 0.5 } } }, baseline_share: 0 };
const MEDIAN = {
  task: "code_generation",
  prompt: "Write a JavaScript function median(numbers) that returns the median of a list.",
  accept: [{ call: "median([10, 9, 2, 1])", equals: 5.5 }],
};

/** Some requests of the owner and one of "ann", through every part of the product, on the sandbox. Ends with the test. */
export async function ledgerWithRequests(): Promise<LedgerWithRequests> {
  const sandbox = await startSandbox();
  const product = await sandboxService(sandbox, CONFIG);
  const { service } = product;
  onTestFinished(async () => {
    await product.close();
    await sandbox.close();
  });
  const route = async (input: Parameters<Service["route"]>[0], as: string | null = null): Promise<string> => {
    const routed = await service.as(as).route(input, { signal: new AbortController().signal });
    if (!routed.ok) return routed.error.code;
    return routed.value.route_id;
  };
  await route({ task: "general", prompt: "What is a signal box?" });
  await route({ task: "summarization", prompt: "Shorten: a signal box holds the levers of points and signals." });
  const [first = ""] = service.policy().find(({ task }) => task === "general")?.candidates ?? [];
  const models = await service.listModels({});
  const wireId = models.ok ? (models.value.models.find(({ id }) => id === first)?.wire_id ?? "") : "";
  sandbox.setFault(wireId, { kind: "unavailable" });
  const fallenBack = await route({ task: "general", prompt: "What does a signalman do?" });
  sandbox.setFault(wireId, null);
  sandbox.setFault("*", { kind: "bad_answer", times: 1 });
  const repaired = await route(MEDIAN);
  sandbox.setFault("*", { kind: "unavailable" });
  await route({ task: "translation", prompt: "Translate to French: the points are set." });
  sandbox.setFault("*", null);
  await route({ task: "general", prompt: "What is a semaphore?" }, "ann");
  return { service, repaired, fallenBack };
}
