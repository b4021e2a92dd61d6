import type { BudgetLimit, BudgetPeriod, PrincipalLimit } from "../core/budget.ts";
import { nanoFromUsd } from "../core/money.ts";
import { didYouMean } from "../checks/kit/suggest.ts";
import type { BudgetRow, ConfigFile } from "./file.ts";
import type { Path, Problems } from "./problem.ts";

/** The limits of the file, each on its scope. A limit of 0 lets free models through and nothing else. */
export function readBudgets(
  budgets: NonNullable<ConfigFile["budgets"]>,
  tasks: readonly string[],
  providers: readonly string[],
  problems: Problems,
): readonly BudgetLimit[] {
  const perTask = Object.entries(budgets.per_task ?? {});
  const perProvider = Object.entries(budgets.per_provider ?? {});
  refuseDayAbove(budgets, ["budgets"], problems);
  refuseDayAbove(budgets.each_principal ?? {}, ["budgets", "each_principal"], problems);
  for (const part of ["per_task", "per_provider", "per_principal"] as const) {
    for (const [name, row] of Object.entries(budgets[part] ?? {}))
      refuseDayAbove(row, ["budgets", part, name], problems);
  }
  requireKnown(perTask, tasks, "task", ["budgets", "per_task"], problems);
  requireKnown(perProvider, providers, "provider", ["budgets", "per_provider"], problems);
  return [
    ...limitsOf(budgets, (kind) => ({ kind })),
    ...perTask.flatMap(([task, row]) => limitsOf(row, (per) => ({ kind: "task", task, per }))),
    ...perProvider.flatMap(([provider, row]) => limitsOf(row, (per) => ({ kind: "provider", provider, per }))),
    ...Object.entries(budgets.per_principal ?? {}).flatMap(([principal, row]) =>
      limitsOf(row, (per) => ({ kind: "principal", principal, per })),
    ),
  ];
}

/** The limits of every principal that has none of its own. */
export function readEachPrincipal(row: BudgetRow): readonly PrincipalLimit[] {
  return PERIODS.flatMap((per) => {
    const usd = row[`${per}_usd`];
    return usd === undefined ? [] : [{ per, limitNanoUsd: nanoFromUsd(usd) }];
  });
}

function limitsOf(row: BudgetRow, scopeOf: (per: BudgetPeriod) => BudgetLimit["scope"]): BudgetLimit[] {
  return readEachPrincipal(row).map(({ per, limitNanoUsd }) => ({ scope: scopeOf(per), limitNanoUsd }));
}

const PERIODS = ["day", "week", "month"] as const satisfies readonly BudgetPeriod[];

/** A day that may cost more than its week or its month says something that was not meant. */
function refuseDayAbove(row: BudgetRow, path: Path, problems: Problems): void {
  const { day_usd: dayUsd } = row;
  for (const long of ["week", "month"] as const) {
    const longUsd = row[`${long}_usd`];
    if (dayUsd === undefined || longUsd === undefined || dayUsd <= longUsd) continue;
    problems.addUnlessKnown(
      [...path, "day_usd"],
      `is ${dayUsd}, more than ${long}_usd, ${longUsd}: the ${long} ends it first`,
      `a day_usd of at most ${long}_usd`,
    );
  }
}

/** A budget on an unknown name would never hold anything back. */
function requireKnown(
  rows: readonly (readonly [string, BudgetRow])[],
  known: readonly string[],
  word: string,
  path: Path,
  problems: Problems,
): void {
  for (const [name] of rows) {
    if (known.includes(name)) continue;
    const message = `is a budget of an unknown ${word}${didYouMean(name, known)}`;
    problems.add([...path, name], message, `one of ${known.join(", ")}`);
  }
}
