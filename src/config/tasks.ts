import { GENERAL_TASK, TASK_CHECKS, TASKS } from "../catalog/tasks.ts";
import type { Catalogue, ModelId } from "../core/model.ts";
import { didYouMean } from "../core/suggest.ts";
import type { Task } from "../core/task.ts";
import type { TaskRow } from "./file.ts";
import type { Problems } from "./problem.ts";

/** The name under which a caller leaves the choice of the task to Signalbox. */
const AUTO = "auto";

/** The policy with the config's rows in it. A new task takes from `general` what it does not say. */
export function readTasks(
  rows: readonly TaskRow[],
  catalogue: Catalogue,
  problems: Problems,
): ReadonlyMap<string, Task> {
  const tasks = new Map(TASKS.map((task) => [task.id, task]));
  const general = tasks.get(GENERAL_TASK);
  const origins = new Map<string, number>();
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
      candidates: candidatesOf(row, index, catalogue, problems) ?? start.candidates,
      minQuality: row.min_quality ?? start.minQuality,
      optimize: row.optimize ?? start.optimize,
      maxOutputTokens: row.max_output_tokens ?? start.maxOutputTokens,
      expectedOutputTokens: row.expected_output_tokens ?? start.expectedOutputTokens,
      checks: checksOf(row, index, problems) ?? start.checks,
    });
  }
  return tasks;
}

/** The ids behind the names of a row. */
function candidatesOf(
  row: TaskRow,
  index: number,
  catalogue: Catalogue,
  problems: Problems,
): readonly ModelId[] | undefined {
  if (row.candidates === undefined) return undefined;
  const ids: ModelId[] = [];
  for (const [position, name] of row.candidates.entries()) {
    const path = ["tasks", index, "candidates", position];
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

function checksOf(row: TaskRow, index: number, problems: Problems): Task["checks"] | undefined {
  const { checks } = row;
  if (checks === undefined) return undefined;
  const path = ["tasks", index, "checks"];
  for (const [position, { check }] of checks.entries()) {
    const at = [...path, position, "check"];
    if (!TASK_CHECKS.includes(check)) {
      const message = `"${check}" is not a known check${didYouMean(check, TASK_CHECKS)}`;
      problems.addUnlessKnown(at, message, `one of ${TASK_CHECKS.join(", ")}`);
    } else if (checks.findIndex((other) => other.check === check) < position) {
      problems.addUnlessKnown(at, `"${check}" is there a second time`, "every check once");
    }
  }
  const weight = checks.reduce((sum, check) => sum + check.weight, 0);
  // A little above 1, for sums such as .1 + .2 + .7.
  if (weight > 1.000_001) {
    problems.addUnlessKnown(path, `weigh ${Number(weight.toFixed(6))} together`, "weights that sum to 1 or less");
  }
  return checks;
}
