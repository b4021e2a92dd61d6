import {
  attr,
  childrenOf,
  filled,
  has,
  isHidden,
  isOpaque,
  textOf,
  within,
  word,
  type UiElement,
} from "../read/element.ts";
import { isNamed } from "./accessible-name.ts";
import { finding, type Finding, type Judged, type UiRule } from "./rule.ts";
import { isHeading } from "./contrast.ts";

/** What a screen reader needs in order to read a page aloud: its language, the heads of its tables, its outline, its dialogs' names. */
export const READING_RULES: readonly UiRule[] = [language, tables, outline, dialogs];

function language(judged: Judged): readonly Finding[] {
  const roots = judged.elements.filter((each) => each.tag === "html");
  const said = roots.some((each) => (has(each, "lang") && filled(each, "lang")) || each.spread);
  if (!judged.view.isPage || said || /\.documentElement\.(?:lang\b|setAttribute\(\s?["']lang)/.test(judged.source))
    return [];
  return [{ weight: "serious", problem: "<html> has no lang", places: [] }];
}

/** What tables for layout carry, as mails have them. */
const LAYOUT = ["cellpadding", "cellspacing", "border", "align", "width", "bgcolor"];

function tables(judged: Judged): readonly Finding[] {
  const bare = judged.elements.filter((each) => {
    if (each.tag !== "table" || word(each, "role") !== "") return false;
    const inner = within(each).slice(1);
    if (inner.some((one) => one.tag === "th" || isOpaque(one) || word(one, "role").endsWith("header"))) return false;
    return inner.some((one) => one.tag === "td") || !has(each, "id");
  });
  const certain = bare.filter(
    (each) => isData(each) && !LAYOUT.some((name) => has(each, name)) && !isHidden(each) && !each.spread,
  );
  return [
    ...finding(judged, "serious", "table without header cells", certain),
    ...finding(
      judged,
      "heavy",
      "table without header cells",
      bare.filter((each) => !certain.includes(each)),
    ),
  ];
}

/** Rows of several cells each, and nothing in them that only a layout holds. */
function isData(table: UiElement): boolean {
  const inner = within(table).slice(1);
  if (inner.some((each) => /^(?:table|form|section|header|footer|h[1-6])$/.test(each.tag))) return false;
  const rows = inner.filter((each) => each.tag === "tr");
  const wide = rows.filter((row) => childrenOf(row).filter(({ tag }) => tag === "td").length >= 2);
  return wide.length >= 2 && wide.length * 2 > rows.length;
}

const LANDMARKS_APART = /^(?:footer|aside|nav|dialog)$/;

/** An outline with two levels missing has been broken; one level less is how many pages title their cards. */
function outline(judged: Judged): readonly Finding[] {
  const isApart = (each: UiElement): boolean => {
    for (let one: UiElement | null = each; one !== null; one = one.parent)
      if (LANDMARKS_APART.test(one.tag) || /dialog$|^(?:contentinfo|complementary)$/.test(word(one, "role")))
        return true;
    return false;
  };
  const all = judged.elements.filter((each) => isHeading(each) && !isHidden(each) && !isApart(each));
  const gaps = all.filter((each, at) => {
    const before = all[at - 1];
    return before !== undefined && levelOf(each) - levelOf(before) >= 3;
  });
  // In components the order of the source is not that of the page: no heading at all has a level in between.
  const used = new Set(all.map(levelOf));
  const certain = gaps.filter(
    (each) => judged.view.framework === "html" || ![1, 2].some((less) => used.has(levelOf(each) - less)),
  );
  return finding(judged, "serious", "headings skip two levels or more", certain);
}

export function levelOf(heading: UiElement): number {
  return Number(/^h([1-6])$/.exec(heading.tag)?.[1] ?? (attr(heading, "aria-level") || 2));
}

function dialogs(judged: Judged): readonly Finding[] {
  const nameless = judged.elements.filter(
    (each) =>
      /^(?:alert)?dialog$/.test(word(each, "role")) &&
      !isOpaque(each) &&
      !each.spread &&
      !isNamed(each) &&
      !isHidden(each),
  );
  return finding(
    judged,
    "heavy",
    "a dialog without a name (aria-labelledby or aria-label)",
    nameless.filter((each) => textOf(each).text !== "" || textOf(each).dynamic),
  );
}
