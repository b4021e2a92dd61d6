import type { PlanReading } from "../step.ts";

/**
 * A cycle among the dependencies, as keys from a step back to itself; `null` when there is none. A step also waits for what its
 * phase needs, and a phase is done when its steps are, so that a cycle may run through several sections.
 */
export function cycleIn(
  reading: PlanReading,
  needs: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] | null {
  const edges = new Map<string, readonly string[]>();
  const groups = new Set(reading.groups.map((group) => group.key));
  const members = new Map<string, string[]>();
  for (const { key, parent } of [...reading.steps, ...reading.groups]) {
    if (parent === null) continue;
    const known = members.get(parent);
    if (known === undefined) members.set(parent, [key]);
    else known.push(key);
  }
  const parents = new Map([...reading.steps, ...reading.groups].map(({ key, parent }) => [key, parent]));
  for (const key of parents.keys()) {
    // A phase as a node stands for its end; its steps inherit its dependencies.
    const own = groups.has(key) ? (members.get(key) ?? []) : [];
    edges.set(key, [...own, ...(needs.get(key) ?? []), ...inherited(key, parents, needs)]);
  }
  return findCycle(edges);
}

function inherited(
  key: string,
  parents: ReadonlyMap<string, string | null>,
  needs: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const found: string[] = [];
  const seen = new Set([key]);
  for (let parent = parents.get(key); typeof parent === "string" && !seen.has(parent); parent = parents.get(parent)) {
    seen.add(parent);
    found.push(...(needs.get(parent) ?? []));
  }
  return found;
}

/** Nodes from one back to itself. Depth first, without recursion: a node met again while it is on the path closes a cycle. */
export function findCycle(edges: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  for (const root of edges.keys()) {
    const path: string[] = [];
    const onPath = new Set<string>();
    const stack: { readonly key: string; readonly entered: boolean }[] = [{ key: root, entered: false }];
    for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
      const { key, entered } = item;
      if (entered) {
        path.pop();
        onPath.delete(key);
        done.add(key);
        continue;
      }
      if (onPath.has(key)) return [...path.slice(path.indexOf(key)), key];
      if (done.has(key)) continue;
      path.push(key);
      onPath.add(key);
      stack.push({ key, entered: true });
      for (const next of edges.get(key) ?? []) stack.push({ key: next, entered: false });
    }
  }
  return null;
}
