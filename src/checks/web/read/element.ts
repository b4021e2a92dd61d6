/** An element of any of the template languages. What only a run would tell is "present but unknown". */
export interface UiElement {
  readonly kind: "element";
  /** Lower case for HTML elements; components keep their case. */
  readonly tag: string;
  /** Values by lower-case HTML name (`for`, `class`, `onclick`); `null`: there, with a value that only a run tells. */
  readonly attrs: ReadonlyMap<string, string | null>;
  /** What its classes are under each condition, where expressions of the source spell them out. */
  readonly looks?: readonly Look[];
  /** Takes further attributes that the source does not name. */
  readonly spread: boolean;
  readonly children: readonly UiNode[];
  readonly parent: UiElement | null;
  /** In its file, from 1. */
  readonly line: number;
}

/** Classes that an element has while conditions, by their source text, hold or do not hold. */
export interface Look {
  readonly when: ReadonlyMap<string, boolean>;
  readonly classes: string;
}

export type UiNode = UiElement | { readonly kind: "text"; readonly text: string } | { readonly kind: "dynamic" };

/** A tree under construction. */
export interface OpenElement extends UiElement {
  readonly children: UiNode[];
}

export const DYNAMIC: UiNode = { kind: "dynamic" };

export function element(
  tag: string,
  attrs: ReadonlyMap<string, string | null>,
  parent: UiElement | null,
  line: number,
  spread = false,
  looks?: readonly Look[],
): OpenElement {
  return { kind: "element", tag, attrs, spread, children: [], parent, line, ...(looks && { looks }) };
}

/** The value of an attribute: `""` when it is missing, `null` when it is there but unknown. */
export function attr(each: UiElement, name: string): string | null {
  const value = each.attrs.get(name);
  return value === undefined ? "" : (value?.trim() ?? null);
}

export function has(each: UiElement, name: string): boolean {
  return each.attrs.has(name);
}

/** Present with something in it, or with what may be something. */
export function filled(each: UiElement, name: string): boolean {
  return attr(each, name) !== "";
}

/** The value where it is known, lower case. */
export function word(each: UiElement, name: string): string {
  return (attr(each, name) ?? "").toLowerCase();
}

/** A component, custom element or slot: it may render anything. */
export function isOpaque(each: UiElement): boolean {
  return /[A-Z.:-]/.test(each.tag) || each.tag === "slot" || each.tag === "component" || each.tag === "template";
}

export function childrenOf(each: UiElement): readonly UiElement[] {
  return each.children.filter((child): child is UiElement => child.kind === "element");
}

/** The element and everything in it, in document order; pages may nest deeper than the stack. */
export function within(root: UiElement): readonly UiElement[] {
  const found: UiElement[] = [];
  const stack = [root];
  for (let each = stack.pop(); each !== undefined; each = stack.pop()) {
    found.push(each);
    for (let at = each.children.length - 1; at >= 0; at -= 1) {
      const child = each.children[at];
      if (child?.kind === "element") stack.push(child);
    }
  }
  return found;
}

const MAX_ANCESTORS = 100;

export function* ancestors(each: UiElement): Generator<UiElement> {
  let parent = each.parent;
  for (let depth = 0; parent !== null && depth < MAX_ANCESTORS; depth += 1, parent = parent.parent) yield parent;
}

/** Nobody perceives it as the page stands; scripts may show it later. */
export function isHidden(each: UiElement): boolean {
  const hides = (one: UiElement): boolean =>
    has(one, "hidden") || word(one, "aria-hidden") === "true" || has(one, "inert") || one.tag === "template";
  if (hides(each)) return true;
  for (const parent of ancestors(each)) if (hides(parent)) return true;
  return false;
}

/** The text in an element that assistive technology reads, and whether more may come at run time. */
export function textOf(root: UiElement): { readonly text: string; readonly dynamic: boolean } {
  let text = "";
  let dynamic = false;
  const stack: UiNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === "dynamic") dynamic = true;
    else if (node.kind === "text") text += `${node.text} `;
    else if (node === root || word(node, "aria-hidden") !== "true") {
      if (/^(?:script|style|template)$/.test(node.tag) && node !== root) continue;
      for (let at = node.children.length - 1; at >= 0; at -= 1) stack.push(node.children[at] ?? DYNAMIC);
    }
  }
  return { text: text.replace(/\s+/g, " ").trim(), dynamic };
}
