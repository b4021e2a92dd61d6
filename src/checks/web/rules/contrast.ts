import { lowContrast, type LowContrast } from "../styles/contrast.ts";
import { attr, isHidden, textOf, word, type UiElement } from "../read/element.ts";
import { placeIn } from "../read/files.ts";
import { finding, type Finding, type Judged, type UiRule } from "./rule.ts";

export const SIGHT_RULES: readonly UiRule[] = [contrast, utilities, zoom, fakeHeadings];

function contrast(judged: Judged): readonly Finding[] {
  const low = lowContrast(judged.elements, judged.cascade, judged.view.isPage && judged.allStyles);
  // Under 3:1 body text cannot be read by many; what is nearly enough costs points.
  return faint(judged, low, 3);
}

/** The greys of a palette are chosen by name, and its middle ones are all around: these cost points. */
function utilities(judged: Judged): readonly Finding[] {
  return faint(judged, judged.utilities.low, 2.4);
}

function faint(judged: Judged, low: readonly LowContrast[], least: number): readonly Finding[] {
  const where = (ones: typeof low): readonly string[] =>
    ones.map((one) => `${placeIn(judged.view.file, one.element.line)} <${one.element.tag}>`);
  const grave = low.filter(({ ratio, needed }) => ratio < least && (needed > 3 || ratio < 2) && ratio > 1.02);
  const slight = low.filter((one) => !grave.includes(one));
  return [
    ...(grave.length === 0
      ? []
      : [{ weight: "serious" as const, problem: grave[0]?.text ?? "", places: where(grave) }]),
    ...(slight.length === 0
      ? []
      : [
          {
            weight: slight.length > 2 ? ("heavy" as const) : ("medium" as const),
            problem: slight[0]?.text ?? "",
            places: where(slight),
          },
        ]),
  ];
}

function zoom(judged: Judged): readonly Finding[] {
  const blocked = judged.elements.filter(
    (each) =>
      each.tag === "meta" &&
      word(each, "name") === "viewport" &&
      /user-scalable\s?=\s?(?:no|0)\b|maximum-scale\s?=\s?1(?:\.[0-9])?(?![.\d])/.test(word(each, "content")),
  );
  return finding(judged, "serious", "the viewport forbids zoom", blocked);
}

/** Headings made of size and weight: no way around the page for those who do not see it. */
function fakeHeadings(judged: Judged): readonly Finding[] {
  const fake = judged.elements.filter((each) => {
    if (!/^(?:div|span|p|b|strong)$/.test(each.tag) || isHidden(each) || word(each, "role") === "heading") return false;
    const named = /(?:^|[\s_-])(?:heading|headline|h[1-6])(?:$|\s)/.test(word(each, "class"));
    const { text } = textOf(each);
    const bold =
      each.children.length > 0 &&
      /font-weight:\s?(?:bold|[7-9]00)/.test(word(each, "style")) &&
      /font-size:\s?(?:[2-9]\d|1[89])px|font-size:\s?(?:1\.[2-9]|[2-9])/.test(word(each, "style"));
    return (
      text !== "" &&
      text.length < 80 &&
      (named || bold) &&
      !each.children.some((child) => child.kind === "element" && isHeading(child))
    );
  });
  const real = judged.elements.filter(isHeading).length;
  return finding(judged, real === 0 ? "heavy" : "medium", "a heading in looks alone", fake);
}

export function isHeading(each: UiElement): boolean {
  return /^h[1-6]$/.test(each.tag) || (word(each, "role") === "heading" && attr(each, "aria-level") !== "");
}
