import { defineRule } from "../../kit/rule.ts";
import { word } from "../read/element.ts";
import { placeOf } from "../read/read-ui.ts";
import { at, type PageInput } from "./page-input.ts";

/** A whole page that phones show at the width of a desktop. */
export const noViewport = defineRule<PageInput>({
  id: "web/no-viewport",
  severity: "moderate",
  certainty: "hint",
  docs: {
    summary: "A page without a viewport meta element, or one that forbids zooming",
    why: "Phones lay the page out some 980 pixels wide and shrink it; a page that cannot be zoomed shuts out readers with low vision.",
    references: [
      "https://developer.mozilla.org/docs/Web/HTML/Reference/Elements/meta/name/viewport",
      "https://www.w3.org/WAI/WCAG22/Understanding/resize-text",
    ],
  },
  good: [
    {
      answer:
        '```html\n<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width, initial-scale=1"><title>Tea</title></head><body><h1>Tea</h1></body></html>\n```',
    },
  ],
  bad: [
    { answer: "```html\n<!doctype html><html><head><title>Tea</title></head><body><h1>Tea</h1></body></html>\n```" },
  ],
  run: ({ ui }) =>
    ui.pages
      .filter(({ isPage }) => isPage)
      .flatMap((view) => {
        const contents = view.elements
          .filter((each) => each.tag === "meta" && word(each, "name") === "viewport")
          .map((each) => word(each, "content"));
        if (contents.length === 0) return [{ message: `${placeOf(view, 1)}: no viewport meta element` }];
        const locked = contents.some((content) =>
          /user-scalable\s{0,5}=\s{0,5}(?:no|0)|maximum-scale\s{0,5}=\s{0,5}1(?![\d.])/.test(content),
        );
        return locked ? [{ message: `${placeOf(view, 1)}: the viewport forbids zooming` }] : [];
      }),
});

/** What a component's own compiler warns of. */
export const compilerWarning = defineRule<PageInput>({
  id: "web/compiler-warning",
  severity: "moderate",
  certainty: "hint",
  docs: {
    summary: "A warning of the Svelte compiler about accessibility",
    why: "The compiler names elements that some people cannot use.",
    references: ["https://svelte.dev/docs/svelte/compiler-warnings"],
  },
  good: [{ answer: '```svelte\n<script>let src = "/tea.png";</script>\n<img {src} alt="Tea">\n```' }],
  bad: [
    { answer: '```svelte\n<script>let src = "/tea.png";</script>\n<img {src}>\n```' },
    { answer: '```svelte\n<!-- svelte-ignore a11y_missing_attribute -->\n<img src="/tea.png">\n```' },
  ],
  run: ({ ui }) =>
    ui.pages.flatMap((view) =>
      [...Map.groupBy(view.warnings, ({ problem }) => problem)].map(([problem, all]) => ({
        message: at(
          problem,
          all.map(({ line }) => placeOf(view, line)),
        ),
      })),
    ),
});
