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
  readonly expectedHeldNanoUsd: number;
  readonly integrity: string;
  /** What the ledger takes on the disk, indexes and space for new rows counted in. */
  readonly bytesPerRequest: number;
}

const WRITER = fileURLToPath(new URL("writer.ts", import.meta.url));
/** What each request reserves and costs. */
const HELD_NANO_USD = 1000;
const SPENT_NANO_USD = 400;
const AMPLE_NANO_USD = 1e15;

/** So many processes at once on one ledger and one day budget. */
export async function runInstances(
  address: string,
  instances: number,
  inFlight: number,
  forMs: number,
  what: "all" | "reserve" = "all",
): Promise<Rates> {
  const children = Array.from({ length: instances }, (_, index) =>
    fork(WRITER, [address, `i${index}`, String(inFlight), String(forMs), String(AMPLE_NANO_USD), what], {
      execArgv: [],
    }),
  );
  for (const child of children) {
    child.on("exit", (code) => {
      if (code !== 0) throw new Error(`a writer ended with ${code}`);
    });
  }
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
  const { integrity, sizeBytes } = await ledger.health(true);
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
    expectedNanoUsd: what === "all" ? (requests + instances) * SPENT_NANO_USD : 0,
    expectedHeldNanoUsd: what === "all" ? 0 : (requests + instances) * HELD_NANO_USD,
    integrity,
    bytesPerRequest: sizeBytes / (requests + instances),
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
  "bytes a request",
];

export function rateRow(ledger: string, rates: Rates): string[] {
  const figure = (samples: readonly number[], share: number): string =>
    samples.length === 0 ? "" : `${quantile(samples, share).toFixed(1)} ms`;
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
    rates.bytesPerRequest.toFixed(0),
  ];
}

/** What is wrong with the books; empty: nothing. */
export function brokenBooks(ledger: string, rates: Rates): readonly string[] {
  const { spentNanoUsd, heldNanoUsd, expectedNanoUsd, expectedHeldNanoUsd, integrity } = rates;
  const name = `${ledger}, ${rates.instances} instances`;
  return [
    ...(spentNanoUsd === expectedNanoUsd
      ? []
      : [`${name}: spent ${spentNanoUsd}, but the requests cost ${expectedNanoUsd}`]),
    ...(heldNanoUsd === expectedHeldNanoUsd ? [] : [`${name}: ${heldNanoUsd} held in place of ${expectedHeldNanoUsd}`]),
    ...(integrity === "ok" ? [] : [`${name}: ${integrity}`]),
  ];
}
