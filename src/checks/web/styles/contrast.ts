import type { Cascade } from "./cascade.ts";
import { colourOf, contrastOf, hexOf, type Colour } from "./color.ts";
import { ancestors, attr, has, isHidden, type UiElement, word } from "../read/element.ts";

/** Text that is hard to read against what is behind it. */
export interface LowContrast {
  readonly element: UiElement;
  readonly ratio: number;
  readonly needed: number;
  readonly text: string;
}

const WHITE: Colour = [255, 255, 255];
const BLACK: Colour = [0, 0, 0];
/** Elements with colours of the browser's own. */
const OWN_COLOURS = new Set([
  "a",
  "button",
  "input",
  "select",
  "textarea",
  "option",
  "mark",
  "fieldset",
  "dialog",
  "summary",
  "svg",
  "iframe",
]);
const TEXT_ALONE = /^(?:p|h[1-6]|time|figcaption|dt|dd|small|strong|em|label|cite)$/;
const MAX_CHECKED = 3_000;

/** Text whose colour and background are both certain and too close. What is not certain is left out. */
export function lowContrast(
  elements: readonly UiElement[],
  cascade: Cascade,
  wholePage: boolean,
): readonly LowContrast[] {
  const texts = elements.filter((each) => isText(each) && !isHidden(each)).slice(0, MAX_CHECKED);
  return texts.flatMap((each) => {
    const colour = textColour(each, cascade, wholePage);
    const behind = colour === null ? null : background(each, cascade, wholePage);
    if (colour === null || behind === null || isFaded(each, cascade)) return [];
    const needed = isLarge(each, cascade) ? 3 : 4.5;
    const ratio = contrastOf(colour, behind);
    const text = `contrast ${ratio.toFixed(2)}:1 of ${hexOf(colour)} on ${hexOf(behind)}, ${needed}:1 needed`;
    return ratio < needed ? [{ element: each, ratio, needed, text }] : [];
  });
}

function isText(each: UiElement): boolean {
  if (/^(?:script|style|title|head|option|noscript|svg|text|template)$/.test(each.tag) || has(each, "disabled"))
    return false;
  if (each.children.some((child) => child.kind === "text" && /[\p{L}\p{N}]{2}/u.test(child.text))) return true;
  // What a run fills in is text, where only text may stand.
  return TEXT_ALONE.test(each.tag) && each.children.some((child) => child.kind === "dynamic");
}

function textColour(each: UiElement, cascade: Cascade, wholePage: boolean): Colour | null {
  for (const one of [each, ...ancestors(each)]) {
    if (one.tag === "svg") return null;
    const declared = cascade.declared(one, ["color"]);
    if (declared === "unknown") return null;
    if (declared === "unset" || declared.value === "inherit") {
      if (OWN_COLOURS.has(one.tag) && declared === "unset") return null;
      continue;
    }
    const value = cascade.resolve(declared.value, one);
    const colour = value === null ? null : colourOf(value);
    return colour === "transparent" ? null : colour;
  }
  return wholePage ? BLACK : null;
}

function background(each: UiElement, cascade: Cascade, wholePage: boolean): Colour | null {
  for (const one of [each, ...ancestors(each)]) {
    if (cascade.declared(one, ["background-image"]) !== "unset") return null;
    const declared = cascade.declared(one, ["background-color", "background"]);
    if (declared === "unknown") return null;
    if (declared === "unset") {
      if (OWN_COLOURS.has(one.tag) && one.tag !== "a" && one.tag !== "summary" && one.tag !== "fieldset") return null;
    } else {
      const value = cascade.resolve(declared.value, one);
      const colour = value === null || value === "none" ? value : colourOf(value);
      if (colour === null) return null;
      if (colour !== "transparent" && colour !== "none") return colour;
    }
    const position = cascade.declared(one, ["position"]);
    if (position === "unknown" || (position !== "unset" && /absolute|fixed/.test(position.value))) return null;
  }
  return wholePage ? WHITE : null;
}

/** Fading, filters and blending change what is seen. */
function isFaded(each: UiElement, cascade: Cascade): boolean {
  return [each, ...ancestors(each)].some(
    (one) =>
      cascade.declared(one, ["opacity", "filter"]) !== "unset" ||
      word(one, "class").includes("sr-only") ||
      attr(one, "class")?.includes("visually-hidden") === true,
  );
}

const HEADING_SIZES: Readonly<Record<string, number>> = { h1: 32, h2: 24, h3: 18.72 };

/** WCAG: from 24 px, or from 18.66 px in bold. A size that cannot be told counts as large. */
function isLarge(each: UiElement, cascade: Cascade): boolean {
  let bold = false;
  for (const one of [each, ...ancestors(each)]) {
    const weight = cascade.declared(one, ["font-weight"]);
    if (/^(?:h[1-6]|b|strong|th)$/.test(one.tag) || (typeof weight === "object" && /bold|[7-9]00/.test(weight.value)))
      bold = true;
    const size = cascade.declared(one, ["font-size", "font"]);
    if (size === "unset" && HEADING_SIZES[one.tag] === undefined) continue;
    const px =
      size === "unset"
        ? (HEADING_SIZES[one.tag] ?? null)
        : size === "unknown"
          ? null
          : pixels(cascade.resolve(size.value, one) ?? "");
    return px === null || px >= 24 || (bold && px >= 18.66);
  }
  return false;
}

function pixels(value: string): number | null {
  const found = /(?:^|\s)([\d.]{1,8})(px|rem|em|pt)(?:[\s/]|$)/.exec(value);
  if (found === null) return null;
  const factor = found[2] === "px" ? 1 : found[2] === "pt" ? 4 / 3 : 16;
  return Number(found[1]) * factor;
}
