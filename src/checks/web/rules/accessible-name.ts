import {
  ancestors,
  attr,
  childrenOf,
  filled,
  has,
  isOpaque,
  textOf,
  within,
  word,
  type UiElement,
} from "../read/element.ts";

/** Packages whose components draw an icon and say nothing. */
const ICON_IMPORT =
  /import\s{1,5}(?:\w{1,80}\s{0,5},\s{0,5})?\{([^{}]{1,3000})\}\s{0,5}from\s{0,5}["'](?:lucide-[\w-]+|react-icons[\w/-]*|@heroicons\/[\w/-]+|@mui\/icons-material[\w/-]*|@phosphor-icons\/\w+|phosphor-[\w-]+|@tabler\/icons-[\w-]+|react-feather|@radix-ui\/react-icons)["']/g;

/** Names of the components that are icons without a name of their own. */
export function iconsOf(source: string): ReadonlySet<string> {
  const names = [...source.matchAll(ICON_IMPORT)].flatMap((match) =>
    (match[1] ?? "").split(",").map((each) => each.replace(/^.*\bas\s+/, "").trim()),
  );
  return new Set(names.filter((name) => name !== ""));
}

/** Whether an element says by its own attributes what it is called. */
export function isNamed(each: UiElement): boolean {
  return ["aria-label", "aria-labelledby", "title"].some((name) => has(each, name) && filled(each, name));
}

/** Whether a control has, or may have, a name that assistive technology can say. */
export function hasName(control: UiElement, icons: ReadonlySet<string>): boolean {
  if (isNamed(control) || control.spread) return true;
  const { text, dynamic } = textOf(control);
  if (text !== "" || dynamic) return true;
  return within(control).some((each) => {
    if (each === control || word(each, "aria-hidden") === "true") return false;
    if (each.tag === "img") return !has(each, "alt") ? each.spread : filled(each, "alt");
    if (isNamed(each)) return true;
    if (each.tag === "title" || each.tag === "desc") return true;
    return isOpaque(each) && !icons.has(each.tag);
  });
}

export function isField(each: UiElement): boolean {
  if (each.tag === "input") return !/^(?:hidden|submit|reset|button|image)$/.test(word(each, "type"));
  return each.tag === "select" || each.tag === "textarea";
}

/** Whether a field has a label. A placeholder is none: it goes away when one types. */
export function isLabelled(field: UiElement, labels: Labels): boolean {
  if (isNamed(field) || field.spread || (attr(field, "type") === null && !isBesideLooseLabel(field))) return true;
  const id = attr(field, "id");
  for (const parent of ancestors(field)) {
    if (isOpaque(parent)) return true;
    if (parent.tag === "label" && hasText(parent)) return true;
  }
  if (!has(field, "id")) return false;
  return labels.anywhere || (id === null ? labels.targets.size > 0 : labels.targets.has(id));
}

/** A label that is neither around a field nor for one stands before it: its author took it for that field's. */
function isBesideLooseLabel(field: UiElement): boolean {
  const beside = field.parent === null ? [] : childrenOf(field.parent);
  const before = beside[beside.indexOf(field) - 1];
  return (
    before?.tag === "label" &&
    !has(before, "for") &&
    !before.spread &&
    !within(before).some((each) => isOpaque(each) || isField(each)) &&
    !before.children.some((child) => child.kind === "dynamic" && childrenOf(before).length > 0)
  );
}

/** What labels with text in them are for. */
export interface Labels {
  readonly targets: ReadonlySet<string>;
  /** One of them is for an id that only a run tells. */
  readonly anywhere: boolean;
}

export function labelsOf(elements: readonly UiElement[]): Labels {
  const useful = elements.filter((each) => each.tag === "label" && has(each, "for") && hasText(each));
  const targets = useful.map((label) => attr(label, "for"));
  return { targets: new Set(targets.filter((target) => target !== null)), anywhere: targets.includes(null) };
}

function hasText(label: UiElement): boolean {
  const { text, dynamic } = textOf(label);
  return (
    text !== "" ||
    dynamic ||
    within(label).some((each) => isOpaque(each) || (each.tag === "img" && filled(each, "alt")))
  );
}
