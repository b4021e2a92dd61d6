import type { BudgetLimit, PrincipalLimit } from "../core/budget.ts";
import { nanoFromUsd } from "../core/money.ts";
import { didYouMean } from "../checks/kit/suggest.ts";
import type { BudgetRow, ConfigFile } from "./file.ts";
import type { Path, Problems } from "./problem.ts";

type Per = "day" | "month";

/** The limits of the file, each on its scope. A limit of 0 lets free models through and nothing else. */
export function readBudgets(
  budgets: NonNullable<ConfigFile["budgets"]>,
  tasks: readonly string[],
  providers: readonly string[],
  problems: Problems,
): readonly BudgetLimit[] {
  const perTask = Object.entries(budgets.per_task ?? {});
  const perProvider = Object.entries(budgets.per_provider ?? {});
  refuseDayAboveMonth(budgets, ["budgets"], problems);
  refuseDayAboveMonth(budgets.each_principal ?? {}, ["budgets", "each_principal"], problems);
  for (const part of ["per_task", "per_provider", "per_principal"] as const) {
    for (const [name, row] of Object.entries(budgets[part] ?? {}))
      refuseDayAboveMonth(row, ["budgets", part, name], problems);
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
  const { day_usd: dayUsd, month_usd: monthUsd } = row;
  return [
    ...(dayUsd === undefined ? [] : [{ per: "day" as const, limitNanoUsd: nanoFromUsd(dayUsd) }]),
    ...(monthUsd === undefined ? [] : [{ per: "month" as const, limitNanoUsd: nanoFromUsd(monthUsd) }]),
  ];
}

function limitsOf(row: BudgetRow, scopeOf: (per: Per) => BudgetLimit["scope"]): BudgetLimit[] {
  const limits: BudgetLimit[] = [];
  if (row.day_usd !== undefined) limits.push({ scope: scopeOf("day"), limitNanoUsd: nanoFromUsd(row.day_usd) });
  if (row.month_usd !== undefined) limits.push({ scope: scopeOf("month"), limitNanoUsd: nanoFromUsd(row.month_usd) });
  return limits;
}

/** A day that may cost more than its month says something that was not meant. */
function refuseDayAboveMonth(row: BudgetRow, path: Path, problems: Problems): void {
  const { day_usd: dayUsd, month_usd: monthUsd } = row;
  if (dayUsd === undefined || monthUsd === undefined || dayUsd <= monthUsd) return;
  problems.addUnlessKnown(
    [...path, "day_usd"],
    `is ${dayUsd}, more than month_usd, ${monthUsd}: the month ends it first`,
    "a day_usd of at most month_usd",
  );
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
