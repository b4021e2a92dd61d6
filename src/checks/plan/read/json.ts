import { idFieldOf, isJsonEntry, isName, TITLES, type JsonEntry } from "./json-fields.ts";
import { idOf, type PlanReading, type Step } from "../step.ts";

const LISTS =
  "steps plan tasks phases milestones stages nodes items actions subtasks substeps children activities sprints weeks epics workstreams roadmap schedule pipeline jobs".split(
    " ",
  );
/** Lists whose entries are phases even when their steps are mere sentences. */
const PHASES = new Set("phases milestones stages sprints weeks epics workstreams".split(" "));
const NEEDS = isName(
  "dependson dependencies dependency dependenton dependsonsteps after blockedby predecessors predecessor deps waitsfor runsafter",
);
/** Fields that may also name things outside the plan: "requires: docker". */
const MAY_NEED = isName("requires needs prerequisites prerequisite prereqs");
const FEEDS = isName("blocks unblocks enables successors dependents");
const EDGES = isName("edges links dependencies relations");
const MAX_DEPTH = 8;
const MAX_STEPS = 20_000;

/** Reads JSON (or YAML) as a plan: a list or map of steps, maybe within phases, maybe with its arrows apart. */
export function readJson(value: unknown): PlanReading | null {
  const reader = new JsonReader();
  reader.visit(value, null, 0);
  const { steps, groups } = reader;
  if (steps.length === 0) return null;
  return { form: "json", steps: withEdges(reader, value), groups };
}

interface Arrow {
  readonly from: string;
  readonly to: string;
}

class JsonReader {
  readonly steps: Step[] = [];
  readonly groups: Step[] = [];
  readonly arrows: Arrow[] = [];
  /** By key of the step: what it may need. */
  readonly maybe = new Map<string, readonly string[]>();

  visit(value: unknown, parent: string | null, depth: number): void {
    if (depth > MAX_DEPTH) return;
    const found = Array.isArray(value) ? { name: "", list: value as readonly unknown[] } : listIn(value);
    if (found === null) {
      if (isJsonEntry(value))
        for (const inner of Object.values(value)) if (isJsonEntry(inner)) this.visit(inner, parent, depth + 1);
      return;
    }
    const idField = idFieldOf(found.list, PHASES.has(found.name));
    for (const [index, item] of found.list.entries()) {
      if (this.steps.length >= MAX_STEPS) return;
      const step = this.#stepOf(item, index, parent, idField);
      if (step === null) continue;
      const inner = isJsonEntry(item) ? listIn(item) : null;
      // Entries are steps of a phase; plain sentences are so only within what is called a phase.
      if (inner === null || !(PHASES.has(found.name) || inner.list.some((each) => isJsonEntry(each)))) {
        this.steps.push(step);
      } else {
        this.groups.push(step);
        this.visit(inner.list, step.key, depth + 1);
      }
    }
  }

  #stepOf(item: unknown, index: number, parent: string | null, idField: string | null): Step | null {
    const keyOf = (id: string): string => (parent === null ? id : `${parent} / ${id}`);
    const number = String(index + 1);
    if (typeof item === "string") {
      return {
        key: keyOf(number),
        id: number,
        word: "",
        title: item,
        body: "",
        parent,
        idWritten: false,
        dependsOn: [],
      };
    }
    if (!isJsonEntry(item)) return null;
    const own = idField === null ? undefined : item[idField];
    const written = typeof own === "string" || typeof own === "number" ? String(own) : undefined;
    const id = written === undefined ? number : idOf(written);
    const key = keyOf(id);
    const titleField = Object.keys(item).find(
      (name) => TITLES(name) && name !== idField && typeof item[name] === "string",
    );
    const isLink = (name: string): boolean => NEEDS(name) || FEEDS(name) || MAY_NEED(name);
    const others = Object.entries(item).filter(([name]) => name !== titleField && name !== idField && !isLink(name));
    const needs = Object.entries(item).filter(([name]) => NEEDS(name));
    for (const [name, value] of Object.entries(item)) {
      if (FEEDS(name)) for (const to of namesIn(value)) this.arrows.push({ from: id, to: idOf(to) });
      if (MAY_NEED(name)) this.maybe.set(key, [...(this.maybe.get(key) ?? []), ...namesIn(value)]);
    }
    return {
      key,
      id,
      word: "",
      title: titleField === undefined ? "" : String(item[titleField]),
      body: others
        .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
        .join("\n"),
      parent,
      idWritten: written !== undefined,
      dependsOn: needs.flatMap(([, value]) => {
        const names = namesIn(value);
        return names.length > 0 ? names : ["none"];
      }),
    };
  }
}

function withEdges(reader: JsonReader, value: unknown): readonly Step[] {
  const ids = new Set([...reader.steps, ...reader.groups].map((step) => step.id));
  const hasOwn = reader.steps.some((step) => step.dependsOn.length > 0);
  const arrows = [...reader.arrows, ...(hasOwn ? [] : edgesIn(value))];
  const needs = new Map<string, string[]>();
  for (const { from, to } of arrows) {
    const [owner, name] = ids.has(to) ? [to, from] : [from, to];
    needs.set(owner, [...(needs.get(owner) ?? []), name]);
  }
  return reader.steps.map((step) => {
    const maybe = (reader.maybe.get(step.key) ?? []).filter((name) => ids.has(idOf(name)) || /\d|^none$/i.test(name));
    const own = [...step.dependsOn, ...(needs.get(step.id) ?? []), ...maybe];
    return own.length === step.dependsOn.length ? step : { ...step, dependsOn: own };
  });
}

/** Arrows in a list of their own: {from, to} or {task, depends_on}. */
function edgesIn(value: unknown, depth = 0): readonly Arrow[] {
  if (!isJsonEntry(value) || depth > 2) return [];
  const lists = Object.entries(value).filter(([name, list]) => EDGES(name) && Array.isArray(list));
  const own = lists.flatMap(([, list]) => (list as readonly unknown[]).slice(0, MAX_STEPS).flatMap(arrowsOf));
  return own.length > 0 ? own : Object.values(value).flatMap((inner) => edgesIn(inner, depth + 1));
}

function arrowsOf(item: unknown): readonly Arrow[] {
  if (Array.isArray(item) && item.length === 2) return [{ from: idOf(String(item[0])), to: idOf(String(item[1])) }];
  if (!isJsonEntry(item)) return [];
  const [from] = namesIn(item["from"] ?? item["source"] ?? item["start"]);
  const [to] = namesIn(item["to"] ?? item["target"] ?? item["end"]);
  if (from !== undefined && to !== undefined) return [{ from: idOf(from), to: idOf(to) }];
  const [owner] = namesIn(item["task"] ?? item["step"] ?? item["id"] ?? item["phase"]);
  const needs = Object.entries(item).flatMap(([name, value]) => (NEEDS(name) ? namesIn(value) : []));
  return owner === undefined ? [] : needs.map((need) => ({ from: idOf(need), to: idOf(owner) }));
}

/** Names in a field: one, several, or entries that have an id. */
function namesIn(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  return list.flatMap((each) => {
    if (isJsonEntry(each)) return namesIn(each["id"] ?? each["step"] ?? each["task"] ?? each["name"] ?? []);
    return typeof each === "number" || (typeof each === "string" && each.trim() !== "") ? [String(each)] : [];
  });
}

function listIn(value: unknown): { readonly name: string; readonly list: readonly unknown[] } | null {
  if (!isJsonEntry(value)) return null;
  const byName = new Map(
    Object.entries(value).map(([name, inner]) => [name.toLowerCase().replace(/[_ -]/g, ""), inner]),
  );
  for (const name of LISTS) {
    const inner = byName.get(name) ?? byName.get(`implementation${name}`) ?? byName.get(`plan${name}`);
    if (Array.isArray(inner) && inner.length > 0) return { name, list: inner };
    if (isJsonEntry(inner) && listIn(inner) === null && isMap(inner)) return { name, list: entriesOf(inner) };
  }
  const isNumbered =
    Object.keys(value).length > 1 && Object.keys(value).every((key) => /^(?:step|task|phase)[ _-]?\d+$/i.test(key));
  if (isNumbered) return { name: "phases", list: entriesOf(value) };
  // A list of entries that state dependencies is the plan, under any name.
  const linked = Object.entries(value).find(
    ([, list]) =>
      Array.isArray(list) &&
      list.length > 1 &&
      (list as readonly unknown[]).every((each) => isJsonEntry(each) && Object.keys(each).some(TITLES)) &&
      (list as readonly JsonEntry[]).some((each) => Object.keys(each).some((key) => NEEDS(key) || MAY_NEED(key))),
  );
  return linked === undefined ? null : { name: linked[0], list: linked[1] as readonly unknown[] };
}

/** A map of steps by their ids. */
function isMap(value: JsonEntry): boolean {
  const inner = Object.values(value);
  return inner.length > 1 && inner.every((each) => isJsonEntry(each));
}

function entriesOf(value: JsonEntry): readonly unknown[] {
  return Object.entries(value).map(([id, inner]) =>
    isJsonEntry(inner) ? { id, ...inner } : { id, title: String(inner) },
  );
}
