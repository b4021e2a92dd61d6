import { arrowsIn } from "./dependencies/inline-arrows.ts";
import { cycleIn, findCycle } from "./dependencies/graph.ts";
import { linksOf } from "./dependencies/graph-edges.ts";
import type { Diagram } from "./read/mermaid.ts";
import type { Plan } from "./read/plan.ts";
import type { Reading, Step } from "./step.ts";

/** Ids that the plan gives twice. Phases may number their steps anew, which shows in that they begin at 1. */
export function repeatedIds(reading: Reading): readonly string[] {
  const places = new Map<string, Step>();
  const restarting = new Set(
    reading.steps.filter((step) => /^(?:.*[^\d])?[01]$|^A$/.test(step.id)).map((step) => step.parent),
  );
  return reading.steps.flatMap((step) => {
    if (!step.idWritten) return [];
    const name = `${step.word} ${step.id}`;
    const earlier = places.get(name);
    if (earlier === undefined) places.set(name, step);
    else if (earlier.parent === step.parent || !restarting.has(step.parent)) {
      return [`two steps are called ${step.key}: "${short(earlier.title)}" and "${short(step.title)}"`];
    }
    return [];
  });
}

/** A circle in the text or, by itself, in a diagram: the two may draw their arrows in opposite ways. */
export function circleIn(plan: Plan): readonly string[] | null {
  const { reading, links, diagrams, text } = plan;
  if (reading === null) return null;
  const found = cycleIn(reading, links.needs);
  if (found !== null) return found;
  for (const other of plan.readings) {
    if (other === reading || !other.steps.some((step) => step.dependsOn.length > 0) || other.form === "diagram")
      continue;
    const circle = cycleIn(other, linksOf(other, "").needs);
    if (circle !== null) return circle;
  }
  for (const diagram of diagrams) {
    const circle = cycleIn(diagram.reading, linksOf(diagram.reading, "").needs);
    if (circle !== null) return circle.toReversed();
  }
  return reading.form === "diagram" ? null : findCycle(arrowsIn(text, reading));
}

/** References that lead nowhere, in the text and in diagrams. */
export function danglingIn(plan: Plan): readonly string[] {
  const { reading, links, diagrams } = plan;
  if (reading === null) return [];
  const own = reading.form === "diagram" ? [] : diagrams.flatMap((diagram) => strangersIn(diagram, reading));
  return [...new Set([...links.missing, ...own, ...diagrams.flatMap(undefinedIn)])];
}

/** Nodes of a diagram that look like the plan's ids and are none. */
function strangersIn(diagram: Diagram, reading: Reading): readonly string[] {
  const ids = new Set([...reading.steps, ...reading.groups].map((step) => step.id));
  const nodes = diagram.unnamed.map((id) => id.toUpperCase());
  const known = nodes.filter((id) => ids.has(id));
  if (known.length < 2 || diagram.kind === "gantt") return [];
  const shapes = new Set(known.map(shapeOf));
  return nodes
    .filter((id) => !ids.has(id) && /\d/.test(id) && shapes.has(shapeOf(id)))
    .map((id) => `the diagram refers to ${id}, which is not in the plan`);
}

/** Names in a diagram that nothing defines, where it defines the others. */
function undefinedIn({ reading, unnamed, kind }: Diagram): readonly string[] {
  const ids = reading.steps.map((step) => step.id);
  const missing = new Set(unnamed.map((id) => id.toUpperCase()));
  const named = ids.filter((id) => !missing.has(id));
  const shapes = new Set(named.map(shapeOf));
  if (named.length < 2 || named.length <= missing.size) return [];
  return [...missing]
    .filter((id) => kind === "gantt" || (/\d/.test(id) && shapes.has(shapeOf(id))))
    .map((id) => `the diagram refers to ${id}, which it does not define`);
}

/** Steps of a numbered plan that need a later one: whoever works from top to bottom gets stuck. */
export function outOfOrder({ reading, links }: Plan): readonly string[] {
  if (reading === null || !["list", "headings", "bold"].includes(reading.form)) return [];
  const position = new Map(reading.steps.map((step, at) => [step.key, { at, isNumber: /^\d/.test(step.id) }]));
  return reading.steps.flatMap((step) => {
    const own = position.get(step.key);
    return [...(links.needs.get(step.key) ?? [])].flatMap((key) => {
      const other = position.get(key);
      const isLater = own?.isNumber === true && other?.isNumber === true && other.at > own.at;
      return isLater ? [`${step.key} needs ${key}, which comes later`] : [];
    });
  });
}

function shapeOf(id: string): string {
  return id.replace(/\d+/g, "9");
}

function short(title: string): string {
  return title.length > 60 ? `${title.slice(0, 60).toWellFormed()}…` : title;
}
