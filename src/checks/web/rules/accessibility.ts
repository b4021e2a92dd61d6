import { defineRule } from "../../kit/rule.ts";
import type { AccessibleNode, AccessibleView } from "../read/dom.ts";
import { isOpaque, textOf, word, type UiElement } from "../read/element.ts";
import { placeOf } from "../read/read-ui.ts";
import { at, type PageInput } from "./page-input.ts";

const PROMPT = "A small accessible HTML page (WCAG 2.2 AA).";
const UNDERSTANDING = "https://www.w3.org/WAI/WCAG22/Understanding";

/** A control, image or heading that has no accessible name. */
export const noAccessibleName = defineRule<PageInput>({
  id: "web/no-accessible-name",
  severity: "serious",
  certainty: "fact",
  docs: {
    summary:
      "A control, image or heading without a name for assistive technology. A fact where accessibility was asked for, else a hint",
    why: "A screen reader says nothing but its role, and voice control cannot reach it.",
    references: [
      `${UNDERSTANDING}/name-role-value`,
      `${UNDERSTANDING}/non-text-content`,
      `${UNDERSTANDING}/headings-and-labels`,
    ],
  },
  good: [
    {
      prompt: PROMPT,
      answer:
        '```html\n<label for="t">Tea</label><input id="t"><button aria-label="Close"><svg></svg></button><img src="a.png" alt="">\n```',
    },
    {
      prompt: PROMPT,
      answer:
        '```html\n<style>.x { display: none }</style><input class="x" type="file"><button id="b"></button><script>b.textContent = "Go";</script>\n```',
    },
  ],
  bad: [
    { prompt: PROMPT, answer: "```html\n<main><h1>Tea</h1><button></button></main>\n```" },
    { prompt: PROMPT, answer: '```html\n<main><h1>Tea</h1><a href="/tea"><img src="tea.png" alt=""></a></main>\n```' },
    { prompt: "A tea page.", answer: '```html\n<main><h1>Tea</h1><img src="tea.png"></main>\n```' },
  ],
  run: (input) =>
    input.accessible.flatMap((each) => {
      const nameless = each.nodes.filter(
        (node) =>
          node.name === "" &&
          !node.mayBeHidden &&
          needsName(node) &&
          !isFilledByScript(node.element, each) &&
          !isNamedByComponent(node.element, each),
      );
      if (nameless.length === 0) return [];
      const places = nameless.map(({ element }) => `${placeOf(each.view, element.line)} <${element.tag}>`);
      const certainty = input.asksForAccessibility ? {} : { certainty: "hint" as const };
      return [{ message: at("no accessible name", places), ...certainty }];
    }),
});

/** Roles whose elements say nothing without a name. `null` roles: fields that have none in ARIA, such as passwords. */
const NAMED = new Set(
  "button link img textbox searchbox combobox listbox checkbox radio slider spinbutton switch heading menuitem".split(
    " ",
  ),
);

function needsName({ element, role }: AccessibleNode): boolean {
  if (role !== null) return NAMED.has(role) && word(element, "tabindex") !== "-1";
  return (
    element.tag === "input" &&
    !element.attrs.has("role") &&
    !/^(?:button|submit|reset|image|hidden)$/.test(word(element, "type"))
  );
}

/** Whether a script of the page may give it a name: it mentions its id, a class of it, a data attribute or its tag. */
function isFilledByScript({ attrs, tag, spread }: UiElement, { view }: AccessibleView): boolean {
  if (view.framework !== "html" || spread) return view.framework === "html";
  const marks = [
    attrs.get("id") ?? "",
    ...(attrs.get("class") ?? "").split(/\s+/),
    ...[...attrs.keys()].filter((name) => name.startsWith("data-")),
  ];
  return view.scripts.some(({ code }) => {
    const camel = (mark: string): string =>
      mark.replace(/^data-/, "").replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return (
      marks.some((mark) => mark !== "" && (code.includes(mark) || code.includes(camel(mark)))) ||
      new RegExp(`['"\`\\s,>]${tag.replace(/[^a-z0-9]/gi, "")}['"\`\\s,.:[>]`, "i").test(code)
    );
  });
}

/** Whether a component around a field, or one that says it is its label, may name it. */
function isNamedByComponent({ attrs, parent }: UiElement, { view }: AccessibleView): boolean {
  for (let outer = parent, depth = 0; outer !== null && depth < MOST_LEVELS; outer = outer.parent, depth += 1) {
    if (isOpaque(outer)) return true;
  }
  const id = attrs.get("id");
  return view.elements.some(
    (each) => isOpaque(each) && (each.attrs.get("for") === null || (id !== undefined && each.attrs.get("for") === id)),
  );
}

const MOST_LEVELS = 100;

/** A table of data without a single header cell. */
export const tableWithoutHeaders = defineRule<PageInput>({
  id: "web/table-without-headers",
  severity: "serious",
  certainty: "fact",
  docs: {
    summary:
      "A table with several rows and columns and no header cell. A fact where accessibility was asked for, else a hint",
    why: "A screen reader cannot say what a cell is about.",
    references: [`${UNDERSTANDING}/info-and-relationships`, "https://www.w3.org/WAI/WCAG22/Techniques/html/H51"],
  },
  good: [
    {
      prompt: PROMPT,
      answer: "```html\n<table><tr><th>Tea</th><th>Price</th></tr><tr><td>Green</td><td>2</td></tr></table>\n```",
    },
    {
      prompt: PROMPT,
      answer:
        '```html\n<table role="presentation"><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>\n```',
    },
  ],
  bad: [
    {
      prompt: PROMPT,
      answer: "```html\n<table><tr><td>Tea</td><td>Price</td></tr><tr><td>Green</td><td>2</td></tr></table>\n```",
    },
  ],
  run: (input) =>
    input.accessible.flatMap((each) => {
      const tables = each.nodes.filter(
        ({ element, role, mayBeHidden }) =>
          element.tag === "table" && role === "table" && !mayBeHidden && isHeaderless(element),
      );
      const places = tables.map(({ element }) => placeOf(each.view, element.line));
      return tables.length === 0
        ? []
        : [
            {
              message: at("a table without header cells", places),
              ...(input.asksForAccessibility ? {} : { certainty: "hint" as const }),
            },
          ];
    }),
});

function isHeaderless(table: UiElement): boolean {
  let rows = 0;
  let cells = 0;
  const open: UiElement[] = [table];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (each.tag === "th" || word(each, "role").endsWith("header") || (each !== table && each.tag === "table"))
      return false;
    // What holds more than a text is there for the layout.
    if (/^(?:div|p|h[1-6]|img|form|ul|ol|section|article|input|button)$/.test(each.tag)) return false;
    if (each.tag === "tr") rows += 1;
    if (each.tag === "td" && textOf(each).text !== "") cells += 1;
    for (const child of each.children) {
      if (child.kind === "dynamic") return false;
      if (child.kind === "element") open.push(child);
    }
  }
  return rows >= 2 && cells >= rows * 2;
}
