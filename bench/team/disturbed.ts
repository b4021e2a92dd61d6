import { setTimeout as delay } from "node:timers/promises";
import type { DisturbedLedger } from "../kill/run.ts";
import { between, type Random } from "../random.ts";
import { startPostgres, type PostgresServer } from "../../test/support/postgres-server.ts";
import { startProxy, type TcpProxy } from "../../test/support/tcp-proxy.ts";

type Programs = Parameters<typeof startPostgres>[0];

export interface Disturbed {
  readonly ledger: DisturbedLedger;
  /** How often the server was ended, and all connections cut. */
  counts(): { readonly restarts: number; readonly cuts: number };
  close(): Promise<void>;
}

const CUT_EVERY_MS = { least: 400, most: 1500 };
const RESTART_EVERY_MS = 8000;
const AWAY_MS = 1000;

/** A server that is ended as by a crash and started again, behind a wire that is cut at random. */
export async function startDisturbed(
  programs: Programs,
  dir: string,
  settings: readonly string[],
  random: Random,
): Promise<Disturbed> {
  let server: PostgresServer = await startPostgres(programs, dir, settings);
  const proxy: TcpProxy = await startProxy(server.port);
  const counts = { restarts: 0, cuts: 0 };
  const cut = async (stop: AbortSignal): Promise<void> => {
    while (!stop.aborted) {
      await delay(between(random, CUT_EVERY_MS.least, CUT_EVERY_MS.most));
      // At times what the server has done is lost on its way back.
      proxy.mode = random() < 0.5 ? "mute" : "pass";
      if (proxy.mode === "mute") await delay(50);
      proxy.mode = "pass";
      proxy.cut();
      counts.cuts += 1;
    }
  };
  const restart = async (stop: AbortSignal): Promise<void> => {
    while (!stop.aborted) {
      await delay(RESTART_EVERY_MS);
      if (stop.aborted) return;
      await server.stop("crash");
      await delay(AWAY_MS);
      server = await startPostgres(programs, dir, settings, server.port);
      counts.restarts += 1;
    }
  };
  return {
    ledger: {
      address: `postgres://postgres@127.0.0.1:${proxy.port}/postgres?schema=killed`,
      soundAddress: `postgres://postgres@127.0.0.1:${server.port}/postgres?schema=killed`,
      disturb: async (stop) => void (await Promise.all([cut(stop), restart(stop)])),
    },
    counts: () => counts,
    close: async () => {
      await proxy.close();
      await server.stop("order");
    },
  };
}
