import type { Reading, Step } from "../step.ts";

/** A node of a Mermaid diagram, and the nodes whose arrows lead to it. */
interface Node {
  readonly id: string;
  label: string | null;
  group: string | null;
  isDecision: boolean;
  readonly after: Set<string>;
}

/** A Mermaid diagram of the order of things. */
export interface Diagram {
  readonly kind: "flowchart" | "gantt";
  readonly reading: Reading;
  /** Ids of nodes that are only ever named, never given a text. */
  readonly unnamed: readonly string[];
}

const MAX_EDGES = 100_000;
const NODE = /[\p{L}\p{N}_]+(?:[-./][\p{L}\p{N}_]+)*/uy;
const ARROW = /[ \t]*(<?)(?:([-=])\2+|-\.+-)(>|[xo](?=[\s|]))?/y;
const ARROW_WITH_TEXT = /[ \t]*<?(?:--|==|-\.)[ \t]*([^-=.|>\n][^\n|]{0,120}?)[ \t]*(?:--+|==+|\.+-)(>|[xo](?=\s))/y;
const ARROW_LABEL = /[ \t]*\|([^|\n]{0,200})\|/y;
const IGNORED =
  /^(?:style|classDef|class|click|linkStyle|direction|%%|accTitle|accDescr|title|dateFormat|axisFormat|excludes|includes|tickInterval|todayMarker|weekday)\b|^%%/;
/** A way back that a process takes when something goes wrong is no dependency. */
const WAY_BACK =
  /\b(?:no|not|fail\w*|errors?|retry|roll ?back|revert|repeat|iterate|loop|back|reject\w*|feedback|fix|abort|broken|red|if|rework|changes|again|optional|informs?)\b/i;

/** Reads the inside of a Mermaid block; `null` for the kinds that say nothing of order. */
export function readMermaid(code: string): Diagram | null {
  const lines = code.split(/\r\n|[\r\n]/).map((line) => line.trim());
  const at = lines.findIndex((line) => /^(?:graph|flowchart|gantt)\b/i.test(line));
  if (at === -1 || lines.slice(0, at).some((line) => /^(?:sequence|state|class|er|pie|mindmap|timeline)/i.test(line)))
    return null;
  const kind = /^gantt/i.test(lines[at] ?? "") ? "gantt" : "flowchart";
  const nodes = new Map<string, Node>();
  const groups: Step[] = [];
  const body = [(lines[at] ?? "").replace(/^\w+(?:[ \t]+(?:TB|TD|BT|RL|LR)\b)?[ \t]*;?/i, ""), ...lines.slice(at + 1)];
  if (kind === "gantt") readGantt(body, nodes, groups);
  else readFlow(body, nodes, groups);
  return {
    kind,
    reading: readingOf(kind, nodes, groups),
    unnamed: [...nodes.values()].filter((node) => node.label === null).map((node) => node.id),
  };
}

function readingOf(kind: Diagram["kind"], nodes: ReadonlyMap<string, Node>, groups: readonly Step[]): Reading {
  const groupIds = new Set(groups.map((group) => group.id));
  const steps = [...nodes.values()]
    .filter((node) => !groupIds.has(node.id.toUpperCase()))
    .map((node): Step => {
      const id = node.id.toUpperCase();
      const after = [...node.after];
      return { ...EMPTY, key: id, id, title: node.label ?? node.id, parent: node.group, dependsOn: after };
    });
  // Arrows to a subgraph are arrows to the phase.
  const phases = groups.map((group) => ({ ...group, dependsOn: [...(nodes.get(group.title)?.after ?? [])] }));
  const members = new Set(steps.map((step) => step.parent));
  return { form: "diagram", steps, groups: phases.filter((phase) => members.has(phase.key)) };
}

const EMPTY = { word: "", body: "", idWritten: true } as const;

function nodeOf(nodes: Map<string, Node>, id: string): Node {
  const known = nodes.get(id);
  if (known !== undefined) return known;
  const node: Node = { id, label: null, group: null, isDecision: false, after: new Set() };
  nodes.set(id, node);
  return node;
}

function readFlow(lines: readonly string[], nodes: Map<string, Node>, groups: Step[]): void {
  const open: string[] = [];
  let edges = 0;
  for (const line of lines.flatMap(statementsOf)) {
    const subgraph = /^subgraph\s+([\p{L}\p{N}_-]+)?/iu.exec(line);
    if (subgraph !== null) {
      const title = subgraph[1] ?? `subgraph ${groups.length + 1}`;
      const key = `subgraph ${title.toUpperCase()}`;
      groups.push({ ...EMPTY, key, id: title.toUpperCase(), title, parent: null, dependsOn: [] });
      open.push(key);
    } else if (/^end$/i.test(line)) {
      open.pop();
    } else if (line !== "" && !IGNORED.test(line)) {
      for (const [from, to, label] of chainOf(line, nodes, open.at(-1) ?? null)) {
        const isWayBack =
          WAY_BACK.test(label) ||
          (nodeOf(nodes, from).isDecision && nodeOf(nodes, from).after.size > 0 && nodeOf(nodes, to).after.size > 0);
        if (!isWayBack && (edges += 1) <= MAX_EDGES) nodeOf(nodes, to).after.add(from);
      }
    }
  }
}

function statementsOf(line: string): readonly string[] {
  return line.includes('"') ? [line.replace(/;$/, "")] : line.split(";").map((each) => each.trim());
}

type Edge = readonly [from: string, to: string, label: string];

/** "A & B -->|then| C[Text] --> D": every arrow of one statement. */
function chainOf(line: string, nodes: Map<string, Node>, group: string | null): readonly Edge[] {
  const edges: Edge[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  const takeGroup = (): readonly string[] => {
    const ids: string[] = [];
    do {
      take(/[ \t&]+/y);
      const id = take(NODE)?.[0];
      if (id === undefined) break;
      const node = nodeOf(nodes, id);
      node.group ??= group;
      at = takeShape(line, at, node);
      take(/:::[\w-]+/y);
      take(/[ \t]+(?=&)/y);
      ids.push(id);
    } while (line.charAt(at) === "&");
    return ids;
  };
  let from = takeGroup();
  while (from.length > 0 && at < line.length && edges.length < 10_000) {
    const worded = take(ARROW_WITH_TEXT);
    const arrow = worded ?? take(ARROW);
    if (arrow === null) break;
    const head = worded?.[2] ?? arrow[3];
    const label = worded?.[1] ?? take(ARROW_LABEL)?.[1] ?? "";
    const to = takeGroup();
    const isBackward = arrow[0].trim().startsWith("<");
    if ((head === ">") !== isBackward) {
      for (const one of from)
        for (const other of to) edges.push(isBackward ? [other, one, label] : [one, other, label]);
    }
    from = to;
  }
  return edges;
}

/** Reads "[Text]", "{Choice}", "([Text])" behind an id and says where it ends. */
function takeShape(line: string, at: number, node: Node): number {
  if (line.startsWith("@{", at)) {
    const end = line.indexOf("}", at);
    node.label ??= /label: ?"([^"]*)"/.exec(line.slice(at, end))?.[1] ?? null;
    return end === -1 ? line.length : end + 1;
  }
  if (!"[({>".includes(line.charAt(at)) || at >= line.length) return at;
  const opening = /^[[({>/\\]{1,3}/.exec(line.slice(at, at + 3))?.[0] ?? "";
  const start = at + opening.length;
  const isQuoted = line.charAt(start) === '"';
  const end = isQuoted ? line.indexOf('"', start + 1) : line.slice(start).search(/[\])}]/) + start;
  if (end < start) return line.length;
  node.label = line.slice(isQuoted ? start + 1 : start, end).replace(/<br ?\/?>/gi, " ");
  if (opening === "{") node.isDecision = true;
  let close = isQuoted ? end + 1 : end;
  while (close < line.length && "])}/\\".includes(line.charAt(close))) close += 1;
  return close;
}

function readGantt(lines: readonly string[], nodes: Map<string, Node>, groups: Step[]): void {
  let group: string | null = null;
  for (const line of lines) {
    const section = /^section\s+(.+)$/i.exec(line);
    const colon = line.indexOf(":");
    if (section !== null) {
      const title = section[1] ?? "";
      group = `section ${title}`;
      groups.push({ ...EMPTY, key: group, id: title.toUpperCase(), title, parent: null, dependsOn: [] });
    } else if (colon > 0 && !IGNORED.test(line)) {
      const title = line.slice(0, colon).trim();
      const parts = line
        .slice(colon + 1)
        .split(",")
        .map((part) => part.trim());
      const own = parts.filter((part) => !/^(?:done|active|crit|milestone|vert)?$/.test(part));
      const isId = own.length > 1 && /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(own[0] ?? "") && !/^after\b/.test(own[0] ?? "");
      const node = nodeOf(nodes, isId ? (own[0] ?? title) : `${nodes.size + 1}. ${title}`);
      node.label = title;
      node.group = group;
      for (const part of own)
        if (part.startsWith("after "))
          for (const id of part.slice(6).trim().split(/\s+/)) node.after.add(nodeOf(nodes, id).id);
    }
  }
}
