import { isOpaque } from "../read/element.ts";
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
