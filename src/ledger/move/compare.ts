import { SignalboxError } from "../../core/errors.ts";
import type { MovedFigures, MovedState } from "./rows.ts";

/** All that must be equal: sums as they are kept, and what attempts and requests add up to. */
type Compared = Pick<MovedState, "spend_sums" | "attempt_sums" | "failure_sums" | "caller_savings"> & MovedFigures;

/** By what the rows of each are told apart. */
const KEYS: Readonly<Record<keyof Compared, readonly string[]>> = {
  attempts: ["principal", "task", "day"],
  requests: ["principal", "task", "day"],
  spend_sums: ["principal", "dimension", "name", "day"],
  attempt_sums: ["model", "provider", "task"],
  failure_sums: ["model", "provider", "kind"],
  caller_savings: ["principal", "task", "model", "provider", "day"],
};
/** What is held is counted by one of them alone. */
const NOT_COMPARED: ReadonlySet<string> = new Set(["shard", "held_nano_usd"]);

/** Throws `ledger_unavailable` that names the first figure that differs. */
export function requireEqual(source: Compared, target: Compared): void {
  for (const name of Object.keys(KEYS) as (keyof Compared)[]) {
    const [there, here] = [figuresOf(name, source[name]), figuresOf(name, target[name])];
    for (const [key, value] of there) if (here.get(key) !== value) throw differs(key, value, here.get(key) ?? 0);
    for (const [key, value] of here) if (!there.has(key)) throw differs(key, 0, value);
  }
}

/** Every figure but those that are 0, by what it is. */
function figuresOf(name: keyof Compared, rows: readonly object[]): ReadonlyMap<string, number> {
  const figures = new Map<string, number>();
  for (const row of rows) {
    const values = Object.entries(row) as [string, string | number][];
    const at = values.filter(([column]) => KEYS[name].includes(column)).map(([column, value]) => `${column} ${value}`);
    for (const [column, value] of values) {
      if (KEYS[name].includes(column) || NOT_COMPARED.has(column) || value === 0) continue;
      figures.set(`${column} of ${name} (${at.toSorted().join(", ")})`, Number(value));
    }
  }
  return figures;
}

function differs(figure: string, there: number, here: number): SignalboxError<"ledger_unavailable"> {
  return new SignalboxError(
    "ledger_unavailable",
    `The copy differs from its source: ${figure} is ${there} in the source and ${here} in the copy. The copy was not completed. ` +
      "If others write to the source or prune it, stop them; then delete what was copied and move again",
  );
}
