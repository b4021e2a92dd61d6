import { ancestors, attr, childrenOf, has, isOpaque, textOf, within, word, type UiElement } from "../read/element.ts";
import { isField } from "../rules/accessible-name.ts";
import type { Judged } from "../rules/rule.ts";

/** Whether an element is the part that was asked for, rather than a word about it. */
export type IsPart = (each: UiElement, judged: Judged) => boolean;

const NO_PART = /^(?:html|head|body|main|title|meta|link|script|style|noscript|base)$/;
const SECTION_WORDS = /\b(?:hero|features?|footer|header|pricing|testimonials?|about|contact|faq|team|services)\b/g;
const MAX_VALUE_CHARS = 300;

/** Its tag, attributes and own text, lower case. */
function said(each: UiElement): string {
  const attrs = [...each.attrs].map(([name, value]) => `${name}="${(value ?? "").slice(0, MAX_VALUE_CHARS)}"`);
  const own = each.children.map((child) => (child.kind === "text" ? child.text : "")).join(" ");
  return `<${each.tag} ${attrs.join(" ")}> ${own}`.toLowerCase();
}

const known = new WeakMap<UiElement, string>();

function saidOnce(each: UiElement): string {
  const text = known.get(each) ?? said(each);
  known.set(each, text);
  return text;
}

/** The element itself, or the part that its heading heads, holds something. */
function hasContent(each: UiElement): boolean {
  const whole = /^h[1-6]$/.test(each.tag) && each.parent !== null ? each.parent : each;
  return textOf(whole).text !== "" || childrenOf(whole).length > 0;
}

/** A section has an element of its own: neither the whole page, nor one for many, nor a link to it. */
export function section(pattern: RegExp): IsPart {
  return (each) => {
    if (NO_PART.test(each.tag) || !pattern.test(saidOnce(each)) || !hasContent(each)) return false;
    if ((word(each, "class").match(SECTION_WORDS) ?? []).length >= 3) return false;
    return !(each.tag === "a" && (attr(each, "href") ?? "").startsWith("#") && isInNavigation(each));
  };
}

function isInNavigation(each: UiElement): boolean {
  for (const parent of ancestors(each)) if (parent.tag === "nav") return true;
  return false;
}

function isCalled(each: UiElement, pattern: RegExp): boolean {
  return (
    !NO_PART.test(each.tag) && pattern.test(`${word(each, "class")} ${word(each, "id")} ${word(each, "aria-label")}`)
  );
}

export const isNavigation: IsPart = (each) =>
  each.tag === "nav" ||
  /^(?:navigation|menu|menubar)$/.test(word(each, "role")) ||
  (isCalled(each, /nav|menu/) && within(each).some(({ tag }) => tag === "a" || tag === "button"));

/** Somewhere to enter something, and not switched off by a style that nothing on the page lifts. */
export const isForm: IsPart = (each, judged) =>
  (each.tag === "form" || /^(?:form|search)$/.test(word(each, "role")) || isField(each)) && !isOff(each, judged);

export const isTable: IsPart = (each) =>
  each.tag === "table" ||
  /^(?:table|grid|treegrid)$/.test(word(each, "role")) ||
  (isCalled(each, /table/) && childrenOf(each).length >= 2);

export const isFooter: IsPart = (each) =>
  hasContent(each) && (each.tag === "footer" || word(each, "role") === "contentinfo" || isCalled(each, /foot/));

export const isHeader: IsPart = (each) =>
  hasContent(each) &&
  (/^(?:header|nav)$/.test(each.tag) || word(each, "role") === "banner" || isCalled(each, /head|banner|nav/));

/** An h1 with something beside it makes a hero, whatever its section is called. */
export const isHero: IsPart = (each) =>
  (each.tag === "h1" && (NO_PART.test(each.parent?.tag ?? "main") ? siblings(each) > 1 : true)) ||
  (isCalled(each, /hero|banner|jumbotron|headline|masthead|intro/) && hasContent(each));

function siblings(each: UiElement): number {
  return each.parent === null ? 2 : childrenOf(each.parent).length;
}

export const isCarousel: IsPart = (each, { source }) =>
  (isCalled(each, /carousel|slide|swiper|scroll|gallery|track/) && childrenOf(each).length >= 2) ||
  /scroll-snap/.test(source);

/** A field, or what may be one, of which something may say a word. */
function isFieldFor(each: UiElement, pattern: RegExp, attrs: readonly string[]): boolean {
  if (!isField(each) && !isOpaque(each)) return false;
  return each.spread || attrs.some((name) => attr(each, name) === null || pattern.test(word(each, name)));
}

export const isSearch: IsPart = (each, { elements }) =>
  word(each, "role").startsWith("search") ||
  isFieldFor(each, /search|find|filter|look|query/, ["type", "placeholder", "aria-label", "id", "name", "class"]) ||
  (each.tag === "label" &&
    /search|find|filter|look/i.test(textOf(each).text) &&
    elements.some((one) => isField(one) || isOpaque(one)));

/** An input of a kind, or an element with the role. */
function isInput(type: RegExp): IsPart {
  return (each) =>
    isFieldFor(each, type, ["type"]) ||
    type.test(word(each, "role")) ||
    (isOpaque(each) && type.test(each.tag.toLowerCase()));
}

export const isCheckbox = isInput(/checkbox|switch/);
export const isRadio = isInput(/radio/);
export const isPassword: IsPart = (each) => isFieldFor(each, /password/, ["type", "name", "id"]);
export const isTextField: IsPart = (each) => isFieldFor(each, /^(?:|email|text)$/, ["type"]);

export const isVideo: IsPart = (each) => /^(?:video|iframe|object|embed)$/.test(each.tag);

const LIFTED = /:(?:target|checked|has|focus|focus-within|hover|popover-open|modal)\b/;

function isOff(each: UiElement, { cascade, sheet, allStyles, source }: Judged): boolean {
  const shows = sheet.rules.some(
    ({ conditions, declarations }) =>
      conditions.length > 0 && declarations.has("display") && declarations.get("display") !== "none",
  );
  if (
    !allStyles ||
    shows ||
    LIFTED.test(
      source
        .replace(/:focus-visible/g, "")
        .replace(/(?:a|button|input|textarea|select|\.[\w-]{1,60}):(?:hover|focus)\b/g, ""),
    )
  )
    return false;
  return [each, ...ancestors(each)].some((one) => {
    const display = cascade.declared(one, ["display"]);
    return has(one, "hidden") || (typeof display === "object" && display.value === "none");
  });
}
