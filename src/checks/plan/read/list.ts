import type { List, ListItem } from "mdast";
import { plain } from "../../kit/answer/markdown.ts";
import { isGroupWord } from "../dependencies/reference.ts";
import { labelOf, type Label, type Step } from "../step.ts";

/** The steps of a list, and the items that turned out to be phases. */
export interface ListSteps {
  readonly steps: Step[];
  readonly groups: Step[];
  /** Items that have neither a number nor an id. */
  readonly bullets: Step[];
}

const MAX_DEPTH = 5;
const TICKED = /^\[[ xX]\] /;
/** Bullets about a step, not steps: "Owner: Ada". */
const FIELD =
  /^(?:depend\w*|prereq\w*|owners?|responsible|verif\w*|validation|acceptance|criteria|duration|estimates?|effort|time|goals?|outputs?|deliverables?|risks?|mitigations?|rollback|notes?|why|how|what|when|who|status|inputs?|done|test|success|exit|result|outcome|objective|tools?|resources?|blocked|blocks|requires|after)\b[^:]{0,30}:/i;

/** Reads a list; `start` is the number of its first item where it goes on from an earlier one. */
export function readList(list: List, parent: string | null, start: number): ListSteps {
  const found: ListSteps = { steps: [], groups: [], bullets: [] };
  addItems(list, parent, start, found, 0);
  return found;
}

function addItems(list: List, parent: string | null, start: number, found: ListSteps, depth: number): void {
  const isNamed = isNamedByIds(list);
  const arePoints = depth > 0 || POINTED.test(plain(list));
  for (const [index, item] of list.children.entries()) {
    const text = withMark(plain(item), isNamed || isMarkedId(item));
    const [first = "", ...rest] = text.split("\n");
    const label = itemLabel(first);
    const isNumbered = list.ordered === true;
    const id = label?.id ?? String(start + index);
    const key = parent === null ? id : `${parent} / ${id}`;
    const title = label === null || label.title === "" ? first.replace(TICKED, "") : label.title;
    const step: Step = {
      key,
      id,
      word: label?.word ?? "",
      title,
      body: rest.join("\n"),
      parent,
      idWritten: label !== null,
      dependsOn: [],
    };
    const inner = depth < MAX_DEPTH ? innerSteps(item, label, isNumbered && arePoints) : [];
    const points = inner.length > 0 ? [] : pointsIn(item, id);
    if (inner.length > 0 || points.length > 0) {
      const name =
        label === null || label.word === ""
          ? key
          : `${key.slice(0, key.length - id.length)}${capital(label.word)} ${id}`;
      found.groups.push({ ...step, key: name, body: ownText(item) });
      for (const [pointId, line] of points) {
        const point = { id: pointId, word: "", title: line, body: "", idWritten: true, dependsOn: [] };
        found.steps.push({ ...point, key: `${name} / ${pointId}`, parent: name });
      }
      for (const each of inner) addItems(each, name, 1, found, depth + 1);
    } else if (isNumbered || label !== null || TICKED.test(first)) {
      found.steps.push(step);
    } else if (!FIELD.test(first)) {
      found.bullets.push({ ...step, idWritten: false });
    }
  }
}

const BARE_ID = /^(\[[ xX]\] )?([A-Z]{1,5}-?(\d{1,4}(?:\.\d{1,3}){0,2}))(?=\s)/;

/** Whether the items begin with ids that count up: "T1 Build", "T2 Test". */
function isNamedByIds(list: List): boolean {
  const numbers = list.children.map((item) => Number(BARE_ID.exec(plain(item).slice(0, 60))?.[3] ?? Number.NaN));
  return (
    numbers.length > 1 &&
    numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? 0)) &&
    !Number.isNaN(numbers[0])
  );
}

/** An id in bold or as code heads an item without any mark behind it. */
function isMarkedId(item: ListItem): boolean {
  const [first] = item.children;
  const head = first?.type === "paragraph" ? first.children.find((child) => plain(child).trim() !== "") : undefined;
  return (
    (head?.type === "strong" || head?.type === "inlineCode") &&
    BARE_ID.test(`${plain(head).replaceAll("`", "").trim()} `)
  );
}

function withMark(text: string, isMarked: boolean): string {
  return isMarked ? text.replace(/^`([^`]{1,20})`/, "$1").replace(BARE_ID, "$1$2:") : text;
}

/** Text that calls the points of its items by number: "after 2.1". */
const POINTED =
  /\b(?:after|needs?|requires?|depends? on|once|following|blocked by|steps?|tasks?)(?: steps?| tasks?)? \d{1,2}\.\d{1,2}\b/i;

/** The lists within a phase, or within a part that holds items with ids of their own or boxes to tick. */
function innerSteps(item: ListItem, label: Label | null, arePoints: boolean): readonly List[] {
  const lists = item.children.filter((child): child is List => child.type === "list");
  const isPhase = label !== null && isGroupWord(label.word);
  return lists.filter(
    (list) =>
      ((isPhase || arePoints) && list.ordered === true) ||
      (list.children.length > 1 &&
        list.children.every((child) => {
          const first = plain(child).split("\n", 1)[0] ?? "";
          const own = itemLabel(first);
          return TICKED.test(first)
            ? isPhase || label === null
            : own !== null && !(/^[A-Z]$/.test(own.id) && own.word === "");
        })),
  );
}

const POINT = /^(\d{1,4}(?:\.\d{1,3}){1,3})\.?[ )]\s{0,4}(?=\S)/;

/** Lines such as "1.2 Draw it" below item 1, which Markdown takes for more of its text. */
function pointsIn(item: ListItem, id: string): readonly (readonly [id: string, line: string])[] {
  return ownText(item)
    .split("\n")
    .slice(1)
    .flatMap((line) => {
      const found = POINT.exec(line.trim());
      const point = found?.[1] ?? "";
      return found !== null && point.startsWith(`${id}.`) ? [[point, line.trim().slice(found[0].length)] as const] : [];
    });
}

function ownText(item: ListItem): string {
  return item.children
    .filter((child) => child.type !== "list")
    .map((child) => plain(child))
    .join("\n");
}

/** The id that an item gives itself; a bare number only repeats the renderer's. */
function itemLabel(first: string): Label | null {
  const label = labelOf(first.replace(TICKED, ""));
  return label === null || (label.word === "" && /^\d+[A-Z]?$/.test(label.id)) ? null : label;
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
