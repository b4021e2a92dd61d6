import { childrenOf, isOpaque, within, word, type UiElement } from "../element.ts";
import { askedAt, type Ask, type Found } from "./ask.ts";

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
  `\\b${NUMBER}(?:[- ](?!columns?\\b)[a-z-]{1,20}){0,2}[- ](cards?|plans?|tiers?|testimonials|products|columns?|tabs|links|tiles|stats|steps|questions|buttons|rows)\\b`,
  "gi",
);

/** "three pricing cards", "a table with 4 columns": counted where everything that will be there is in the source. */
export function countsAsked(prompt: string): readonly Ask[] {
  const made: Ask[] = [];
  for (const match of prompt.slice(0, 20_000).matchAll(COUNTED)) {
    const wanted = NUMBERS[match[1]?.toLowerCase() ?? ""] ?? Number(match[1]);
    const kind = (match[2] ?? "").toLowerCase();
    if (wanted < 2 || wanted > 30 || askedAt(match[0], /./) === null) continue;
    if (/^columns?$/.test(kind)) {
      const about = prompt.slice(Math.max(0, match.index - 60), match.index);
      if (/\btable\b/i.test(about))
        made.push({ what: `a table of ${wanted} columns`, certain: true, isMet: (found) => columns(found, wanted) });
    } else if (kind !== "rows") {
      made.push({ what: `${wanted} ${kind}`, certain: true, isMet: (found) => repeated(found, wanted) });
      made.push(...namesAsked(prompt.slice(match.index + match[0].length), wanted));
    }
  }
  return made;
}

/** "three plans (Basic, Pro, Enterprise)": as many names as are counted, each with a capital. */
function namesAsked(after: string, wanted: number): readonly Ask[] {
  const list = /^\s*(?:\(|:)\s*([^()\n.;:]{3,160})/.exec(after)?.[1] ?? "";
  const names = list
    .split(/,|\band\b|&|\//)
    .map((name) => name.replace(/["'`“”]/g, "").trim())
    .filter((name) => name !== "");
  if (names.length !== wanted || !names.every((name) => /^[A-Z][\w+-]*(?: [A-Z][\w+-]*)?$/.test(name))) return [];
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

/** Whether so many siblings of one kind stand anywhere; a grid may break them into rows. */
function repeated({ judged, isStatic, text }: Found, wanted: number): boolean | null {
  if (!isStatic || judged.length === 0 || /\.map\(|v-for|\{#each/.test(text)) return null;
  const totals = new Map<string, number>();
  for (const { elements } of judged) {
    for (const each of elements) {
      if (isOpaque(each)) return null;
      const kind = `${each.tag}.${word(each, "class").split(/\s+/)[0] ?? ""}`;
      totals.set(kind, (totals.get(kind) ?? 0) + 1);
    }
    if (elements.some((each) => siblings(each) >= wanted)) return true;
  }
  return [...totals.values()].some((count) => count >= wanted);
}

function siblings(each: UiElement): number {
  return childrenOf(each).filter(({ tag }) => !/^(?:script|style|br|meta|link)$/.test(tag)).length;
}
