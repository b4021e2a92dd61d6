import { GENERAL_TASK, TASKS } from "../catalog/tasks.ts";
import type { Catalogue, ModelId } from "../core/model.ts";
import { didYouMean } from "../checks/kit/suggest.ts";
import { stepsProblem, uncheckedSteps } from "../core/unchecked.ts";
import type { Task } from "../core/task.ts";
import type { TaskRow } from "./task-row.ts";
import { readChecks } from "./own-checks.ts";
import type { Problems } from "./problem.ts";

/** The name under which a caller leaves the choice of the task to Signalbox. */
const AUTO = "auto";

/** The policy with the config's rows in it. A new task takes from `general` what it does not say. */
export function readTasks(
  rows: readonly TaskRow[],
  catalogue: Catalogue,
  problems: Problems,
  folder: string | null,
): ReadonlyMap<string, Task> {
  const tasks = new Map(TASKS.map((task) => [task.id, task]));
  const general = tasks.get(GENERAL_TASK);
  const origins = new Map<string, number>();
  const phrases = new Map<string, string>();
  for (const [index, row] of rows.entries()) {
    if (problems.has(["tasks", index, "id"])) continue;
    const earlier = origins.get(row.id);
    if (earlier !== undefined) {
      problems.add(["tasks", index, "id"], `"${row.id}" is already given by tasks[${earlier}]`, "one row for a task");
      continue;
    }
    if (row.id === AUTO) {
      problems.add(["tasks", index, "id"], `"${AUTO}" leaves the choice of the task to Signalbox`, "another id");
      continue;
    }
    origins.set(row.id, index);
    refuseTaken(row.when, ["tasks", index, "when"], phrases, problems);
    const base = tasks.get(row.id);
    if (base === undefined && row.candidates === undefined) {
      const hint = didYouMean(row.id, [...tasks.keys()]);
      const message = `is missing: "${row.id}" is a new task${hint}`;
      problems.addUnlessKnown(["tasks", index, "candidates"], message, "models, in order of preference");
    }
    const start: Task | undefined = base ?? general;
    if (start === undefined) continue;
    tasks.set(row.id, {
      id: row.id,
      title: row.title ?? base?.title ?? row.id,
      description: row.description ?? base?.description ?? row.title ?? row.id,
      candidates: modelsOf(row.candidates, ["tasks", index, "candidates"], catalogue, problems) ?? start.candidates,
      minQuality: row.min_quality ?? start.minQuality,
      optimize: row.optimize ?? start.optimize,
      maxOutputTokens: row.max_output_tokens ?? start.maxOutputTokens,
      expectedOutputTokens: row.expected_output_tokens ?? start.expectedOutputTokens,
      checks: readChecks(row.checks, ["tasks", index, "checks"], problems, folder) ?? start.checks,
      ...policyOf(row, index, start, catalogue, problems),
    });
  }
  return tasks;
}

/** What happens around the checks of a task. */
function policyOf(
  row: TaskRow,
  index: number,
  start: Task,
  catalogue: Catalogue,
  problems: Problems,
): Pick<
  Task,
  "answerForm" | "onUnchecked" | "onUncheckedForCost" | "repair" | "judges" | "testWriters" | "rubric" | "when"
> {
  const judges = modelsOf(row.judges, ["tasks", index, "judges"], catalogue, problems) ?? start.judges;
  const testWriters =
    modelsOf(row.test_writers, ["tasks", index, "test_writers"], catalogue, problems) ?? start.testWriters;
  const onUnchecked = uncheckedSteps(row.on_unchecked, start.onUnchecked);
  const problem = stepsProblem(onUnchecked);
  if (problem !== null) {
    problems.addUnlessKnown(["tasks", index, "on_unchecked"], problem, "each step once, accept or next as the last");
  }
  if (onUnchecked.includes("judge") && judges === undefined) {
    problems.addUnlessKnown(["tasks", index, "judges"], "is missing: on_unchecked is judge", "models that may judge");
  }
  const repair = row.repair ?? start.repair;
  const rubric = row.rubric ?? start.rubric;
  return {
    ...(row.on_unchecked === undefined && start.onUnchecked === undefined ? {} : { onUnchecked }),
    ...(start.onUncheckedForCost === undefined ? {} : { onUncheckedForCost: start.onUncheckedForCost }),
    ...(repair === undefined ? {} : { repair }),
    ...(judges === undefined ? {} : { judges }),
    ...(testWriters === undefined ? {} : { testWriters }),
    ...(rubric === undefined ? {} : { rubric }),
    ...(start.answerForm === undefined ? {} : { answerForm: start.answerForm }),
    ...(row.when === undefined ? {} : { when: row.when }),
  };
}

/** One phrase can mean one task only. */
function refuseTaken(
  when: readonly string[] = [],
  at: readonly (string | number)[],
  phrases: Map<string, string>,
  problems: Problems,
): void {
  for (const [position, phrase] of when.entries()) {
    const key = phrase.trim().toLowerCase().replace(/\s+/g, " ");
    const path = [...at, position];
    const taken = phrases.get(key);
    if (taken !== undefined)
      problems.addUnlessKnown(path, `"${phrase}" is already given by ${taken}`, "every phrase once");
    phrases.set(key, `tasks[${at[1]}].when[${position}]`);
  }
}

/** The ids behind the names of a list of models. */
function modelsOf(
  names: readonly string[] | undefined,
  at: readonly (string | number)[],
  catalogue: Catalogue,
  problems: Problems,
): readonly ModelId[] | undefined {
  if (names === undefined) return undefined;
  const ids: ModelId[] = [];
  for (const [position, name] of names.entries()) {
    const path = [...at, position];
    const model = catalogue.find(name);
    if (model === undefined) {
      const known = catalogue.models.map(({ id }) => id);
      const expected = "a model of the catalogue, or a new one under models";
      problems.addUnlessKnown(path, `"${name}" is not a known model${didYouMean(name, known)}`, expected);
    } else if (ids.includes(model.id)) {
      problems.addUnlessKnown(path, `"${name}" names ${model.id} a second time`, "every model once");
    } else {
      ids.push(model.id);
    }
  }
  return ids;
}
