import { attr, isOpaque, textOf, within, word, type UiElement } from "../read/element.ts";
import type { Found } from "./requirement.ts";
import { isLaidOut } from "./laid-out.ts";

const CONTROL_ROLE = /^(?:button|link|tab|menuitem|switch)$/;
const NAMES = ["aria-label", "value", "title", "alt"];

export function isControl(each: UiElement): boolean {
  if (each.tag === "input") return /^(?:submit|button|image|reset|radio|checkbox)$/.test(word(each, "type"));
  return /^(?:a|button|summary|label|option)$/.test(each.tag) || CONTROL_ROLE.test(word(each, "role"));
}

/** All that is in each of them is looked at. */
const MAX_CONTROLS = 1_000;

/** Whether a button or link carries a text; by the code alone where a run makes the page. */
export function isOnControl(found: Found, wanted: string): boolean {
  const code = withoutTitle(found.text);
  const isThere = code.includes(wanted) || letters(code).includes(letters(wanted));
  if (!isLaidOut(found) || found.judged.length === 0 || !isThere) return isThere;
  const controls = found.judged.flatMap(({ elements }) => elements.filter((each) => isControl(each) || isOpaque(each)));
  if (controls.length > MAX_CONTROLS) return isThere;
  return controls.some((each) => {
    const carries = mayCarry(each, wanted, found.isStatic);
    return carries === "maybe" ? isSpelt(found.ui.source, wanted) : carries;
  });
}

/** Whether code spells a text as something to be read: as people write the name of a button, not as a function's name. */
function isSpelt(source: string, wanted: string): boolean {
  const words = wanted.split(/\s+/).map((word) => word.replace(/[^\p{L}\p{N}]/gu, "."));
  const [first = "", ...others] = words;
  const rest = others.map((word) => `[\\s-]+${word}`).join("");
  const capital = `${first.charAt(0).toUpperCase()}${first.slice(1)}`;
  return (
    new RegExp(`(?<![\\w$])(?:${capital}|${first.toUpperCase()})(?![\\w$(])`).test(source) ||
    new RegExp(`>\\s*${first}${rest}\\s*<`, "i").test(source)
  );
}

/** "maybe": its text comes at run time. */
function mayCarry(each: UiElement, wanted: string, isStatic: boolean): boolean | "maybe" {
  const key = letters(wanted);
  const inner = within(each).flatMap((one) => NAMES.map((name) => attr(one, name)));
  // A component of the answer shows what stands between its tags or in its attributes.
  const isOwn = !isStatic && isOpaque(each);
  const given = isOwn ? [...each.attrs.values()] : inner;
  if (isOpaque(each) && isStatic) return true;
  // A name that another element gives.
  if (each.attrs.has("aria-labelledby")) return true;
  // Inner elements may come after the text around them: the words count, not their order.
  const shown = letters(textOf(each).text.toLowerCase());
  const says =
    wanted.split(" ").every((one) => shown.includes(letters(one))) ||
    given.some((name) => letters((name ?? "").toLowerCase()).includes(key));
  if (says) return true;
  return each.spread || given.includes(null) || textOf(each).dynamic ? "maybe" : false;
}

function withoutTitle(text: string): string {
  return text.replace(/<title>[^<]{0,300}<\/title>/g, " ");
}

/** Without what markup may put between the letters of a text. */
export function letters(text: string): string {
  return text.replace(/<[^<>]{0,300}>/g, "").replace(/[^\p{L}\p{N}]+/gu, "");
}
