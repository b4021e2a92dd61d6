import { defineRule } from "../../kit/rule.ts";
import { attr, textOf, word } from "../read/element.ts";
import { placeOf, type View } from "../read/read-ui.ts";
import type { PageInput } from "./page-input.ts";

const PROMPT = "A small accessible HTML page (WCAG 2.2 AA).";
const UNDERSTANDING = "https://www.w3.org/WAI/WCAG22/Understanding";

/** A page that does not say what it is called or which language it is in, or a frame that does not say what it shows. */
export const pageIdentity = defineRule<PageInput>({
  id: "web/page-identity",
  severity: "serious",
  certainty: "fact",
  docs: {
    summary:
      "A whole page without a title or without a language: a fact where accessibility was asked for, else a hint. A frame without a title: a hint",
    why: "Screen readers announce a page by its title and speak it in its language.",
    references: [
      `${UNDERSTANDING}/page-titled`,
      `${UNDERSTANDING}/language-of-page`,
      `${UNDERSTANDING}/name-role-value`,
    ],
  },
  good: [
    {
      prompt: PROMPT,
      answer:
        '```html\n<!doctype html><html lang="en"><head><title>Tea</title></head><body><h1>Tea</h1><iframe src="/map" title="Map"></iframe></body></html>\n```',
    },
    { prompt: PROMPT, answer: "```html\n<main><h1>Tea</h1></main>\n```" },
  ],
  bad: [
    {
      prompt: PROMPT,
      answer: "```html\n<!doctype html><html><head><title>Tea</title></head><body><h1>Tea</h1></body></html>\n```",
    },
    {
      prompt: PROMPT,
      answer: '```html\n<!doctype html><html lang="en"><head></head><body><h1>Tea</h1></body></html>\n```',
    },
    { prompt: PROMPT, answer: '```html\n<h1>Tea</h1><iframe src="/map"></iframe>\n```' },
  ],
  run: ({ ui, asksForAccessibility }) =>
    ui.pages
      .filter(({ framework }) => framework === "html")
      .flatMap(violationsIn)
      .map(({ isFrame, message }) => ({
        message,
        ...(asksForAccessibility && !isFrame ? {} : { certainty: "hint" as const }),
      })),
});

function violationsIn(view: View): readonly { readonly message: string; readonly isFrame: boolean }[] {
  const root = view.elements.find(({ tag }) => tag === "html");
  const title = view.elements.find(({ tag, parent }) => tag === "title" && parent?.tag === "head");
  const scripts = view.scripts.map(({ code }) => code).join("\n");
  const frames = view.elements.filter(
    (each) =>
      each.tag === "iframe" &&
      ["title", "aria-label", "aria-labelledby"].every((name) => attr(each, name) === "") &&
      word(each, "aria-hidden") !== "true" &&
      !each.attrs.has("hidden"),
  );
  const { text, dynamic } = title === undefined ? { text: "", dynamic: false } : textOf(title);
  const saysLanguage = root === undefined || ["lang", "xml:lang"].some((name) => attr(root, name) !== "");
  const isTitled = text !== "" || dynamic || /document\.title/.test(scripts);
  const problems = [
    ...(view.isPage && !saysLanguage && !/\.lang\b/.test(scripts)
      ? [{ line: root?.line ?? 1, problem: "the page does not say its language (lang)", isFrame: false }]
      : []),
    ...(view.isPage && !isTitled ? [{ line: title?.line ?? 1, problem: "the page has no title", isFrame: false }] : []),
    ...(/\.title\b|createElement/.test(scripts)
      ? []
      : frames.map(({ line }) => ({ line, problem: "a frame has no title", isFrame: true }))),
  ];
  return problems.map(({ line, problem, isFrame }) => ({ message: `${placeOf(view, line)}: ${problem}`, isFrame }));
}
