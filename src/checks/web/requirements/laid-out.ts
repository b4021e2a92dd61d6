import { attr, isOpaque, textOf, type UiElement } from "../read/element.ts";
import { iconsOf } from "../rules/accessible-name.ts";
import type { Found } from "./requirement.ts";

/** Components of frameworks and libraries that bring no control of their own but what stands in them. */
const HARMLESS =
  /^(?:(?:Nav|Router|Nuxt)?Link|router-link|nuxt-link|(?:Nuxt)?Image|Head|Script|Fragment|StrictMode|Suspense|React\.\w+|(?:motion|m|animated)(?:\.\w+)?|AnimatePresence|(?:T|t)ransition(?:-?[Gg]roup)?|[Tt]eleport|KeepAlive|svelte:\w+|template|\w*Icon|[a-z-]*icon|\w*Provider|x:namespaced)$/;
const BUILT =
  /createElement\(|innerHTML|outerHTML|insertAdjacent|\.append(?:Child)?\(|\.prepend\(|\.replaceChildren\(|cloneNode\(|document\.write|importNode\(/;
/** Scripts from elsewhere that style or draw and add nothing. */
const DRAWING =
  /tailwindcss|fontawesome|font-awesome|lucide|feather|iconify|ionicons|bootstrap(?:\.bundle)?(?:\.min)?\.js/;
const SCRIPT_SOURCE = /<script[^>]{0,200}\bsrc=["']?([^"'\s>]{1,300})/g;

const known = new WeakMap<Found, boolean>();

/**
 * Whether every element that will be there stands in the source, though texts and values may come at run time: components are
 * defined in the answer, and no script makes elements.
 */
export function isLaidOut(found: Found): boolean {
  const before = known.get(found);
  if (before !== undefined) return before;
  const made = found.isStatic || looksLaidOut(found);
  known.set(found, made);
  return made;
}

function looksLaidOut({ ui, judged }: Found): boolean {
  if (ui.unread.length > 0 || ui.errors.length > 0 || judged.length === 0 || BUILT.test(ui.source)) return false;
  if ([...ui.source.matchAll(SCRIPT_SOURCE)].some(([, source = ""]) => !DRAWING.test(source))) return false;
  const icons = iconsOf(ui.source);
  const own = new Set(
    [...ui.source.matchAll(/\b(?:function|const|let|class)\s+([A-Z]\w{0,60})/g)].map((match) => match[1]),
  );
  return judged.every(({ elements }) =>
    elements.every(
      (each) =>
        !isOpaque(each) ||
        HARMLESS.test(each.tag) ||
        icons.has(each.tag) ||
        own.has(each.tag) ||
        // `tabs[active].icon`, `plan.icon`
        /\.[iI]con$/.test(each.tag),
    ),
  );
}

/** Whether a text or name of an element only comes at run time. */
export function isFilledLater(each: UiElement, names: readonly string[]): boolean {
  return each.spread || textOf(each).dynamic || names.some((name) => attr(each, name) === null);
}
