import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createService } from "../../src/app.ts";
import { parseConfig } from "../../src/config.ts";
import { createVerifier } from "../../src/quality/verifier.ts";
import { DEADLINE_MS } from "./cases.ts";
import type { Peer } from "./peers.d.mts";

/**
 * Signalbox as its users have it: the vendors' SDKs, the ledger, the checks of the task. It streams inside whatever its caller
 * wants, so it has one transport. Each question gets a ledger of its own: what one case does to a model's health must not help,
 * or hurt, the next.
 */
export function signalbox(env: Readonly<Record<string, string>>): Peer {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-faults-"));
  const parsed = parseConfig(null, env);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { config } = parsed;
  const verifier = createVerifier();
  const shared = { verify: verifier.verify.bind(verifier), close: () => Promise.resolve() };
  let ledgers = 0;
  return {
    name: "Signalbox",
    short: "Signalbox",
    async ask({ candidates, system, prompt }) {
      ledgers += 1;
      const service = createService(config, join(folder, `${ledgers}.sqlite`), { verifier: shared });
      const outcome = await service.route(
        {
          task: "planning",
          prompt,
          context: { system },
          models: candidates.map(({ id }) => id),
          deadline_ms: DEADLINE_MS,
          on_below_quality: "error",
        },
        { signal: new AbortController().signal },
      );
      await service.close();
      if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
      return outcome.value.text;
    },
    async close() {
      await verifier.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
