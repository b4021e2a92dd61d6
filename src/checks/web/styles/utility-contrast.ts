import { cascadeOf } from "./cascade.ts";
import { lowContrast, type LowContrast } from "./contrast.ts";
import type { OpenElement, UiElement, UiNode } from "../read/element.ts";
import { MissingPackageError } from "../../kit/optional.ts";
import type { View } from "../read/read-ui.ts";
import { readStyles } from "./style-sheet.ts";
import { classesOf, isTailwind, utilitiesOf, type Utilities } from "./tailwind.ts";

/** Classes that say nothing of how something looks as it stands. */
const SILENT =
  /:|^(?:group|peer)(?:\/|$)|^(?:not-prose|container|js-|antialiased$|scroll-|flex-(?:shrink|grow)|placeholder-|overflow-ellipsis|(?:ring|border|divide)-opacity-|transform$|transition|form-)/;
/** The utilities that bear on whether text can be read. */
const TELLS =
  /^-?(?:text|bg|from|via|to|opacity|font|absolute$|fixed$|sticky$|relative$|static$|sr-only$|not-sr-only$|mix-blend|backdrop|filter|blur|brightness|contrast|grayscale|invert|hidden$|invisible$|visible$|block$|flex$|grid$|inline)/;
const MAX_CONDITIONS = 6;
/** A tree is made for every state of every condition. */
const MAX_ELEMENTS = 3_000;
/** What Tailwind's reset makes of the browser's own styles. */
const RESET =
  "h1,h2,h3,h4,h5,h6{font-size:inherit;font-weight:inherit}a{color:inherit}button,input,select,optgroup,textarea{color:inherit;font-size:inherit;background-color:transparent}";

/**
 * Text of utility classes that is hard to read, where its colour and what is behind it are certain: in one state of one condition
 * at a time, everything else unknown. Nothing where the classes are not Tailwind's, or where another theme is laid over them.
 */
export async function utilityContrast(
  { elements }: Pick<View, "elements">,
  styles: readonly string[],
  source: string,
  wholePage: boolean,
): Promise<{ readonly low: readonly LowContrast[]; readonly skipped: string | null }> {
  const classes = classesOf(elements);
  if (elements.length > MAX_ELEMENTS || !isTailwind(classes) || isRethemed(source)) return { low: [], skipped: null };
  try {
    const utilities = await utilitiesOf(classes);
    return { low: await judged(elements, styles, utilities, wholePage), skipped: null };
  } catch (error) {
    if (error instanceof MissingPackageError) return { low: [], skipped: error.message };
    throw error;
  }
}

async function judged(
  elements: readonly UiElement[],
  styles: readonly string[],
  { css, known }: Utilities,
  wholePage: boolean,
): Promise<readonly LowContrast[]> {
  const sheet = await readStyles([RESET, css, ...styles]);
  const named = new Set(styles.join("\n").match(/(?<=\.)[\w-]+/g) ?? []);
  const isUnknown = (name: string): boolean => !known.has(name) && !SILENT.test(name) && !named.has(name);
  const pruned = elements.map((each) => prunedLooks(each, isUnknown));
  const conditions = [...new Set(pruned.flatMap((looks) => looks?.flatMap(({ when }) => [...when.keys()]) ?? []))];
  const worlds = conditions
    .slice(0, MAX_CONDITIONS)
    .flatMap((name) => [new Map([[name, true]]), new Map([[name, false]])]);
  const found = new Map<UiElement, LowContrast>();
  for (const world of worlds.length === 0 ? [new Map<string, boolean>()] : worlds) {
    const originals = new Map<UiElement, UiElement>();
    const shadows = shadowsOf(elements, (at) => classIn(pruned[at] ?? null, world), originals);
    for (const low of lowContrast(shadows, cascadeOf(sheet, true), wholePage)) {
      const element = originals.get(low.element) ?? low.element;
      found.set(element, { ...low, element });
    }
  }
  return [...found.values()];
}

/** A theme of the author's own, or one that only shows in the dark. */
function isRethemed(source: string): boolean {
  return (
    /tailwind\.config|@theme\b|@apply\b|data-theme=|daisyui|:root\s*\{[^}]*--(?:background|foreground)/.test(source) ||
    (/\bdark:(?:text|bg)-/.test(source) && /class(?:Name)?=["'{`]+[^"'`]{0,200}\bdark\b(?!:)/.test(source))
  );
}

interface Pruned {
  readonly when: ReadonlyMap<string, boolean>;
  readonly classes: string;
}

/** The looks of an element by the utilities that tell; `null`: unknown. */
function prunedLooks(each: UiElement, isUnknown: (name: string) => boolean): readonly Pruned[] | null {
  const own = each.attrs.get("class");
  const looks =
    each.looks ?? (own === null || each.spread ? null : [{ when: new Map<string, boolean>(), classes: own ?? "" }]);
  if (looks === null) return null;
  const made: Pruned[] = [];
  for (const { when, classes } of looks) {
    const names = classes.split(/\s+/).filter((name) => name !== "");
    if (names.some(isUnknown)) return null;
    made.push({ when, classes: names.filter((name) => TELLS.test(name) || !/^[a-z-]/.test(name)).join(" ") });
  }
  const [first] = made;
  return first !== undefined && made.every(({ classes }) => classes === first.classes)
    ? [{ when: new Map(), classes: first.classes }]
    : made;
}

/** The classes while a condition holds; `null` where another one decides. */
function classIn(looks: readonly Pruned[] | null, world: ReadonlyMap<string, boolean>): string | null {
  const possible = looks?.filter(({ when }) =>
    [...when].every(([name, value]) => (world.get(name) ?? value) === value),
  );
  const [first] = possible ?? [];
  return first !== undefined && possible?.every(({ classes }) => classes === first.classes) === true
    ? first.classes
    : null;
}

/** The same tree with other classes. */
function shadowsOf(
  elements: readonly UiElement[],
  classAt: (index: number) => string | null,
  originals: Map<UiElement, UiElement>,
): readonly UiElement[] {
  const made = new Map<UiElement, OpenElement>();
  for (const [index, each] of elements.entries()) {
    const attrs = new Map([...each.attrs, ["class", classAt(index)] as const]);
    const parent = each.parent === null ? null : (made.get(each.parent) ?? null);
    const shadow: OpenElement = { ...each, attrs, parent, children: [] };
    made.set(each, shadow);
    originals.set(shadow, each);
  }
  for (const [each, shadow] of made)
    shadow.children.push(
      ...each.children.map((child): UiNode => (child.kind === "element" ? (made.get(child) ?? child) : child)),
    );
  return [...made.values()];
}
