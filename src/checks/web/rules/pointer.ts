import { ancestors, attr, has, isHidden, isOpaque, textOf, within, word, type UiElement } from "../read/element.ts";
import { finding, type Finding, type Judged, type UiRule } from "./rule.ts";
import { hasKeys, isFocusable, NATIVE } from "./keyboard.ts";

/** What works with a mouse alone, and what keeps the keyboard from going on. */
export const POINTER_RULES: readonly UiRule[] = [clickables, traps];

/** A backdrop that closes what is before it, a handler that only stops the event: no way in for anybody. */
function isBackdrop(each: UiElement): boolean {
  const handler = attr(each, "onclick") ?? "";
  const words = `${classesOf(each)} ${word(each, "id")} ${word(each, "style")}`;
  return (
    /overlay|backdrop|scrim|modal|mask|inset-0|lightbox/.test(words) ||
    /stopPropagation|currentTarget|event\.target|this\s?===?/.test(handler) ||
    has(each, "v-on:click.self")
  );
}

/** All classes that it may have, as far as the source names them. */
function classesOf(each: UiElement): string {
  return (each.looks?.map(({ classes }) => classes).join(" ") ?? attr(each, "class") ?? "").toLowerCase();
}

const CALLED_CONTROL =
  /(?:^|[\s_-])(?:toggle|toggler|btn|button|hamburger|burger|close|switch|prev|next|arrow|like|heart|delete|remove|chevron|trigger|checkbox|radio)(?:$|[\s_-])/;

/** Clickable with a mouse alone. Certain only where nothing else in or around it could do the same. */
function clickables(judged: Judged): readonly Finding[] {
  const listening = listenersOf(judged);
  const bad = judged.elements.filter((each) => {
    if (NATIVE.test(each.tag) || isOpaque(each) || each.spread || isHidden(each)) return false;
    if (!has(each, "onclick") && !listening.has(each)) return false;
    return !has(each, "tabindex") && !has(each, "role") && !hasKeys(each) && !insideControl(each);
  });
  const certain = bad.filter((each) => {
    const { text, dynamic } = textOf(each);
    const inner = within(each).filter((one) => one !== each);
    const isThing =
      text !== "" || dynamic || each.tag === "img" || CALLED_CONTROL.test(`${classesOf(each)} ${word(each, "id")}`);
    return isThing && !isBackdrop(each) && !inner.some((one) => isFocusable(one) || isOpaque(one)) && each.tag !== "tr";
  });
  const rest = bad.filter((each) => !certain.includes(each) && !isBackdrop(each));
  return [
    ...finding(judged, "serious", "clickable element that the keyboard cannot reach: use a button", certain),
    ...finding(judged, "medium", "clickable element that is no control", rest),
  ];
}

function insideControl(each: UiElement): boolean {
  for (const parent of ancestors(each))
    if (/^(?:a|button|label|summary)$/.test(parent.tag) || isOpaque(parent)) return true;
  return false;
}

const FOUND_ELEMENT =
  /(?:\b(?:const|let|var)\s+(\w{1,60})\s*=\s*)?document\.(?:getElementById\(\s*["']([\w-]{1,60})["']\s*\)|querySelector\(\s*["']([.#])([\w-]{1,60})["']\s*\))(\.addEventListener\(\s*["']click["']|\.onclick\s*=)?/g;

/** Plain elements, called as a control is or with a text of their own, that a script of the page makes clickable. */
function listenersOf({ elements, source, view }: Judged): ReadonlySet<UiElement> {
  const found = new Set<UiElement>();
  if (view.framework !== "html" || /keydown|keyup|keypress/.test(source)) return found;
  for (const [, name, id, sign, selected, direct] of source.matchAll(FOUND_ELEMENT)) {
    const listens =
      direct !== undefined ||
      (name !== undefined &&
        new RegExp(`\\b${name}\\.(?:addEventListener\\(\\s*["']click["']|onclick\\s*=)`).test(source));
    if (!listens) continue;
    const isIt = (each: UiElement): boolean =>
      id !== undefined || sign === "#"
        ? attr(each, "id") === (id ?? selected)
        : (attr(each, "class") ?? "").split(/\s+/).includes(selected ?? "");
    for (const each of elements.filter(isIt)) {
      const isPlain = /^(?:div|span|i|p|img|svg)$/.test(each.tag);
      const hasText = each.children.some((child) => child.kind === "text" && /\S/.test(child.text));
      if (isPlain && (hasText || CALLED_CONTROL.test(`${classesOf(each)} ${word(each, "id")}`))) found.add(each);
    }
  }
  return found;
}

const SWALLOWS_ALL = [
  // A handler of one statement.
  /\bonKeyDown=\{\s*\(?\s*(\w{1,40})\s*\)?\s*=>\s*(?:\{\s*)?\1\.preventDefault\(\);?\s*\}?\s*\}/i,
  /addEventListener\(\s*["']keydown["']\s*,\s*(?:function\s*)?\(?\s*(\w{1,40})\s*\)?\s*(?:=>)?\s*(?:\{\s*)?\1\.preventDefault\(\);?\s*\}?\s*\)/,
  /\bonkeydown="(?:return false|event\.preventDefault\(\));?"/i,
  /(?:@keydown|v-on:keydown)(?:\.tab)?\.prevent(?:\.stop)?(?=[\s=>])/,
  /\bon:keydown\|preventDefault(?:\|stopPropagation)?(?=[\s={>])/,
];
const HOLDS_TAB = /["'`]Tab["'`]|keyCode\s*===?\s*9\b|which\s*===?\s*9\b/;
/** Moves the focus itself, or writes the character: a menu, a dialog, an editor. */
const GOES_ON = /\.focus\(|selectionStart|setRangeText|insertText|execCommand|focusTrap|FocusTrap/;

/** Nobody gets past it with the Tab key. */
function traps({ source }: Judged): readonly Finding[] {
  const swallowed = SWALLOWS_ALL.some((pattern) => pattern.test(source));
  const held = HOLDS_TAB.test(source) && /preventDefault\(/.test(source) && !GOES_ON.test(source);
  if (!swallowed && !held) return [];
  return [{ weight: "serious", problem: "a key handler swallows Tab: the keyboard cannot go on", places: [] }];
}
