import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createService } from "../../src/app.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { createVerifier } from "../../src/verify/verifier.ts";
import { planning } from "../../src/sandbox/answers/planning.ts";
import { DEADLINE_MS, VENDORS, type Question } from "./cases.ts";
import { modelOf } from "./models.ts";
import type { Peer } from "./peers.d.mts";

const WARM_UP_MS = 60_000;
type PeerQuestion = Omit<Question, "transport">;

/**
 * Signalbox as its users run it: the vendors' SDKs, the ledger, the checks of the task. Inside it always streams, so it has one
 * transport. Each question gets its own ledger: the effect of one case on a model's health must not help or hurt the next.
 */
export async function signalbox(env: Readonly<Record<string, string>>): Promise<Peer> {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-faults-"));
  // No config: a defective plan is failed by a fact, and a sound one is taken though no plan can be verified.
  const parsed = parseConfig("{}", env);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { config } = parsed;
  const verifier = createVerifier();
  const shared = { verify: verifier.verify.bind(verifier), close: () => Promise.resolve() };
  let ledgers = 0;
  const ask = async ({ candidates, system, prompt }: PeerQuestion, deadlineMs: number): Promise<string> => {
    ledgers += 1;
    const service = createService(config, join(folder, `${ledgers}.sqlite`), { verifier: shared });
    const outcome = await service.route(
      {
        task: "planning",
        prompt,
        context: { system },
        models: candidates.map(({ id }) => id),
        deadline_ms: deadlineMs,
        on_below_quality: "error",
      },
      { signal: new AbortController().signal },
    );
    await service.close();
    if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
    return outcome.value.text;
  };
  // A server that has just started takes its time to load SDKs and checks; that is measured elsewhere.
  const well = VENDORS.map((vendor) => ({ candidates: [modelOf(vendor)], system: "", prompt: planning.prompt }));
  await Promise.all(well.map((question) => ask(question, WARM_UP_MS)));
  return {
    name: "Signalbox",
    short: "Signalbox",
    ask: (question) => ask(question, DEADLINE_MS),
    async close() {
      await verifier.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
