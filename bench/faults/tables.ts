import type { Fault } from "../../src/sandbox/faults.ts";
import { PLACES, TRANSPORTS, VENDORS, type Case } from "./cases.ts";
import type { Ended, Played } from "./run.ts";

/** The result of one contender. */
export interface Result {
  readonly name: string;
  /** For the heads of columns. */
  readonly short: string;
  readonly played: readonly Played[];
}

const ENDS = ["right", "failed", "wrong", "late"] as const satisfies readonly Ended[];
const INITIALS = { anthropic: "A", openai: "O", together: "T", google: "G" } as const;
type CaseFilter = (one: Case) => boolean;

function survivors({ played }: Result, isCounted: CaseFilter): string {
  const counted = played.filter((each) => isCounted(each.case));
  return `${counted.filter((each) => each.survived).length}/${counted.length}`;
}

/** The part of a result that is about these. */
export function only(results: readonly Result[], kinds: readonly Fault["kind"][]): readonly Result[] {
  return results.map((result) => ({
    ...result,
    played: result.played.filter((each) => kinds.includes(each.case.kind)),
  }));
}

/** Survived by kind and vendor: a tick where all of the places (and transports) were, else how many; empty where it cannot occur. */
export function byFault(results: readonly Result[], kinds: readonly Fault["kind"][]): readonly (readonly string[])[] {
  const head = ["fault", ...results.flatMap(({ short }) => VENDORS.map((vendor) => `${short} ${INITIALS[vendor]}`))];
  const cell = (result: Result, isCounted: CaseFilter): string => {
    const count = survivors(result, isCounted);
    const [survived, all] = count.split("/");
    if (all === "0") return "";
    return survived === all ? "✓" : count;
  };
  const rows = kinds.map((kind) => [
    `\`${kind}\``,
    ...results.flatMap((result) =>
      VENDORS.map((vendor) => cell(result, (one) => one.kind === kind && one.vendor === vendor)),
    ),
  ]);
  const totals = results.flatMap((result) =>
    VENDORS.map((vendor) => survivors(result, (one) => one.vendor === vendor)),
  );
  return [head, ...rows, ["all", ...totals]];
}

/** Totals by place, and how everything ended. */
export function totals(results: readonly Result[]): readonly (readonly string[])[] {
  const head = ["", "survived", "share", ...PLACES, "without `bad_answer`", ...ENDS, "slowest"];
  const rows = results.flatMap((result) => {
    const transports = TRANSPORTS.filter((transport) =>
      result.played.some((each) => each.case.transport === transport),
    );
    return transports.map((transport) => {
      const part = { ...result, played: result.played.filter((each) => each.case.transport === transport) };
      const share = part.played.filter((each) => each.survived).length / part.played.length;
      return [
        transports.length === 1
          ? result.name
          : `${result.name}, ${transport === "whole" ? "not streaming" : "streaming"}`,
        survivors(part, () => true),
        `${(100 * share).toFixed(1)}%`,
        ...PLACES.map((place) => survivors(part, (one) => one.place === place)),
        survivors(part, ({ kind }) => kind !== "bad_answer"),
        ...ENDS.map((end) => String(part.played.filter(({ ended }) => ended === end).length)),
        `${(Math.max(...part.played.map(({ tookMs }) => tookMs)) / 1000).toFixed(2)} s`,
      ];
    });
  });
  return [head, ...rows];
}
