import { programFile } from "../checks/kit/program-file.ts";
import type { Verifier } from "../core/ports.ts";
import type { SchemaChecker } from "./schema-checker.ts";

/** Checks answers and schemas. */
export interface Checking {
  readonly verifier: Verifier;
  /** What is wrong with each of some JSON Schemas, or `null`; within so many milliseconds for all of them. */
  readonly schemaProblems: SchemaChecker;
}

interface Schemas {
  readonly problems: SchemaChecker;
  close(): Promise<void>;
}

/** Checks in worker threads. Loaded with the first answer to check, so that a client that only lists tools need not wait for it. */
export function lazyChecking(browser: string | null = null): Checking {
  let verifier: Promise<Verifier> | null = null;
  let schemas: Promise<Schemas> | null = null;
  return {
    verifier: {
      // What is loaded here would be loaded for the answer anyway.
      warmUp: (request) => void (verifier ??= loadVerifier(browser)).then((loaded) => loaded.warmUp?.(request)),
      verify: async (...asked) => (await (verifier ??= loadVerifier(browser))).verify(...asked),
      close: async () => {
        await Promise.all([(await verifier)?.close(), (await schemas)?.close()]);
      },
    },
    schemaProblems: async (...asked) => (await (schemas ??= loadSchemas())).problems(...asked),
  };
}

async function loadVerifier(browser: string | null): Promise<Verifier> {
  const { createVerifier } = await import("./verifier.ts");
  return createVerifier({ browser });
}

/** In threads of their own: a request that brings a schema need not wait until an answer has been checked. */
async function loadSchemas(): Promise<Schemas> {
  const [{ workerPool }, { schemaChecker }] = await Promise.all([
    import("./worker-pool/pool.ts"),
    import("./schema-checker.ts"),
  ]);
  const workers = workerPool({ table: SCHEMA_TABLE, maxThreads: SCHEMA_THREADS });
  return { problems: schemaChecker(workers), close: () => workers.close() };
}

/** Two: a principal whose schemas take long holds one of them at the most. */
const SCHEMA_THREADS = 2;
const SCHEMA_TABLE = programFile("verify/schema-table").href;
