import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createService, type AppDeps } from "../../src/app.ts";
import { parseConfig } from "../../src/config/parse.ts";
import type { Service } from "../../src/core/service.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";

export interface SandboxService {
  readonly service: Service;
  readonly dbPath: string;
  close(): Promise<void>;
}

/** The whole product on sandbox providers and a ledger file of its own, or on one that others use too. */
export async function sandboxService(
  sandbox: Pick<Sandbox, "env">,
  config: Record<string, unknown> = {},
  deps: AppDeps = {},
  shared: string | null = null,
): Promise<SandboxService> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-"));
  const dbPath = shared ?? join(folder, "ledger.sqlite");
  const parsed = parseConfig(JSON.stringify(config), sandbox.env);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const service = createService(parsed.config, dbPath, deps);
  return {
    service,
    dbPath,
    async close() {
      await service.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
