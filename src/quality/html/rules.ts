import type { Element, HtmlTree } from "./tree.ts";

/** A rule of structure. `applies`: how many things it looked at; a rule that applies to nothing says nothing. */
export interface RuleResult {
  readonly applies: number;
  readonly failed: number;
  readonly problem: string;
}

/** What an interface needs to be usable by everybody, as far as the source alone can tell. Sources: WCAG 2.2, HTML Living Standard. */
export const UI_RULES: readonly ((tree: HtmlTree) => RuleResult)[] = [
  onPage("no doctype", (tree) => tree.hasDoctype),
  onPage("<html> has no lang", (tree) =>
    tree.elements.some((each) => each.tagName === "html" && attr(each, "lang") !== ""),
  ),
  onPage("no <title>, or an empty one", (tree) =>
    tree.elements.some((each) => each.tagName === "title" && inHead(each) && textOf(each) !== ""),
  ),
  onPage("no viewport", (tree) =>
    tree.elements.some((each) => each.tagName === "meta" && /width/.test(attr(each, "content")) && isViewport(each)),
  ),
  onPage(
    "not exactly one <main>",
    (tree) => tree.elements.filter((each) => isMain(each) && !isHidden(each)).length === 1,
  ),
  onPage("not exactly one <h1>", (tree) => tree.elements.filter((each) => each.tagName === "h1").length === 1),
  labels,
  forEach("image without alt", isImage, (each) => attrOrNull(each, "alt") !== null || isNamed(each)),
  forEach("button or link without a name", isControl, hasName),
  forEach(
    "empty heading",
    (each) => levelOf(each) > 0,
    (each) => textOf(each) !== "" || isNamed(each) || hasNamedImage(each),
  ),
  headingOrder,
  uniqueIds,
  forEach(
    "positive tabindex",
    (each) => attrOrNull(each, "tabindex") !== null,
    (each) => !(Number(attr(each, "tabindex")) > 0),
  ),
  forEach(
    "viewport forbids zoom",
    isViewport,
    (each) => !/user-scalable\s?=\s?(?:no|0)|maximum-scale\s?=\s?1(?:\.0)?\b/.test(attr(each, "content")),
  ),
  forEach(
    "clickable element that is no control",
    isClickable,
    (each) => attr(each, "role") !== "" && attrOrNull(each, "tabindex") !== null,
  ),
  forEach(
    "table without header cells",
    (each) => each.tagName === "table" && attr(each, "role") === "",
    (each) => hasDescendant(each, "th"),
  ),
];

function onPage(problem: string, holds: (tree: HtmlTree) => boolean): (tree: HtmlTree) => RuleResult {
  return (tree) => ({ applies: tree.isDocument ? 1 : 0, failed: tree.isDocument && !holds(tree) ? 1 : 0, problem });
}

function forEach(
  problem: string,
  concerns: (element: Element) => boolean,
  holds: (element: Element) => boolean,
): (tree: HtmlTree) => RuleResult {
  return (tree) => {
    const all = tree.elements.filter((each) => concerns(each) && !isHidden(each));
    const bad = all.filter((each) => !holds(each));
    const line = bad[0]?.sourceCodeLocation?.startLine;
    const where = line === undefined ? "" : `, first at line ${line}`;
    return {
      applies: all.length,
      failed: bad.length,
      problem: bad.length > 1 ? `${problem} (${bad.length}${where})` : `${problem}${where}`,
    };
  };
}

function headingOrder(tree: HtmlTree): RuleResult {
  const levels = tree.elements.map(levelOf).filter((level) => level > 0);
  const jumps = levels.filter((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1).length;
  return { applies: Math.max(0, levels.length - 1), failed: jumps, problem: "headings skip a level" };
}

function uniqueIds(tree: HtmlTree): RuleResult {
  const ids = tree.elements.map((each) => attr(each, "id")).filter((id) => id !== "");
  const seen = new Set<string>();
  const twice = ids.filter((id) => seen.size === seen.add(id).size);
  return { applies: ids.length, failed: twice.length, problem: `id used twice: ${twice[0] ?? ""}` };
}

function attrOrNull(element: Element, name: string): string | null {
  return element.attrs.find((each) => each.name === name)?.value ?? null;
}

function attr(element: Element, name: string): string {
  return (attrOrNull(element, name) ?? "").trim();
}

function isViewport(element: Element): boolean {
  return element.tagName === "meta" && attr(element, "name").toLowerCase() === "viewport";
}

function isMain(element: Element): boolean {
  return element.tagName === "main" || attr(element, "role") === "main";
}

function isHidden(element: Element): boolean {
  return attrOrNull(element, "hidden") !== null || attr(element, "aria-hidden") === "true";
}

function inHead(element: Element): boolean {
  return element.parentNode?.nodeName === "head";
}

function isField(element: Element): boolean {
  if (element.tagName === "input") return !/^(?:hidden|submit|reset|button|image)$/i.test(attr(element, "type"));
  return element.tagName === "select" || element.tagName === "textarea";
}

function isImage(element: Element): boolean {
  return element.tagName === "img" && attr(element, "role") !== "presentation";
}

function isControl(element: Element): boolean {
  return element.tagName === "button" || (element.tagName === "a" && attrOrNull(element, "href") !== null);
}

function isClickable(element: Element): boolean {
  const control = /^(?:a|button|input|select|textarea|label|summary|option|details|dialog|form|body)$/.test(
    element.tagName,
  );
  return attrOrNull(element, "onclick") !== null && !control;
}

function levelOf(element: Element): number {
  return /^h[1-6]$/.test(element.tagName) ? Number(element.tagName.charAt(1)) : 0;
}

function isNamed(element: Element): boolean {
  return attr(element, "aria-label") !== "" || attr(element, "aria-labelledby") !== "" || attr(element, "title") !== "";
}

function labels(tree: HtmlTree): RuleResult {
  const filled = tree.elements.filter((each) => each.tagName === "label" && textOf(each) !== "");
  const labelled = new Set(filled.map((label) => attr(label, "for")).filter((id) => id !== ""));
  const hasLabel = (field: Element): boolean => isNamed(field) || isInLabel(field) || labelled.has(attr(field, "id"));
  return forEach("form field without a label", isField, hasLabel)(tree);
}

function isInLabel(field: Element): boolean {
  for (let parent = field.parentNode; parent !== null && "tagName" in parent; parent = parent.parentNode) {
    if (parent.tagName === "label") return true;
  }
  return false;
}

function hasName(control: Element): boolean {
  return isNamed(control) || textOf(control) !== "" || hasNamedImage(control);
}

function hasNamedImage(element: Element): boolean {
  return walk(element).some(
    (each) =>
      (each.tagName === "img" && attr(each, "alt") !== "") ||
      (each !== element && isNamed(each)) ||
      (each.tagName === "svg" && hasDescendant(each, "title")),
  );
}

function hasDescendant(element: Element, tagName: string): boolean {
  return walk(element).some((each) => each !== element && each.tagName === tagName);
}

function walk(element: Element): readonly Element[] {
  const found: Element[] = [];
  const stack = [element];
  for (let each = stack.pop(); each !== undefined; each = stack.pop()) {
    found.push(each);
    for (const child of each.childNodes) if ("tagName" in child) stack.push(child);
  }
  return found;
}

function textOf(element: Element): string {
  return walk(element)
    .filter((each) => attr(each, "aria-hidden") !== "true")
    .flatMap((each) => each.childNodes.map((child) => ("value" in child ? child.value : "")))
    .join("")
    .trim();
}
