import { cascadeOf } from "./styles/cascade.ts";
import { attr, has, word, type UiElement } from "./read/element.ts";
import type { Judged, Finding, UiRule } from "./rules/rule.ts";
import { MAX_ELEMENTS, type Ui, type View } from "./read/read-ui.ts";
import { readStyles } from "./styles/style-sheet.ts";
import { utilityContrast } from "./styles/utility-contrast.ts";

const known = new WeakMap<Ui, Promise<readonly Judged[]>>();

/** Every view with the styles that apply to it. */
export function judgedOf(ui: Ui): Promise<readonly Judged[]> {
  const before = known.get(ui) ?? Promise.all(ui.pages.map((view) => judgedView(ui, view)));
  known.set(ui, before);
  return before;
}

async function judgedView(ui: Ui, view: View): Promise<Judged> {
  const links = view.elements.filter((each) => each.tag === "link" && /\bstylesheet\b/.test(word(each, "rel")));
  const linked = ui.styles.filter(
    (file) =>
      file.language === "css" && (ui.pages.length === 1 || isLinked(file.path, links) || view.framework !== "html"),
  );
  const sheet = await readStyles([...linked.map((file) => file.content), ...view.styles]);
  const unknown = links.filter((link) => !ui.styles.some((file) => isLinked(file.path, [link])) && !isFont(link));
  const untitled = ui.styles.filter((file) => file.path === null).length;
  const framed = /cdn\.tailwindcss|@tailwindcss|@import/.test(view.file.content);
  const allStyles = unknown.length <= untitled && !framed && linked.length === ui.styles.length;
  const wholePage = view.isPage && unknown.length <= untitled && linked.length === ui.styles.length;
  const utilities = await utilityContrast(
    view,
    [...linked.map((file) => file.content), ...view.styles],
    ui.source,
    wholePage,
  );
  return { view, elements: view.elements, sheet, cascade: cascadeOf(sheet), allStyles, utilities, source: ui.source };
}

function isLinked(path: string | null, links: readonly UiElement[]): boolean {
  const base = path?.split("/").at(-1);
  return base !== undefined && links.some((link) => attr(link, "href")?.split(/[?#]/)[0]?.split("/").at(-1) === base);
}

function isFont(link: UiElement): boolean {
  return has(link, "href") && /font|icon/i.test(attr(link, "href") ?? "");
}

/** Findings of all rules on all views; `null` when there is too much to look at. */
export function findingsOf(judged: readonly Judged[], rules: readonly UiRule[]): readonly Finding[] | null {
  if (judged.some(({ elements }) => elements.length > MAX_ELEMENTS)) return null;
  return judged.flatMap((each) => rules.flatMap((rule) => rule(each)));
}

const COST: Readonly<Record<Finding["weight"], number>> = { serious: 0.5, heavy: 0.3, medium: 0.12, light: 0.04 };

/** 1 without findings; each takes points by its weight, and a little more for every further place. */
export function scoreOf(findings: readonly Finding[]): number {
  const cost = findings.reduce(
    (sum, { weight, places }) => sum + COST[weight] * (1 + 0.1 * Math.min(5, Math.max(0, places.length - 1))),
    0,
  );
  return Math.max(0, 1 - cost);
}
