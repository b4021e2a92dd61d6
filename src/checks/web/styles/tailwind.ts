import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { optional } from "../../kit/optional.ts";
import type { UiElement } from "../read/element.ts";

/** What utility classes of Tailwind declare, by its own compiler. */
export interface Utilities {
  /** A style sheet of the classes, custom properties of the theme put in. */
  readonly css: string;
  /** Classes that Tailwind knows. */
  readonly known: ReadonlySet<string>;
}

const MAX_CLASSES = 3_000;
const MIN_CLASSES = 6;
/** The utilities that no other framework spells like this. */
const TELLING =
  /^(?:(?:bg|text|border|from|to|ring)-(?:slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose)-\d{2,3}|(?:bg|text)-(?:white|black)|text-(?:xs|sm|base|lg|xl|\dxl)|(?:p|m)[xytblr]?-\d+|gap-\d+|rounded-(?:md|lg|xl|2xl|full)|items-center|justify-between|max-w-\w+|space-[xy]-\d+)$/;

/** Every class without a variant that an element may have. */
export function classesOf(elements: readonly UiElement[]): readonly string[] {
  const found = new Set<string>();
  for (const each of elements) {
    const texts = each.looks?.map(({ classes }) => classes) ?? [each.attrs.get("class") ?? ""];
    for (const name of texts.join(" ").split(/\s+/)) if (name !== "" && found.size < MAX_CLASSES) found.add(name);
  }
  return [...found];
}

export function isTailwind(classes: readonly string[]): boolean {
  return classes.filter((name) => TELLING.test(name.replace(/^(?:[\w-]+:)+/, ""))).length >= MIN_CLASSES;
}

/** Compiles classes. Throws when Tailwind is not installed. */
export async function utilitiesOf(classes: readonly string[]): Promise<Utilities> {
  const { compile, theme } = await load();
  const { build } = await compile(`${theme}\n@tailwind utilities;`);
  const compiled = build(classes.filter((name) => !name.includes(":")));
  const css = withTheme(withoutSupports(compiled));
  const known = new Set(classes.filter((name) => isDeclared(css, `.${escaped(name)}`)));
  return { css, known };
}

interface Loaded {
  readonly compile: (css: string) => Promise<{ readonly build: (classes: string[]) => string }>;
  readonly theme: string;
}
let loaded: Promise<Loaded> | null = null;

function load(): Promise<Loaded> {
  loaded ??= optional("tailwind", async () => {
    const { compile } = await import("tailwindcss");
    const theme = await readFile(fileURLToPath(import.meta.resolve("tailwindcss/theme.css")), "utf8");
    return { compile, theme };
  });
  return loaded;
}

/** Declarations for newer browsers repeat those before them. */
function withoutSupports(css: string): string {
  return css.replace(/@supports[^{]*\{[^{}]*\}/g, "").replace(/@(?:property|layer properties)[^{;]*\{[^]*$/, "");
}

const DECLARED = /(--[\w-]{1,80}):\s*([^;{}]{1,200});/g;

function withTheme(css: string): string {
  const root = /:root[^{]*\{([^{}]*)\}/.exec(css)?.[1] ?? "";
  const values = new Map([...root.matchAll(DECLARED)].map((match) => [match[1] ?? "", match[2] ?? ""]));
  return css.replace(/var\((--[\w-]{1,80})\)/g, (call, name: string) => values.get(name) ?? call);
}

function isDeclared(css: string, selector: string): boolean {
  for (let at = css.indexOf(selector); at >= 0; at = css.indexOf(selector, at + 1))
    if (!/[\w\\-]/.test(css.charAt(at + selector.length))) return true;
  return false;
}

/** A class name as a selector writes it. */
function escaped(name: string): string {
  return name.replace(/[^\w-]/g, (sign) => `\\${sign}`).replace(/^\d/, (digit) => `\\3${digit} `);
}
