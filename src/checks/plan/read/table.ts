import type { Table } from "mdast";
import { rowsOf } from "../../kit/answer/markdown.ts";
import { labelOf, type Step } from "../step.ts";

/** Rows of a table that lists steps. */
export interface TableSteps {
  readonly steps: readonly Step[];
  /** Whether the rows have ids of their own. */
  readonly areNumbered: boolean;
  readonly hasDependencies: boolean;
}

const ID_HEADER =
  /^(?:#|id|no\.?|nr\.?|nº|n°|№|ref\.?|key|wbs|order|seq\.?|(?:step|task|phase|item|milestone|sprint|week|story|epic|ticket|issue|feature|action|activity)s? ?(?:#|id|no\.?|number)?|schritt|aufgabe|paso|tarea|étape|fase|passo|stap|krok|шаг|этап|编号|序号|步骤|任务|ステップ|)$/;
const DEPENDENCIES =
  /depend|prereq|predecessor|blocked|^after$|requires|needs|^deps|abhängig|voraussetz|vorgänger|dépend|dipend|afhank|zależ|依赖|前置|依存|зависи/;
const TASK =
  /\b(?:steps?|tasks?|actions?|activit(?:y|ies)|phases?|titles?|descriptions?|what|milestones?|items?|work|name|story|deliverables?)\b|schritt|aufgabe|paso|tarea|acción|étape|tâche|fase|atividade|шаг|задача|任务|步骤|内容|作業/;
const ASPECT =
  /owner|responsible|assignee|lead|duration|estimate|effort|time|weeks?|days?|verif|accept|criteria|deliverable|output|done|status|goal|dauer|verantwort|dur|respons|负责|时间/;
/** Tables about something else that happen to number their rows. */
const OTHER =
  /\b(?:risks?|mitigations?|impact|likelihood|probability|questions?|assumptions?|metrics?|kpis?|options?|pros|cons|term|glossary)\b/;
/** A table of costs, unless it says that its rows are steps. */
const COSTS = /\b(?:cost|price)\b/;
const STEPS = /^(?:steps?|tasks?|actions?|activit(?:y|ies)|phases?|milestones?)$/;
const LABELLED_SHARE = 0.8;

/** The steps that a table lists; `null` when it is about something else. */
export function readTable(table: Table, parent: string | null): TableSteps | null {
  const [header = [], ...rows] = rowsOf(table);
  const columns = header.map((cell) => cell.toLowerCase().replace(/[*_`]/g, "").trim());
  const dependsAt = columns.findIndex((column) => DEPENDENCIES.test(column));
  const isLabelled = (at: number): boolean =>
    rows.filter((cells) => rowLabel(cells[at] ?? "") !== null).length >= LABELLED_SHARE * rows.length;
  const named = columns.findIndex((column, at) => at !== dependsAt && ID_HEADER.test(column) && isLabelled(at));
  // If there is a column of dependencies, they refer to the ids in the first column, under any heading.
  const idAt = named === -1 && dependsAt > 0 && isLabelled(0) ? 0 : named;
  const taskAt = columns.findIndex((column, at) => at !== idAt && at !== dependsAt && TASK.test(column));
  const isOther =
    columns.some((column) => OTHER.test(column)) ||
    (columns.some((column) => COSTS.test(column)) && !columns.some((column) => STEPS.test(column)));
  if (rows.length === 0 || (isOther && dependsAt === -1)) return null;
  const hasDependencies = dependsAt !== -1;
  if (idAt !== -1) {
    const isStepColumn = TASK.test(columns[idAt] ?? "");
    if (!hasDependencies && taskAt === -1 && !isStepColumn) return null;
  } else if (
    taskAt === -1 ||
    (!hasDependencies && !columns.some((column, at) => at !== taskAt && ASPECT.test(column)))
  ) {
    return null;
  }
  const steps = rows.flatMap((cells, index) => {
    const label = idAt === -1 ? null : rowLabel(cells[idAt] ?? "");
    if (idAt !== -1 && label === null) return [];
    const other = cells.find((_, at) => at !== idAt && at !== dependsAt);
    const id = label?.id ?? String(index + 1);
    const title = label === null || label.title === "" ? (cells[taskAt] ?? other ?? "") : label.title;
    const body = cells
      .map((cell, at) => (at === idAt || at === dependsAt ? "" : `${header[at] ?? ""}: ${cell}`))
      .filter((line) => line !== "");
    const step: Step = {
      key: parent === null ? id : `${parent} / ${id}`,
      id,
      word: label?.word ?? "",
      title,
      body: body.join("\n"),
      parent,
      idWritten: label !== null,
      dependsOn: hasDependencies ? [cells[dependsAt] ?? ""] : [],
    };
    return [step];
  });
  return { steps, areNumbered: idAt !== -1, hasDependencies };
}

function rowLabel(cell: string): ReturnType<typeof labelOf> {
  const bare = cell.replace(/[*_`]/g, "").trim();
  if (bare === "" || bare.length > 200) return null;
  return labelOf(bare) ?? labelOf(`${bare}:`);
}
