import { defineRule, type Violation } from "../../kit/rule.ts";
import type { Problem } from "../read/html-problems.ts";
import { placeOf } from "../read/read-ui.ts";
import { filesOf, type PageInput } from "./page-input.ts";

const HTML_SYNTAX = "https://html.spec.whatwg.org/multipage/parsing.html#parse-errors";
const PARAGRAPH = "```html\n<main><h1>Tea</h1><p>Green and black.</p></main>\n```";

/** The page or component does not parse: by parse5, Babel, or the compilers of Vue and Svelte. */
export const doesNotParse = defineRule<PageInput>({
  id: "web/does-not-parse",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary:
      "A page, component or script that the parser of its language refuses, or whose tags are not closed in order",
    why: "A compiler refuses it, or a browser shows another tree than the one that was written.",
    references: [HTML_SYNTAX],
  },
  good: [{ answer: PARAGRAPH }, { answer: "```html\n<ul><li>One<li>Two</ul>\n```" }],
  bad: [
    { answer: "```html\n<main><div class='card'><h1>Tea</h1></main>\n```" },
    { answer: "```tsx\nexport function Tea() {\n  return <div><p>Tea</div>;\n}\n```" },
    { answer: "```vue\n<template>\n  <div><p>Tea</div>\n</template>\n```" },
    { answer: "```svelte\n{#if open}\n<p>Tea</p>\n<script>let open = true;</script>\n```" },
  ],
  run: (input) => problemsOf(input, "lost"),
});

/** The text ends in the middle of a tag, style, script or comment. */
export const cutOff = defineRule<PageInput>({
  id: "web/cut-off",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "The page ends within a tag, a comment, a script or a style sheet",
    why: "What should follow is missing: most often the output limit was reached.",
    references: [HTML_SYNTAX],
  },
  good: [{ answer: PARAGRAPH }],
  bad: [
    { answer: "```html\n<!doctype html><html><head><title>Tea</title><style>body { margin: 0; }\n```" },
    { answer: '```html\n<main><h1>Tea</h1><a href="/gre\n```' },
    { answer: "```html\n<!doctype html><html><body><h1>Tea</h1><p>Green and bl\n```" },
  ],
  run: (input) => problemsOf(input, "cut"),
});

/** Mistakes that all browsers repair in the same way. */
export const forgivenMarkup = defineRule<PageInput>({
  id: "web/forgiven-markup",
  severity: "minor",
  certainty: "hint",
  docs: {
    summary: "Markup that is not valid, and that every browser reads as it was meant",
    why: "Other tools that read the page may not be as forgiving.",
    references: [HTML_SYNTAX],
  },
  good: [{ answer: PARAGRAPH }],
  bad: [{ answer: "```html\n<p><b>Tea <i>and</b> more</i></p>\n```" }],
  run: (input) => problemsOf(input, "forgiven"),
});

const MOST = 10;

function problemsOf(input: PageInput, kind: Problem["kind"]): readonly Violation[] {
  return filesOf(input)
    .filter((file) => "framework" in file || isPartOfPage(input, file.file))
    .flatMap((file) =>
      file.problems
        .filter((each) => each.kind === kind)
        .map(({ line, problem }) => ({ message: `${placeOf(file, line)}: ${problem}` })),
    )
    .slice(0, MOST);
}

/** A script beside a page belongs to it when it has a name or is the only one: others may show how something is used. */
function isPartOfPage({ ui }: PageInput, file: PageInput["ui"]["scripts"][number]): boolean {
  return ui.pages.some(({ framework }) => framework === "html") && (file.path !== null || ui.scripts.length === 1);
}
