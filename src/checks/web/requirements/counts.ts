import { ancestors, childrenOf, has, isOpaque, textOf, within, word, type UiElement } from "../read/element.ts";
import { askedAt, type Ask, type Found } from "./requirement.ts";
import { isControl } from "./controls.ts";
import { isLaidOut } from "./laid-out.ts";
import { onlyListOf } from "./lists.ts";
import { hasRows, tablesAsked } from "./tables.ts";

const NUMBERS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
};
const NUMBER = "(\\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve)";
const COUNTED = new RegExp(
  `\\b${NUMBER}(?:[- ](?!columns?\\b)[a-z-]{1,20}){0,2}[- ](cards?|plans?|tiers?|testimonials|products|columns?|tabs|links|tiles|stats|steps|questions|articles|posts|projects|members|slides|services|reviews|features|buttons|rows|images|photos|pictures)\\b`,
  "gi",
);

/** "three pricing cards", "a table with 4 columns": counted where everything that will be there is in the source. */
export function countsAsked(prompt: string): readonly Ask[] {
  const made: Ask[] = [...tablesAsked(prompt)];
  for (const match of prompt.slice(0, 20_000).matchAll(COUNTED)) {
    const wanted = NUMBERS[match[1]?.toLowerCase() ?? ""] ?? Number(match[1]);
    const kind = (match[2] ?? "").toLowerCase();
    if (wanted < 2 || wanted > 30 || askedAt(match[0], /./) === null) continue;
    if (
      /\b(?:up to|at most|max(?:imum)?(?: of)?|no more than)\s$/i.test(
        prompt.slice(Math.max(0, match.index - 20), match.index),
      )
    )
      continue;
    if (/^columns?$/.test(kind) && /^\s*\(/.test(prompt.slice(match.index + match[0].length)))
      made.push(...namesAsked(prompt.slice(match.index + match[0].length), wanted));
    if (/^columns?$/.test(kind)) {
      const about = prompt.slice(Math.max(0, match.index - 60), match.index);
      if (/\btable\b/i.test(about))
        made.push({ what: `a table of ${wanted} columns`, certain: true, isMet: (found) => columns(found, wanted) });
    } else if (kind === "rows") {
      const about = prompt.slice(Math.max(0, match.index - 120), match.index);
      if (/\btable\b/i.test(about) && !/^ of\b/.test(prompt.slice(match.index + match[0].length)))
        made.push({ what: `${wanted} rows`, certain: true, isMet: (found) => hasRows(found, wanted) });
    } else if (/^(?:images|photos|pictures)$/.test(kind)) {
      made.push({ what: `${wanted} ${kind}`, certain: true, isMet: (found) => pictures(found, wanted) });
    } else {
      made.push({ what: `${wanted} ${kind}`, certain: true, isMet: (found) => repeated(found, wanted, kind) });
      made.push(...namesAsked(prompt.slice(match.index + match[0].length), wanted));
    }
  }
  const days = /\b(\d{1,2})-day (?:\w+ )?(?:forecast|outlook|schedule|itinerary)\b/i.exec(prompt)?.[1];
  if (days !== undefined)
    made.push({ what: `${days} days`, certain: true, isMet: (found) => repeated(found, Number(days), "days") });
  return made;
}

/** "three plans (Basic, Pro, Enterprise)": as many names as are counted, each with a capital. */
function namesAsked(after: string, wanted: number): readonly Ask[] {
  const list = /^\s*(?:\(|:)\s*([^()\n.;:]{3,160})/.exec(after)?.[1] ?? "";
  const names = list
    .split(/,|\band\b|&|\//)
    .map((name) => name.replace(/["'`“”]/g, "").trim())
    .filter((name) => name !== "");
  if (names.length !== wanted || !names.every((name) => /^[A-Z][\w+-]*(?: [\w+-]+){0,2}$/.test(name))) return [];
  return names.map((name) => ({
    what: `"${name}"`,
    certain: true,
    isMet: ({ text }) => text.includes(name.toLowerCase()),
  }));
}

function columns({ judged, isStatic }: Found, wanted: number): boolean | null {
  const tables = judged.flatMap(({ elements }) => elements.filter((each) => each.tag === "table"));
  if (!isStatic || tables.length === 0) return null;
  return tables.some((table) => {
    const rows = within(table).filter((each) => each.tag === "tr");
    return rows.some((row) => {
      const cells = childrenOf(row).filter((each) => /^t[hd]$/.test(each.tag));
      const span = cells.reduce((sum, cell) => sum + Math.max(1, Math.min(50, Number(word(cell, "colspan")) || 1)), 0);
      return span === wanted;
    });
  });
}

/** Styles may draw pictures, too: then anything that is repeated may be one. */
function pictures(found: Found, wanted: number): boolean | null {
  const all = found.judged.flatMap(({ elements }) => elements);
  const images = all.filter(({ tag }) => tag === "img").length;
  // Where the pictures are elements, what styles draw is something else.
  if (images >= 3 && images * 2 >= wanted && isLaidOut(found) && !/\.map\(|v-for|\{#each/.test(found.text))
    return images >= wanted;
  const drawn = /url\(|gradient\(|content:/.test(found.text);
  if (drawn || !found.isStatic) return repeated(found, wanted, "pictures");
  if (found.judged.length === 0) return null;
  return all.filter((each) => /^(?:img|svg)$/.test(each.tag) || word(each, "role") === "img").length >= wanted;
}

/** Whether so many of a kind stand anywhere, or where the page has a place for them; a grid may break them into rows. */
function repeated(found: Found, wanted: number, kind: string): boolean | null {
  const { judged, text } = found;
  if (found.ui.views.some(({ framework }) => framework !== "html")) return listed(found, wanted);
  if (!isLaidOut(found) || judged.length === 0 || /\.map\(|v-for|\{#each/.test(text)) return null;
  if (judged.some(({ elements }) => elements.some(isOpaque))) return null;
  const all = judged.flatMap(({ elements }) => elements);
  if (all.length > MAX_COUNTED) return null;
  if (kind === "questions") return questions(all) >= wanted;
  if (kind === "buttons" || kind === "links") return all.filter(isControl).length >= wanted;
  const places = placesOf(all, kind);
  return (places.length > 0 ? places : [all]).some((elements) => mostAlike(elements) >= wanted);
}

/** Everything that asks: a summary, a heading, a button or a term that ends in a question mark; or whatever opens. */
function questions(elements: readonly UiElement[]): number {
  const asking = elements.filter(
    (each) =>
      /^(?:summary|dt|button|h[2-6]|label|strong|legend)$/.test(each.tag) && /\?\W{0,3}$/.test(textOf(each).text),
  );
  const outer = asking.filter((each) => ![...ancestors(each)].some((parent) => asking.includes(parent)));
  const opening = elements.filter((each) => each.tag === "details" || has(each, "aria-expanded"));
  return Math.max(outer.length, opening.length);
}

const MAX_PLACES = 50;
/** The text of each is read. */
const MAX_COUNTED = 3_000;

/** The parts of a page that are called as the kind is, each with all that is in it. */
function placesOf(all: readonly UiElement[], kind: string): readonly (readonly UiElement[])[] {
  const stem = STEMS[kind.replace(/s$/, "")];
  if (stem === undefined) return [];
  const isCalled = (each: UiElement): boolean =>
    stem.test(`${word(each, "class")} ${word(each, "id")} ${word(each, "aria-label")}`) ||
    childrenOf(each).some((child) => /^h[1-6]$/.test(child.tag) && stem.test(textOf(child).text.toLowerCase()));
  return all
    .filter((each) => /^(?:section|div|ul|ol|main|article)$/.test(each.tag) && isCalled(each))
    .slice(0, MAX_PLACES)
    .map((each) => within(each).slice(1))
    .filter((elements) => elements.length >= 4);
}

const STEMS: Readonly<Record<string, RegExp>> = {
  testimonial: /testimonial|review|quote|customers? say|love/,
  plan: /plan|pric|tier/,
  tier: /plan|pric|tier/,
  product: /product|shop|item|catalog|store/,
  review: /testimonial|review|quote/,
  feature: /feature|benefit|why/,
  stat: /stat|metric|kpi|overview|summary/,
  step: /step|how it works|process/,
};

/** How many elements of one tag stand side by side, or share their first class. */
function mostAlike(elements: readonly UiElement[]): number {
  const counts = new Map<string, number>();
  const parents = new Map<UiElement | null, Map<string, number>>();
  for (const each of elements) {
    if (/^(?:script|style|br|meta|link|p|path|option)$/.test(each.tag)) continue;
    const [first = ""] = word(each, "class").split(/\s+/);
    if (first !== "") counts.set(`${each.tag}.${first}`, (counts.get(`${each.tag}.${first}`) ?? 0) + 1);
    const own = parents.get(each.parent) ?? new Map<string, number>();
    own.set(each.tag, (own.get(each.tag) ?? 0) + 1);
    parents.set(each.parent, own);
  }
  return Math.max(0, ...counts.values(), ...[...parents.values()].flatMap((own) => [...own.values()]));
}

/** A list in the code that is too short, where nothing is written out so many times. */
function listed({ judged, ui }: Found, wanted: number): boolean | null {
  const items = onlyListOf(ui.source);
  if (items === null || items === 0) return null;
  if (items >= wanted) return true;
  const kinds = judged.flatMap(({ elements }) => elements.map((each) => `${each.tag}.${word(each, "class")}`));
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts.values()].some((count) => count >= wanted) ? null : false;
}
