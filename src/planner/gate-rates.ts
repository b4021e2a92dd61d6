import type { PlanStep, StepCell, TableRow } from "./plan-table.ts";

/** How often a check accepts the answers of a step: right ones, and wrong ones. */
interface GateRates {
  readonly acceptsRight: number;
  readonly acceptsWrong: number;
}

/** Right (or wrong) answers that the rates of all steps of a kind are worth beside a step's own. */
const SHARED_MASS = 10;

/**
 * The rows with each recorded acceptance replaced by its expectation: how often this step's answers are accepted when they are as right as
 * here. What the check said of a single answer is mostly chance, and of two plans of equal worth that chance would choose the one that was
 * lucky. A step's rates lean on those of all steps of its kind. Rows that were modelled stay as they are.
 */
export function withGateRates(steps: readonly PlanStep[], rows: readonly TableRow[]): readonly TableRow[] {
  const observed = rows.filter(({ modelled }) => !modelled);
  const counts = steps.map((_, index) => countOf(observed, index));
  const rates = steps.map(({ kind }, index): GateRates => {
    const shared = counts.filter((_, other) => steps[other]?.kind === kind);
    return ratesOf(counts[index] ?? NO_COUNT, shared.reduce(plus, NO_COUNT));
  });
  return rows.map((row) =>
    row.modelled ? row : { ...row, cells: row.cells.map((cell, index) => expected(cell, rates[index])) },
  );
}

interface GateCount {
  readonly right: number;
  readonly rightAccepted: number;
  readonly wrong: number;
  readonly wrongAccepted: number;
}

const NO_COUNT: GateCount = { right: 0, rightAccepted: 0, wrong: 0, wrongAccepted: 0 };

function countOf(rows: readonly TableRow[], step: number): GateCount {
  let [right, rightAccepted, wrong, wrongAccepted] = [0, 0, 0, 0];
  for (const { cells, boundWeight } of rows) {
    const cell = cells[step];
    if (cell === undefined) continue;
    const score = scoreOf(cell);
    right += boundWeight * score;
    rightAccepted += boundWeight * score * cell.accept;
    wrong += boundWeight * (1 - score);
    wrongAccepted += boundWeight * (1 - score) * cell.accept;
  }
  return { right, rightAccepted, wrong, wrongAccepted };
}

function plus(a: GateCount, b: GateCount): GateCount {
  return {
    right: a.right + b.right,
    rightAccepted: a.rightAccepted + b.rightAccepted,
    wrong: a.wrong + b.wrong,
    wrongAccepted: a.wrongAccepted + b.wrongAccepted,
  };
}

function ratesOf(own: GateCount, shared: GateCount): GateRates {
  const rate = (accepted: number, of: number, sharedAccepted: number, ofShared: number): number =>
    ofShared === 0 ? 0 : (accepted + (SHARED_MASS * sharedAccepted) / ofShared) / (of + SHARED_MASS);
  return {
    acceptsRight: rate(own.rightAccepted, own.right, shared.rightAccepted, shared.right),
    acceptsWrong: rate(own.wrongAccepted, own.wrong, shared.wrongAccepted, shared.wrong),
  };
}

function expected(cell: StepCell, rates: GateRates | undefined): StepCell {
  if (rates === undefined) return cell;
  const score = scoreOf(cell);
  const accept = score * rates.acceptsRight + (1 - score) * rates.acceptsWrong;
  return { ...cell, accept, scoreAccepted: score, scoreRejected: score };
}

function scoreOf({ accept, scoreAccepted, scoreRejected }: StepCell): number {
  return accept * scoreAccepted + (1 - accept) * scoreRejected;
}
