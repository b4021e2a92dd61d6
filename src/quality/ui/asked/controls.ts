import { attr, isOpaque, textOf, within, word, type UiElement } from "../element.ts";
import type { Found } from "./ask.ts";

const CONTROL_ROLE = /^(?:button|link|tab|menuitem|switch)$/;
const NAMES = ["aria-label", "value", "title", "alt"];

function isControl(each: UiElement): boolean {
  if (each.tag === "input") return /^(?:submit|button|image|reset)$/.test(word(each, "type"));
  return /^(?:a|button|summary|label)$/.test(each.tag) || CONTROL_ROLE.test(word(each, "role"));
}

/** Whether a button or link carries a text; by the code alone where a run makes the page. */
export function isOnControl({ judged, isStatic, text }: Found, wanted: string): boolean {
  const key = letters(wanted);
  const code = withoutTitle(text);
  const isThere = code.includes(wanted) || letters(code).includes(key);
  if (!isStatic || judged.length === 0 || !isThere) return isThere;
  const controls = judged.flatMap(({ elements }) => elements.filter((each) => isControl(each) || isOpaque(each)));
  return controls.some((each) => {
    const inner = within(each).flatMap((one) => NAMES.map((name) => attr(one, name)));
    if (isOpaque(each) || each.spread || inner.includes(null) || textOf(each).dynamic) return true;
    // A name that another element gives.
    if (each.attrs.has("aria-labelledby")) return true;
    // Inner elements may come after the text around them: the words count, not their order.
    const shown = letters(textOf(each).text.toLowerCase());
    return (
      wanted.split(" ").every((one) => shown.includes(letters(one))) ||
      inner.some((name) => letters((name ?? "").toLowerCase()).includes(key))
    );
  });
}

function withoutTitle(text: string): string {
  return text.replace(/<title>[^<]{0,300}<\/title>/g, " ");
}

/** Without what markup may put between the letters of a text. */
export function letters(text: string): string {
  return text.replace(/<[^<>]{0,300}>/g, "").replace(/[^\p{L}\p{N}]+/gu, "");
}
