import type { Verifier } from "../core/ports.ts";
import type { CheckRunner } from "./run-check.ts";

/** Checks answers and schemas. */
export interface Checking {
  readonly verifier: Verifier;
  /** What is wrong with a JSON Schema, or `null`; within so many milliseconds. */
  schemaProblem(schema: Readonly<Record<string, unknown>>, withinMs: number): Promise<string | null>;
}

/** Checks in worker threads. Loaded with the first answer to check, so that a client that only lists tools need not wait for it. */
export function lazyChecking(browser: string | null = null): Checking {
  let loaded: Promise<{ readonly workers: CheckRunner; readonly verifier: Verifier }> | null = null;
  const load = (): NonNullable<typeof loaded> => (loaded ??= loadChecking(browser));
  return {
    verifier: {
      verify: async (answer, request, signal) => (await load()).verifier.verify(answer, request, signal),
      close: async () => (await loaded)?.verifier.close(),
    },
    schemaProblem: async (schema, withinMs) => {
      const [{ usableSchema }, { workers }] = await Promise.all([import("./usable-schema.ts"), load()]);
      return usableSchema(schema, workers, withinMs);
    },
  };
}

async function loadChecking(
  browser: string | null,
): Promise<{ readonly workers: CheckRunner; readonly verifier: Verifier }> {
  const [{ workerPool }, { createVerifier }] = await Promise.all([
    import("./worker-pool/pool.ts"),
    import("./verifier.ts"),
  ]);
  const workers = workerPool();
  return { workers, verifier: createVerifier({ workers, browser }) };
}
