import { ancestors, attr, has, isHidden, isOpaque, textOf, word, type UiElement } from "../read/element.ts";
import { matches } from "../styles/selector.ts";
import { finding, type Finding, type Judged, type UiRule } from "./rule.ts";

export const NATIVE =
  /^(?:a|button|input|select|textarea|label|summary|option|details|dialog|form|body|html|area|video|audio|iframe)$/;
const WIDGET_ROLES = new Set([
  "button",
  "link",
  "checkbox",
  "switch",
  "tab",
  "menuitem",
  "option",
  "radio",
  "slider",
  "textbox",
  "combobox",
]);

export const KEYBOARD_RULES: readonly UiRule[] = [
  roles,
  focusOutline,
  tabindexes,
  hiddenFocus,
  emptyLinks,
  skipLinks,
  mice,
];

export function isFocusable(each: UiElement): boolean {
  if (each.tag === "a") return has(each, "href");
  return (
    /^(?:button|input|select|textarea|summary|iframe)$/.test(each.tag) ||
    has(each, "tabindex") ||
    has(each, "contenteditable")
  );
}

export function hasKeys(each: UiElement): boolean {
  return ["onkeydown", "onkeyup", "onkeypress"].some((name) => has(each, name)) || each.spread;
}

/** A role promises a keyboard; without a focus and keys the promise is not kept. */
function roles(judged: Judged): readonly Finding[] {
  const widgets = judged.elements.filter(
    (each) =>
      WIDGET_ROLES.has(word(each, "role")) &&
      !NATIVE.test(each.tag) &&
      !isOpaque(each) &&
      !each.spread &&
      !isHidden(each),
  );
  const composite = (each: UiElement): boolean => /^(?:option|menuitem|radio|tab)$/.test(word(each, "role"));
  const unreachable = widgets.filter(
    (each) =>
      !has(each, "tabindex") &&
      !has(each, "contenteditable") &&
      !composite(each) &&
      !/tabindex/i.test(judged.source.replace(/tabindex=/gi, "")) &&
      word(each, "aria-disabled") !== "true",
  );
  const hasListeners = /keydown|keyup|keypress|onKey/i.test(judged.source);
  const mute = widgets.filter(
    (each) =>
      has(each, "tabindex") &&
      has(each, "onclick") &&
      !hasKeys(each) &&
      !hasListeners &&
      word(each, "role") === "button",
  );
  const lost = widgets.filter(
    (each) => composite(each) && !has(each, "tabindex") && !/aria-activedescendant|tabindex/i.test(judged.source),
  );
  return [
    ...finding(judged, "serious", "a role of a control without tabindex: the keyboard cannot reach it", unreachable),
    ...finding(judged, "serious", "role=button without a key handler: the keyboard cannot use it", mute),
    ...finding(judged, "medium", "items of a widget that the keyboard cannot reach", lost),
  ];
}

const REPLACES =
  /^(?:outline|outline-[\w]+|box-shadow|border|border-[\w-]+|background|background-color|text-decoration|text-decoration-[\w]+|color|transform)$/;

/** Focus made invisible: certain when no rule for focus shows anything instead. */
function focusOutline(judged: Judged): readonly Finding[] {
  const { rules } = judged.sheet;
  const gone = (value: string | undefined): boolean =>
    value !== undefined && /^(?:none|0|0px|transparent)\b/.test(value);
  const removing = rules.filter(
    ({ declarations, selectorText }) =>
      (gone(declarations.get("outline")) || gone(declarations.get("outline-width"))) &&
      !/:not\(:focus-visible\)/.test(selectorText),
  );
  if (removing.length === 0) return [];
  const replaced = rules.some(
    ({ selectorText, declarations }) =>
      /:focus/.test(selectorText) &&
      [...declarations].some(
        ([name, value]) => REPLACES.test(name) && !(name.startsWith("outline") && gone(value)) && value !== "none",
      ),
  );
  const concerned = judged.elements.some(
    (each) =>
      isFocusable(each) && removing.some(({ selector }) => selector === null || matches(selector, each) !== false),
  );
  if (replaced || !concerned) return [];
  return [
    {
      weight: "serious",
      problem: `focus outline removed and nothing in its place (${removing[0]?.selectorText})`,
      places: [],
    },
  ];
}

function tabindexes(judged: Judged): readonly Finding[] {
  return finding(
    judged,
    "medium",
    "positive tabindex",
    judged.elements.filter((each) => Number(attr(each, "tabindex") ?? 0) > 0),
  );
}

function hiddenFocus(judged: Judged): readonly Finding[] {
  const bad = judged.elements.filter(
    (each) =>
      isFocusable(each) &&
      !has(each, "disabled") &&
      word(each, "tabindex") !== "-1" &&
      word(each, "type") !== "hidden" &&
      [each, ...ancestors(each)].some((one) => word(one, "aria-hidden") === "true") &&
      ![each, ...ancestors(each)].some((one) => has(one, "hidden") || has(one, "inert") || one.tag === "template"),
  );
  const own = bad.filter((each) => word(each, "aria-hidden") === "true");
  // Nothing else on the page does what it does; a sign alone may be decoration. Its own text is read past its aria-hidden.
  const isOnly = own.some(
    (control) =>
      /^(?:button|a)$/.test(control.tag) &&
      /\p{L}{2}/u.test(textOf(control).text) &&
      !judged.elements.some((each) => isOpaque(each) || (each.tag === control.tag && !isHidden(each))),
  );
  return [
    ...finding(judged, isOnly ? "serious" : "heavy", "focusable and hidden from assistive technology", own),
    ...finding(
      judged,
      "light",
      "focusable within aria-hidden",
      bad.filter((each) => !own.includes(each)),
    ),
  ];
}

function emptyLinks(judged: Judged): readonly Finding[] {
  const links = judged.elements.filter((each) => each.tag === "a" && !each.spread && !isHidden(each));
  const noHref = links.filter((each) => !has(each, "href") && has(each, "onclick") && !has(each, "role"));
  const dead = links.filter(
    (each) => (has(each, "onclick") && attr(each, "href") === "#") || word(each, "href").startsWith("javascript:"),
  );
  return [
    ...finding(judged, "heavy", "<a> without href as a button", noHref),
    ...finding(judged, "light", "link to nowhere as a button", dead),
  ];
}

function skipLinks(judged: Judged): readonly Finding[] {
  if (!judged.view.isPage) return [];
  const ids = new Set(judged.elements.flatMap((each) => [attr(each, "id"), attr(each, "name")]));
  const isSkip = (each: UiElement): boolean =>
    /\bskip\b/.test(word(each, "class")) || /^(?:skip|jump) (?:to|past)\b/i.test(textOf(each).text);
  const anchors = judged.elements.filter(
    (each) =>
      each.tag === "a" && /^#[\w-]+$/.test(attr(each, "href") ?? "") && !ids.has(attr(each, "href")?.slice(1) ?? ""),
  );
  const hasRoutes = /hashchange|router/i.test(judged.source);
  return [
    ...finding(
      judged,
      "serious",
      "skip link to a target that is not there",
      anchors.filter((each) => isSkip(each) && !ids.has(null)),
    ),
    ...finding(
      judged,
      "light",
      "link to an id that is not there",
      hasRoutes ? [] : anchors.filter((each) => !isSkip(each)),
    ),
  ];
}

function mice(judged: Judged): readonly Finding[] {
  const media = judged.elements.filter(
    (each) => /^(?:video|audio)$/.test(each.tag) && has(each, "autoplay") && attr(each, "autoplay") !== "false",
  );
  const loud = media.filter((each) => !has(each, "muted") && !each.spread);
  const still = media.filter((each) => has(each, "muted") && !has(each, "controls") && !has(each, "aria-hidden"));
  const moving = judged.elements.filter((each) => each.tag === "marquee" || each.tag === "blink");
  const refresh = judged.elements.filter((each) => each.tag === "meta" && word(each, "http-equiv") === "refresh");
  return [
    ...finding(judged, "heavy", "media that plays with sound by itself", loud),
    ...finding(judged, "light", "moving media without controls", still),
    ...finding(judged, "heavy", "text that moves or blinks", moving),
    ...finding(judged, "medium", "the page reloads by itself", refresh),
  ];
}
