import { formatUsd } from "../../src/core/money.ts";
import type { KillReport } from "./run.ts";
import type { Sent } from "./fleet.ts";

const count = (sent: readonly Sent[], ending: Sent["ending"]): number =>
  sent.filter((each) => each.ending === ending).length;

/** The table of a run, one row for each figure. */
export function killRows(report: KillReport): string[][] {
  const { sent, audit, seen, settled } = report;
  const finished = audit.attempts - audit.dead;
  return [
    ["what", "figure"],
    ["processes, requests", `${report.plan.processes}, ${sent.length}`],
    ["kills", String(report.kills)],
    ["answered", String(count(sent, "answered"))],
    ["failed, typed", String(count(sent, "failed"))],
    ["refused by the budget", String(count(sent, "refused"))],
    ["of them: others hold the money, come back in …", String(heldBack(sent).length)],
    ["lost with their process", String(count(sent, "lost"))],
    ["cap", formatUsd(report.capNanoUsd)],
    ["billed by the vendors", formatUsd(report.billedNanoUsd)],
    ["ledger: spent", formatUsd(settled.spentNanoUsd)],
    ["of it presumed for dead processes", `${formatUsd(audit.deadNanoUsd)} (${audit.dead} attempts)`],
    ["billed of those", formatUsd(audit.deadBilledNanoUsd)],
    [
      "ledger: held after the next request on that day; on another day",
      `${formatUsd(report.heldThatDay)}; ${formatUsd(settled.heldNanoUsd)}`,
    ],
    [
      "most ever billed; settled and held",
      `${formatUsd(seen.mostBilledNanoUsd)}; ${formatUsd(seen.mostBookedNanoUsd)} (${seen.samples} samples)`,
    ],
    ["finished attempts that differ from their bill", `${audit.differences.length} of ${finished}`],
    ["attempts given up by time-out whose bill differs", String(audit.unheard.length)],
  ];
}

function heldBack(sent: readonly Sent[]): readonly Sent[] {
  return sent.filter((each) => each.ending === "refused" && /held by running calls/.test(each.message));
}

/** The promises that were not kept, of those that hold on any machine; empty: all were kept. */
export function brokenPromises(report: KillReport): readonly string[] {
  const { sent, audit, seen, settled, capNanoUsd: cap } = report;
  const expected = report.plan.processes * report.plan.requests;
  const booked = new Set(audit.routes.map(({ request }) => request.routeId));
  const reported = new Set([...sent.flatMap(({ routeId }) => routeId ?? []), ...report.comers]);
  const unreported = [...booked].filter((routeId) => !reported.has(routeId)).length;
  const unbooked = [...reported].filter((routeId) => !booked.has(routeId)).length;
  const promises: readonly (readonly [boolean, string])[] = [
    [sent.length === expected, `${expected - sent.length} requests came to no end`],
    [
      count(sent, "crashed") === 0,
      `${count(sent, "crashed")} requests failed without a typed failure: ${sent.find(({ ending }) => ending === "crashed")?.message}`,
    ],
    [report.kills > 0, "no process was killed"],
    [audit.dead > 0, "no process died with money held"],
    [seen.samples > 0, "no samples were taken while they ran"],
    [report.billedNanoUsd <= cap, "the vendors billed more than the cap"],
    [seen.mostBilledNanoUsd <= cap, "on the way the vendors billed more than the cap"],
    [seen.mostBookedNanoUsd <= cap, "on the way more was settled and held than the cap"],
    [seen.billAboveBooks === 0, `in ${seen.billAboveBooks} samples the vendors had billed more than was reserved`],
    [settled.spentNanoUsd <= cap, "the ledger spent more than the cap"],
    [settled.heldNanoUsd === 0, "money is still held when all leases have run out"],
    [unbooked === 0, `${unbooked} receipts that clients received are not in the ledger`],
    [
      unreported <= count(sent, "lost"),
      `${unreported} requests in the ledger, but only ${count(sent, "lost")} were lost`,
    ],
    [audit.running.length === 0, `${audit.running.length} requests are neither ended nor marked`],
    [audit.differences.length === 0, `ledger and bill differ: ${audit.differences.slice(0, 5).join("; ")}`],
    [count(sent, "answered") > 0, "no request was answered"],
    [count(sent, "refused") > 0, "the cap never refused a request"],
    [heldBack(sent).length > 0, "no refusal says that others hold the money"],
    [
      heldBack(sent).every(({ retryAfterMs }) => (retryAfterMs ?? 0) > 0),
      "a refusal because of others does not say when to come back",
    ],
  ];
  return promises.filter(([kept]) => !kept).map(([, message]) => message);
}

/** The same, plus two that need a machine with free CPU: the bill of time-outs, and the release of expired leases on a day whose money is spent. */
export function brokenPromisesInFull(report: KillReport): readonly string[] {
  const { unheard } = report.audit;
  return [
    ...brokenPromises(report),
    ...(unheard.length === 0 ? [] : [`time-outs whose bill differs: ${unheard.slice(0, 3).join("; ")}`]),
    ...(report.heldThatDay === 0
      ? []
      : ["a request that the budget refused has not released what dead processes held"]),
  ];
}
