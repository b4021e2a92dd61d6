import type { Reading, Step } from "./step.ts";

type Entry = Readonly<Record<string, unknown>>;

const LISTS = ["steps", "plan", "tasks", "phases", "milestones", "stages", "items", "actions", "subtasks", "children"];
const PHASES = ["phases", "milestones", "stages"];
const IDS = ["id", "step_id", "task_id", "step", "number", "key", "order", "index", "phase"];
const TITLES = ["title", "name", "task", "action", "summary", "step", "description", "what", "goal"];
const DEPENDENCIES =
  /^(?:depends_?on|dependenc(?:y|ies)|prerequisites?|after|requires|blocked_?by|predecessors?|deps)$/i;
const MAX_DEPTH = 8;

/** Reads a JSON answer as a plan: a list of steps, maybe within phases. */
export function readJson(value: unknown): Reading | null {
  const steps: Step[] = [];
  const groups: Step[] = [];
  visit(value, null, steps, groups, 0);
  return steps.length === 0 ? null : { form: "json", steps, groups };
}

function visit(value: unknown, parent: string | null, steps: Step[], groups: Step[], depth: number): void {
  if (depth > MAX_DEPTH) return;
  const list = Array.isArray(value) ? (value as readonly unknown[]) : listIn(value);
  const ofPhases = isEntry(value) && PHASES.some((name) => value[name] === list);
  if (list === null) {
    if (isEntry(value))
      for (const inner of Object.values(value)) if (isEntry(inner)) visit(inner, parent, steps, groups, depth + 1);
    return;
  }
  for (const [index, item] of list.entries()) {
    const step = stepOf(item, index, parent);
    if (step === null) continue;
    const inner = isEntry(item) ? listIn(item) : null;
    // Entries are steps of a phase; plain sentences are so only within what is called a phase.
    if (inner === null || !(ofPhases || inner.some((each) => isEntry(each)))) {
      steps.push(step);
    } else {
      groups.push(step);
      visit(inner, step.key, steps, groups, depth + 1);
    }
  }
}

function listIn(value: unknown): readonly unknown[] | null {
  if (!isEntry(value)) return null;
  for (const name of LISTS) {
    const inner = value[name];
    if (Array.isArray(inner) && inner.length > 0) return inner;
  }
  return null;
}

function stepOf(item: unknown, index: number, parent: string | null): Step | null {
  const keyOf = (id: string): string => (parent === null ? id : `${parent} / ${id}`);
  const number = String(index + 1);
  if (typeof item === "string") {
    return { key: keyOf(number), id: number, word: "", title: item, body: "", parent, idWritten: false, dependsOn: [] };
  }
  if (!isEntry(item)) return null;
  const written = IDS.map((name) => item[name]).find((id) => isShort(id));
  const id = written === undefined ? number : String(written).toUpperCase();
  const titleName = TITLES.find((name) => typeof item[name] === "string" && item[name] !== written);
  const title = titleName === undefined ? "" : String(item[titleName]);
  const depends = Object.entries(item).filter(([name]) => DEPENDENCIES.test(name));
  const others = Object.entries(item).filter(
    ([name]) => name !== titleName && !IDS.includes(name) && !DEPENDENCIES.test(name),
  );
  return {
    key: keyOf(id),
    id,
    word: "",
    title,
    body: others.map(([, value]) => (typeof value === "string" ? value : JSON.stringify(value))).join("\n"),
    parent,
    idWritten: written !== undefined,
    dependsOn: depends
      .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
      .filter(isShortOrText)
      .map(String),
  };
}

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Ids are numbers or single words; a `step` of several words is the title. */
function isShort(value: unknown): value is string | number {
  return typeof value === "number" || (typeof value === "string" && /^[\w.-]{1,40}$/.test(value));
}

function isShortOrText(value: unknown): value is string | number {
  return typeof value === "number" || typeof value === "string";
}
