/** An element of any of the template languages. Values known only at run time are "present but unknown". */
export interface UiElement {
  readonly kind: "element";
  /** Lower case for HTML elements; components keep their case. */
  readonly tag: string;
  /** Values by lower-case HTML name (`for`, `class`, `onclick`); `null`: present, its value known only at run time. */
  readonly attrs: ReadonlyMap<string, string | null>;
  /** Whether it may get further attributes at run time. */
  readonly spread: boolean;
  readonly children: readonly UiNode[];
  readonly parent: UiElement | null;
  /** In its file, from 1. */
  readonly line: number;
  /** Why it may never be shown: the branch that it stands in. */
  readonly condition: string | null;
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
  condition: string | null = null,
): OpenElement {
  return { kind: "element", tag, attrs, spread, children: [], parent, line, condition };
}

/** The value of an attribute: `""` when it is missing, `null` when it is there but unknown. */
export function attr(each: UiElement, name: string): string | null {
  const value = each.attrs.get(name);
  return value === undefined ? "" : (value?.trim() ?? null);
}

export function has(each: UiElement, name: string): boolean {
  return each.attrs.has(name);
}

/** The value where it is known, lower case. */
export function word(each: UiElement, name: string): string {
  return (attr(each, name) ?? "").toLowerCase();
}

/** A component, custom element or slot: it may render anything. */
export function isOpaque(each: UiElement): boolean {
  return /[A-Z.:-]/.test(each.tag) || each.tag === "slot" || each.tag === "component" || each.tag === "template";
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
