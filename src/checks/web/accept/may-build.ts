import { isOpaque, type UiElement } from "../read/element.ts";
import type { AccessibleView } from "../read/dom.ts";
import type { Ui, View } from "../read/read-ui.ts";
import type { NodeCriterion } from "./nodes.ts";

/** Calls that put elements into a page, or texts into elements. */
const BUILDS =
  /createElement|innerHTML|outerHTML|insertAdjacent|\bappend|prepend|replaceWith|replaceChildren|cloneNode|document\.write|textContent|innerText|aria-|ariaLabel|\.hidden\b|\.remove\(|classList|\.style\b/;

/**
 * Whether running the page could create what a criterion asks for: a script builds elements and mentions a word of the name, or the
 * page shows something whose content is not in the source.
 */
export function mayBuild(criterion: NodeCriterion, ui: Ui, views: readonly AccessibleView[]): boolean {
  const text = criterion.kind === "section" ? criterion.section : criterion.text;
  const words = (text?.toLowerCase().match(/[\p{L}\d]{3,}/gu) ?? []).slice(0, 20);
  const mentions = (code: string): boolean => {
    const lower = code.toLowerCase();
    return words.length === 0 || words.some((word) => lower.includes(word));
  };
  if (ui.unread.length > 0) return true;
  if (views.some(({ nodes }) => nodes.some(({ role, name }) => name === null && role !== null))) return true;
  return (
    ui.pages.some((view) => mayBuildIn(view, mentions)) ||
    ui.others.some(({ script }) => script !== null && BUILDS.test(script.code) && mentions(script.code))
  );
}

function mayBuildIn(view: View, mentions: (code: string) => boolean): boolean {
  const isOpen = view.elements.some(
    (each) =>
      isOpaque(each) ||
      each.spread ||
      (each.tag === "script" && each.attrs.has("src")) ||
      each.children.some(({ kind }) => kind === "dynamic"),
  );
  if (isOpen) return view.framework === "html" || mentions(view.file.content);
  return view.framework === "html" && view.scripts.some(({ code }) => BUILDS.test(code) && mentions(code));
}

/** Calls that take elements or their names away. */
const REMOVES =
  /\.remove\(|removeChild|innerHTML|outerHTML|replaceWith|replaceChildren|textContent|innerText|\.hidden\b|\.style\b|classList|className|setAttribute|toggleAttribute|\.(?:hide|empty|detach|fadeOut|slideUp)\(|adoptNode|document\.(?:write|open)/;

/** Tells whether a script of a plain page names an element or one around it, by tag, id or class, and takes elements away or hides them. */
export function remover(view: View, ui: Ui): (element: UiElement) => boolean {
  const onLoad = view.elements.flatMap(({ attrs }) => attrs.get("onload") ?? attrs.get("onerror") ?? []);
  const codes = [
    ...view.scripts.map(({ code }) => code),
    ...ui.others.flatMap(({ script }) => script?.code ?? []),
    ...onLoad,
  ].filter((code) => REMOVES.test(code));
  if (view.framework !== "html" || codes.length === 0) return () => false;
  const code = codes.join("\n").slice(0, MOST_CODE);
  if (EVERYTHING.test(code)) return () => true;
  const named = new Map<string, boolean>();
  const isNamed = (kind: "tag" | "name", text: string): boolean => {
    const key = `${kind} ${text}`;
    const known = named.get(key) ?? (kind === "tag" ? namesTag(code, text) : code.includes(text));
    named.set(key, known);
    return known;
  };
  const touched = new Map<UiElement, boolean>();
  // Elements come in document order, so that those around an element are known before it.
  for (const each of view.elements) {
    const { tag, attrs, parent } = each;
    const names = [attrs.get("id"), attrs.get("name"), ...(attrs.get("class") ?? "").split(/\s+/)];
    const isTouched =
      (parent !== null && touched.get(parent) === true) ||
      isNamed("tag", tag) ||
      names.some((name) => name !== undefined && name !== null && name !== "" && isNamed("name", name));
    touched.set(each, isTouched);
  }
  return (element) => touched.get(element) === true;
}

const MOST_CODE = 200_000;
/** Scripts that empty or hide the whole page. */
const EVERYTHING =
  /(?:\bbody|documentElement)\.(?:remove\(|innerHTML\s*=|outerHTML|replace|textContent\s*=|innerText\s*=|hidden|style\.(?:display|visibility|opacity))|["'`]\*["'`]/;

/** A tag within a selector, or the page's own parts as properties. */
function namesTag(code: string, tag: string): boolean {
  if (tag === "html" || tag === "body") return false;
  return (
    new RegExp(
      `["'\`][^"'\`\\n]{0,80}(?<![\\w.#-])${tag.replace(/[^a-z0-9]/g, ".")}(?![\\w-])[^"'\`\\n]{0,80}["'\`]`,
      "i",
    ).test(code) ||
    (tag === "form" && code.includes(".forms"))
  );
}
