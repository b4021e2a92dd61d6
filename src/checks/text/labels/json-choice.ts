import type { Choice } from "./choice.ts";
import type { Matcher } from "./matcher.ts";
import { several } from "./several.ts";
import type { LabelWishes } from "./requested-form.ts";

const LABEL_KEY =
  /^(?:final_?|predicted_?|primary_?|assigned_?)?(?:label|categor(?:y|ies)|class|classes|classification|sentiment|intent|topic|tag|priority|answer|result|prediction|verdict|department|team|severity|emotion|status|stance|choice|decision|rating|genre|urgency|value|type|queue|language|tone)s?$/i;
const MAX_DEPTH = 8;
const MAX_LEAVES = 2_000;

interface Leaf {
  readonly key: string;
  readonly value: string;
}

/** The choice of an answer in JSON: a word, a list, an object with a field for the label, or a list of such. */
export function choiceInJson(value: unknown, matcher: Matcher, wishes: LabelWishes): Choice {
  if (typeof value === "string") return choice([{ key: "", value }], matcher, wishes);
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    if (items.length === 0)
      return wishes.many ? { kind: "chosen", labels: [] } : { kind: "wrong", problem: "the list is empty" };
    if (wishes.texts !== null && items.length < wishes.texts) {
      return { kind: "wrong", problem: `${wishes.texts} texts were to be labelled; ${items.length} are` };
    }
    if (items.every((each) => typeof each === "string")) {
      return choice(
        items.map((each) => ({ key: "", value: each })),
        matcher,
        wishes,
      );
    }
    return combined(items.map((each) => choiceInJson(each, matcher, wishes)));
  }
  if (typeof value !== "object" || value === null) return { kind: "unclear", reason: "the JSON holds no text" };
  const leaves: Leaf[] = [];
  collect(value, "", leaves, 0);
  const named = leaves.filter(({ key }) => LABEL_KEY.test(key));
  if (named.length > 0) return inFields(named, value, matcher, wishes);
  const scores = Object.entries(value).filter(([, score]) => typeof score === "number");
  if (scores.length >= 2 && scores.every(([key]) => matcher.exact(key) !== null)) {
    return { kind: "unclear", reason: "it scores every label instead of choosing one" };
  }
  const known = leaves.filter((leaf) => matcher.exact(leaf.value) !== null);
  if (known.length === 0 && leaves.length > 0) {
    return { kind: "wrong", problem: `${quoted(leaves)} in the JSON is none of the labels` };
  }
  const labels = known.flatMap((leaf) => matcher.exact(leaf.value) ?? []);
  return labels.length === 0 ? { kind: "unclear", reason: "the JSON holds no label" } : { kind: "chosen", labels };
}

/** Fields that hold labels. Where several speak of labels, only one of them need be this list's. */
function inFields(leaves: readonly Leaf[], value: object, matcher: Matcher, wishes: LabelWishes): Choice {
  const keys = [...new Set(leaves.map(({ key }) => key))];
  const fitting = keys.filter((key) => leaves.some((leaf) => leaf.key === key && matcher.exact(leaf.value) !== null));
  const own = keys.length === 1 ? keys : fitting;
  if (own.length === 0) return { kind: "wrong", problem: `${quoted(leaves)} in the JSON is none of the labels` };
  const judged = leaves.filter(({ key }) => own.includes(key));
  const isOne = !Array.isArray(value) && judged.length === 1;
  return choice(judged, matcher, isOne ? wishes : { ...wishes, each: wishes.each || !isFlat(value) });
}

function choice(leaves: readonly Leaf[], matcher: Matcher, wishes: LabelWishes): Choice {
  const wrong = leaves.find(({ value }) => matcher.exact(value) === null);
  if (wrong !== undefined) {
    const parts = wrong.value.split(/\s*[,;|/]\s*/);
    const labels = parts.flatMap((part) => matcher.exact(part) ?? []);
    if (labels.length === parts.length && parts.length > 1) return several(labels, wishes);
    return { kind: "wrong", problem: `${quoted([wrong])} in the JSON is none of the labels` };
  }
  return several([...new Set(leaves.flatMap(({ value }) => matcher.exact(value) ?? []))], wishes);
}

/** Whether the object holds fields alone, no rows. */
function isFlat(value: object): boolean {
  return Object.values(value).every(
    (inner) =>
      typeof inner !== "object" ||
      inner === null ||
      (Array.isArray(inner) && inner.every((each) => typeof each === "string")),
  );
}

function combined(choices: readonly Choice[]): Choice {
  const bad = choices.find((each) => each.kind === "wrong") ?? choices.find((each) => each.kind === "unclear");
  return bad ?? { kind: "chosen", labels: choices.flatMap((each) => (each.kind === "chosen" ? each.labels : [])) };
}

function collect(value: unknown, key: string, leaves: Leaf[], depth: number): void {
  if (depth > MAX_DEPTH || leaves.length >= MAX_LEAVES) return;
  if (typeof value === "string") leaves.push({ key, value });
  else if (Array.isArray(value)) for (const each of value as readonly unknown[]) collect(each, key, leaves, depth + 1);
  else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) collect(inner, name, leaves, depth + 1);
  }
}

function quoted(leaves: readonly Leaf[]): string {
  return leaves
    .slice(0, 3)
    .map(({ value }) => `"${value.slice(0, 60)}"`)
    .join(", ");
}
