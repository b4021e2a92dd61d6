import { isOpaque, word, type UiElement } from "./element.ts";
import type { Ui, View } from "./read-ui.ts";
import { isHiding, mayHide } from "./style-sheet.ts";

/** A view as assistive technology would see it, as far as the source shows. */
export interface AccessibleView {
  readonly view: View;
  /** The elements that are not hidden by attributes of their own or of their ancestors. */
  readonly nodes: readonly AccessibleNode[];
  /** Those that are hidden, and whether opening something shows them. */
  readonly hidden: readonly { readonly role: string | null; readonly opens: boolean }[];
}

export interface AccessibleNode {
  readonly element: UiElement;
  /** Its ARIA role, explicit or implied; `null`: none, or known only at run time. */
  readonly role: string | null;
  /** Its accessible name; `null`: known only at run time. */
  readonly name: string | null;
  /** A style may hide it, perhaps under some condition. */
  readonly mayBeHidden: boolean;
  /** Why it may not be shown; `null`: as far as the source shows, it is. */
  readonly doubt: string | null;
}

/** The part of the DOM that this file uses; Node's types do not include the DOM. */
interface DomElement {
  readonly parentElement: DomElement | null;
  readonly style?: unknown;
  setAttribute(name: string, value: string): void;
  append(child: DomElement | string): void;
}

interface DomDocument {
  readonly body: DomElement;
  createElement(tag: string): DomElement;
  querySelectorAll(selector: string): Iterable<DomElement>;
}

/** Stands for a text or attribute that is filled in at run time: a character that no text contains. */
const UNKNOWN = "\uE000";
/** More elements than any useful page has. */
const MAX_ELEMENTS = 10_000;
const MOST_HIDING = 200;
/** Valid names of HTML elements and attributes; a selector cannot find others anyway. */
const TAG = /^[a-z][a-z0-9-]{0,40}$/;
const ATTRIBUTE = /^[a-z][a-z0-9:_-]{0,80}$/;

/** Roles and names of a view's elements, from a DOM built from its source; `null`: it has too many elements. */
export async function accessibleView(view: View, ui: Ui): Promise<AccessibleView | null> {
  if (view.elements.length > MAX_ELEMENTS) return null;
  const [{ parseHTML }, { computeAccessibleName, getRole }] = await Promise.all([
    import("linkedom"),
    import("dom-accessibility-api"),
  ]);
  const nameOf = computeAccessibleName as unknown as (node: DomElement, options: object) => string;
  const roleOf = getRole as unknown as (node: DomElement) => string | null;
  const { document } = parseHTML("<!doctype html><html><body></body></html>") as unknown as { document: DomDocument };
  const made = build(view.elements, document);
  tellLabels(made);
  const hiding = [...view.hiding, ...ui.others.flatMap((other) => other.hiding)];
  const styled = hiddenByStyle(document, hiding);
  const hidden = new Set<DomElement>();
  const maybe = new Set<DomElement>();
  const doubts = new Map<UiElement, string>();
  const opens = new Set<UiElement>();
  const branching = new Set(view.elements.filter(holdsBranch));
  const getComputedStyle = (node: DomElement): object => {
    const display = hidden.has(node) ? "none" : "block";
    return {
      display,
      visibility: "visible",
      content: "",
      getPropertyValue: (name: string) => (name === "display" ? display : ""),
    };
  };
  const nodes: AccessibleNode[] = [];
  const hiddenOnes: { role: string | null; opens: boolean }[] = [];
  for (const [element, node] of made) {
    const parent = node.parentElement;
    const { parent: around } = element;
    const isBranch = around !== null && branching.has(around);
    const doubt =
      doubtOf(element, hiding.length > 0) ??
      (isBranch ? "it stands in a condition" : undefined) ??
      (around === null ? undefined : doubts.get(around));
    if (doubt !== undefined) doubts.set(element, doubt);
    if (/^(?:dialog|template)$/.test(element.tag) || (around !== null && opens.has(around))) opens.add(element);
    if (hidesItself(element, view.framework !== "html") || (parent !== null && hidden.has(parent))) hidden.add(node);
    if (
      styled.has(node) ||
      HIDING_CLASS.test(element.attrs.get("class") ?? "") ||
      (parent !== null && maybe.has(parent))
    )
      maybe.add(node);
  }
  for (const [element, node] of made) {
    if (hidden.has(node) && !isOpaque(element)) hiddenOnes.push({ role: roleOf(node), opens: opens.has(element) });
    if (hidden.has(node) || isOpaque(element)) continue;
    const role = element.attrs.get("role") === null ? null : roleOf(node);
    const options = { getComputedStyle, computedStyleSupportsPseudoElements: false };
    // An element without a role is not announced by name.
    const name = role === null && element.tag !== "input" ? "" : nameOf(node, options) || placeholderOf(element);
    const isKnown = !element.spread && !name.includes(UNKNOWN);
    const mayBeHidden = maybe.has(node);
    const doubt = doubts.get(element) ?? (mayBeHidden ? "a style or class may hide it" : null);
    nodes.push({ element, role, name: isKnown ? name.trim() : null, mayBeHidden, doubt });
  }
  return { view, nodes, hidden: hiddenOnes };
}

/** By the HTML Accessibility API Mappings, the placeholder names a field without a label. */
function placeholderOf({ tag, attrs }: UiElement): string {
  return tag === "input" || tag === "textarea"
    ? (attrs.get("placeholder") ?? (attrs.has("placeholder") ? UNKNOWN : ""))
    : "";
}

/** Classes with which frameworks hide elements. */
const HIDING_CLASS =
  /(?:^|\s)(?:[a-z0-9]+:)?(?:opacity-0|scale-0|-?translate-[xy]-full|hidden|hide|d-none|is-hidden|invisible|sr-only|visually-hidden|collapse|modal|offcanvas)(?=\s|$)/;
const LABELABLE = /^(?:button|input|meter|output|progress|select|textarea)$/;

function build(elements: readonly UiElement[], document: DomDocument): ReadonlyMap<UiElement, DomElement> {
  const made = new Map<UiElement, DomElement>();
  for (const element of elements) {
    const own = document.createElement(!isOpaque(element) && TAG.test(element.tag) ? element.tag : "x-unknown");
    for (const [name, value] of element.attrs) {
      // Handlers, styles and `hidden` are not needed for names (what hides is known apart), and the DOM need not read them.
      if (ATTRIBUTE.test(name) && !/^(?:on|style$|hidden$)/.test(name)) own.setAttribute(name, value ?? UNKNOWN);
    }
    // The default of the standard, which this DOM does not apply.
    if (element.tag === "input" && word(element, "type") === "" && element.attrs.get("type") !== null) {
      own.setAttribute("type", "text");
    }
    made.set(element, own);
  }
  for (const [element, own] of made) {
    // Children keep the order of texts and elements; a node without a parent belongs directly to the page.
    for (const child of element.children) {
      if (child.kind === "text") own.append(child.text);
      else if (child.kind === "dynamic") own.append(UNKNOWN);
      else own.append(made.get(child) ?? UNKNOWN);
    }
    if (isOpaque(element)) own.append(UNKNOWN);
    const title = element.tag === "svg" ? titleOf(element) : "";
    // This DOM does not know that the title of a drawing names it.
    if (title !== "" && !element.attrs.has("aria-label") && !element.attrs.has("aria-labelledby")) {
      own.setAttribute("aria-label", title);
    }
    if (element.parent === null) document.body.append(own);
  }
  return made;
}

function titleOf({ children }: UiElement): string {
  const title = children.find((child) => child.kind === "element" && child.tag === "title");
  if (title?.kind !== "element") return "";
  return title.children
    .map((child) => (child.kind === "text" ? child.text : UNKNOWN))
    .join("")
    .trim();
}

/** The labels of fields, looked up once: the DOM would walk through the whole page for each of them. */
function tellLabels(made: ReadonlyMap<UiElement, DomElement>): void {
  const labels = [...made].filter(([{ tag }]) => tag === "label");
  const byId = Map.groupBy(labels, ([{ attrs }]) => attrs.get("for") ?? "");
  const around = new Map<UiElement, DomElement>();
  for (const [element, node] of made) {
    const outer = element.parent === null ? undefined : around.get(element.parent);
    const own = element.tag === "label" && !element.attrs.has("for") ? node : outer;
    if (own !== undefined) around.set(element, own);
    if (!LABELABLE.test(element.tag)) continue;
    const id = element.attrs.get("id") ?? "";
    const named = id === "" ? [] : (byId.get(id) ?? []).map(([, label]) => label);
    Object.defineProperty(node, "labels", { value: outer === undefined ? named : [...named, outer] });
  }
}

/** Components that show what they hold. */
const SHOWS_CHILDREN = /(?:^|\.)(?:Fragment|StrictMode|Profiler|foreignObject|\w*Provider|\w*Router)$/;
const TEMPLATE_BRANCH = /\{%-?\s*(?:if|unless|for|elif|else)\b|<%(?!=)|\{\{[#^]/;

/** Why an element and what it holds may not be shown. */
function doubtOf(each: UiElement, hasHiding: boolean): string | undefined {
  const { tag, attrs, parent, condition } = each;
  if (condition !== null) return condition;
  if (attrs.has("popover")) return "it is in a popover";
  if (
    parent !== null &&
    parent.tag === "details" &&
    tag !== "summary" &&
    !(word(parent, "open") || parent.attrs.get("open") === "")
  )
    return "it is in a closed <details>";
  if (parent !== null && isOpaque(parent) && !SHOWS_CHILDREN.test(parent.tag)) return `it is in <${parent.tag}>`;
  const directive = [...attrs.keys()].find((name) =>
    /^(?:v-(?:if|else|else-if|show|for|cloak)|x-(?:show|if|cloak|for)|ng-(?:if|show|hide|repeat)|\*ng(?:if|for)|data-if)$/.test(
      name,
    ),
  );
  if (directive !== undefined) return `it has ${directive}`;
  for (const name of ["hidden", "inert", "aria-hidden", "style"])
    if (attrs.get(name) === null) return `its ${name} is known at run time`;
  if ([...attrs.keys()].some((name) => name.startsWith("class:") && HIDING_CLASS.test(name.slice(6))))
    return "its class is known at run time";
  if (hasHiding && attrs.get("class") === null) return "its class is known at run time";
  return styleParts(each).some(([property, value]) => mayHide(property, value)) ? "its style may hide it" : undefined;
}

function holdsBranch({ children }: UiElement): boolean {
  return children.some((child) => child.kind === "text" && TEMPLATE_BRANCH.test(child.text));
}

function styleParts(each: UiElement): readonly (readonly [property: string, value: string])[] {
  return word(each, "style")
    .slice(0, 2_000)
    .split(";")
    .map((part) => [part.slice(0, part.indexOf(":")), part.slice(part.indexOf(":") + 1)] as const);
}

function hidesItself(each: UiElement, isComponent: boolean): boolean {
  const isSet = (name: string): boolean =>
    each.attrs.has(name) && !(isComponent && (each.attrs.get(name) === null || word(each, name) === "false"));
  if (isSet("hidden") || isSet("inert") || word(each, "aria-hidden") === "true") return true;
  if (/^(?:template|script|style|noscript|head|title|meta|link)$/.test(each.tag)) return true;
  if (each.tag === "input" && word(each, "type") === "hidden") return true;
  if (each.tag === "dialog" && !each.attrs.has("open")) return true;
  return styleParts(each).some(([property, value]) => isHiding(property, value));
}

function hiddenByStyle(document: DomDocument, selectors: readonly string[]): ReadonlySet<DomElement> {
  const found = new Set<DomElement>();
  for (const selector of selectors.slice(0, MOST_HIDING)) {
    try {
      // A rule for one state (`:hover`, `.open`) may apply in others: drop the states from the selector.
      let plain = selector;
      for (let depth = 0; depth < 5 && plain.includes("("); depth += 1) plain = plain.replace(/\([^()]*\)/g, "");
      for (const node of document.querySelectorAll(plain.replace(/::?[a-z-]+/gi, "") || "*")) found.add(node);
    } catch {
      // A selector that this DOM does not know.
    }
  }
  return found;
}
