import { attr, has, word } from "../read/element.ts";
import type { Judged } from "./rule.ts";
import type { Ui } from "../read/read-ui.ts";
import { inlineStyle } from "../styles/style-sheet.ts";

/** What an answer does for screens of other sizes. */
export interface Responsive {
  /** `null`: the answer has no page. */
  readonly viewport: boolean | null;
  /** Adapts by conditions: media and container queries, breakpoints of a utility framework. */
  readonly adapts: boolean;
  /** Flows by itself: flex, grid, percentages, clamp. */
  readonly flows: boolean;
  /** Widths that no phone has and nothing limits, each with its place. */
  readonly fixed: readonly string[];
  /** Whether any of its styles can be seen. */
  readonly styled: boolean;
}

const BREAKPOINT = /(?:^|[\s"'`])(?:sm|md|lg|xl|2xl|@sm|@md|@lg|max-sm|max-md):[a-z[-]/;
const GRID_CLASSES =
  /(?:^|[\s"'`])(?:col-(?:xs|sm|md|lg|xl)(?:-\d+)?|row-cols-|is-\w+-(?:mobile|tablet|desktop)|container(?:-fluid)?)(?=[\s"'`])/;
const UTILITIES = /class(?:Name)?=\{?["'`][^"'`]{0,400}\b(?:flex|grid|w-full|max-w-\w+|mx-auto)\b/;
const QUERY =
  /@media[^{]{0,200}(?:width|orientation)|@container|auto-fit|auto-fill|clamp\(|useMediaQuery|matchMedia|breakpoints\./;
const FLOW = /\b(?:flex|grid|inline-flex)\b|\b\d{1,3}(?:\.\d+)?(?:%|vw|fr|dvw)|max-width|minmax\(|columns:/;
const MAX_FIXED_PX = 500;

export function responsiveOf(ui: Ui, judged: readonly Judged[]): Responsive {
  const pages = judged.filter(({ view }) => view.isPage);
  const inline = judged.flatMap(({ elements }) =>
    elements.flatMap((each) => (has(each, "style") && attr(each, "style") !== "" ? [attr(each, "style") ?? "{}"] : [])),
  );
  const css = [...ui.styles.map((file) => file.content), ...judged.flatMap(({ view }) => view.styles), ...inline].join(
    "\n",
  );
  const inScript =
    /styled(?:\.\w+|\([^()]{1,80}\))(?:\.attrs\([^()]{0,200}\))?`|\bcss`|makeStyles|createStyles|\bsx=\{|style=\{/.test(
      ui.source,
    )
      ? ui.source
      : "";
  const utilities = UTILITIES.test(ui.source) || BREAKPOINT.test(ui.source) || GRID_CLASSES.test(ui.source);
  const all = `${css}\n${inScript}`;
  return {
    viewport:
      pages.length === 0
        ? null
        : pages.every(({ elements }) =>
            elements.some((each) => word(each, "name") === "viewport" && /width/.test(word(each, "content"))),
          ),
    adapts:
      QUERY.test(all) ||
      BREAKPOINT.test(ui.source) ||
      GRID_CLASSES.test(ui.source) ||
      /flex-wrap:\s?wrap|flex-wrap\b/.test(all + (utilities ? ui.source : "")),
    flows: FLOW.test(all) || utilities,
    fixed: judged.flatMap(fixedWidths),
    styled: all.trim() !== "" || utilities,
  };
}

function fixedWidths({ sheet, elements }: Judged): readonly string[] {
  const limited = new Set(
    sheet.rules
      .filter(
        ({ conditions, declarations }) =>
          conditions.length > 0 &&
          (declarations.has("width") || declarations.has("min-width") || declarations.has("max-width")),
      )
      .map(({ selectorText }) => selectorText),
  );
  const rules = sheet.rules
    .filter(
      ({ conditions, selectorText, declarations }) =>
        conditions.length === 0 && isFixed(declarations) && !limited.has(selectorText),
    )
    .map(({ selectorText, declarations }) => `${selectorText} { ${widthOf(declarations)} }`);
  const inline = elements
    .filter((each) => isFixed(inlineStyle(attr(each, "style") ?? "")))
    .map((each) => `<${each.tag}> at line ${each.line}`);
  return [...rules, ...inline];
}

function isFixed(declarations: ReadonlyMap<string, string>): boolean {
  return widthOf(declarations) !== null && !declarations.has("max-width");
}

function widthOf(declarations: ReadonlyMap<string, string>): string | null {
  if (/absolute|fixed/.test(declarations.get("position") ?? "")) return null;
  for (const name of ["width", "min-width"]) {
    const px = /^(\d{3,5})px$/.exec(declarations.get(name) ?? "")?.[1];
    if (px !== undefined && Number(px) > MAX_FIXED_PX) return `${name}: ${px}px`;
  }
  return null;
}

export function asksResponsive(prompt: string): boolean {
  return /\bresponsive|mobile[- ](?:first|friendly|ready)|(?:all|any|different|small|every) (?:screen|device|viewport)|phones? and|mobile and (?:desktop|tablet)|desktop and mobile|breakpoints?\b|\b(?:stack(?:ed|s)?|collaps\w+|works?|works? well|looks?|usable|fine|good|great|one column|single column)(?: \w+){0,2} (?:on|at|down to|for) (?:small|mobile|phones?|tablets?|\d{3}\s?px)/i.test(
    prompt,
  );
}
