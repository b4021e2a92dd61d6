import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { openLedger } from "../../src/ledger/ledger.ts";
import { dayLimit } from "../../test/ledger/records.ts";
import { quantile } from "../stats.ts";
import type { Written } from "./writer.ts";

export interface Rates {
  readonly instances: number;
  readonly perSecond: number;
  readonly reserveMs: readonly number[];
  readonly settleMs: readonly number[];
  readonly again: number;
  /** Of the day, when all had ended. */
  readonly spentNanoUsd: number;
  readonly heldNanoUsd: number;
  /** What the requests that were made must have cost. */
  readonly expectedNanoUsd: number;
  readonly integrity: string;
}

const WRITER = fileURLToPath(new URL("writer.ts", import.meta.url));
const AMPLE_NANO_USD = 1e15;

/** So many processes at once on one ledger and one day budget. */
export async function runInstances(
  address: string,
  instances: number,
  inFlight: number,
  forMs: number,
): Promise<Rates> {
  const children = Array.from({ length: instances }, (_, index) =>
    fork(WRITER, [address, `i${index}`, String(inFlight), String(forMs), String(AMPLE_NANO_USD)], { execArgv: [] }),
  );
  await Promise.all(children.map((child) => once(child, "message")));
  const written = await Promise.all(
    children.map(async (child) => {
      const result = once(child, "message") as Promise<[Written]>;
      child.send("go");
      return (await result)[0];
    }),
  );
  const ledger = openLedger({ path: address, storeText: false, busyTimeoutMs: 60_000 });
  const [budget] = (await ledger.recent([dayLimit(AMPLE_NANO_USD)], Date.now())).budgets;
  const { integrity } = await ledger.health(true);
  ledger.close();
  const requests = written.reduce((sum, each) => sum + each.requests, 0);
  return {
    instances,
    perSecond: written.reduce((sum, each) => sum + (each.requests / each.tookMs) * 1000, 0),
    reserveMs: written.flatMap(({ reserveMs }) => reserveMs),
    settleMs: written.flatMap(({ settleMs }) => settleMs),
    again: written.reduce((sum, each) => sum + each.again, 0),
    spentNanoUsd: budget?.spentNanoUsd ?? -1,
    heldNanoUsd: budget?.heldNanoUsd ?? -1,
    // Each process has made one more to warm up.
    expectedNanoUsd: (requests + instances) * 400,
    integrity,
  };
}

export const RATE_HEAD = [
  "ledger",
  "instances",
  "requests/s",
  "reserve p50",
  "p99",
  "settle p50",
  "p99",
  "asked again",
];

export function rateRow(ledger: string, rates: Rates): string[] {
  const figure = (samples: readonly number[], share: number): string => `${quantile(samples, share).toFixed(1)} ms`;
  const { reserveMs, settleMs } = rates;
  return [
    ledger,
    String(rates.instances),
    rates.perSecond.toFixed(0),
    figure(reserveMs, 0.5),
    figure(reserveMs, 0.99),
    figure(settleMs, 0.5),
    figure(settleMs, 0.99),
    String(rates.again),
  ];
}

/** What is wrong with the books; empty: nothing. */
export function brokenBooks(ledger: string, rates: Rates): readonly string[] {
  const { spentNanoUsd, heldNanoUsd, expectedNanoUsd, integrity } = rates;
  const name = `${ledger}, ${rates.instances} instances`;
  return [
    ...(spentNanoUsd === expectedNanoUsd
      ? []
      : [`${name}: spent ${spentNanoUsd}, but the requests cost ${expectedNanoUsd}`]),
    ...(heldNanoUsd === 0 ? [] : [`${name}: ${heldNanoUsd} still held`]),
    ...(integrity === "ok" ? [] : [`${name}: ${integrity}`]),
  ];
}
