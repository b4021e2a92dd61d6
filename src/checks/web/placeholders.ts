import { attr, isHidden, isOpaque, textOf } from "./read/element.ts";
import { placeIn } from "./read/files.ts";
import type { Ui, View } from "./read/read-ui.ts";

/** Comments of every language that interfaces are written in. */
const COMMENT = /<!--([^]{0,160}?)-->|\/\*([^]{0,160}?)\*\/|(?:^|[\s;{}])\/\/([^\n]{0,160})/g;
/** What such a comment says when it stands for something that was not written. */
const LEFT_OUT = [
  /^(?:\.{3}|…)$/,
  /^(?:\.{3}|…) ?(?:the )?(?:rest|existing|remaining|other|previous|same|more|omitted|similar|code|unchanged|additional)\b/i,
  /^(?:the )?(?:rest|remainder) of (?:the |your |this |my )?(?:\w+ )?(?:page|code|content|html|markup|form|sections?|styles?|css|components?|jsx|template|file|layout|cards?|items?)\b/i,
  /^(?:other|remaining|existing|more|additional|similar|previous) (?:\w+ )?(?:sections?|content|code|markup|styles?|cards?|items?|rows?|fields?|components?|links?)\b.{0,30}(?:\.{3}|…|\bhere\b|unchanged|omitted|\bgoe?s?\b)/i,
  /^(?:repeat|duplicate) (?:this |the |for |above )/i,
  /^(?:your|add|insert|put|place)(?: \w+){0,3} (?:content|markup|code|html|sections?|components?|form|styles?)(?: goes)? here\b/i,
  /^(?:content|markup|form|sections?)(?: goes)? here\b/i,
  /^(?:todo|fixme):? ?(?:implement|add|write|fill|complete|build|create|finish)\b/i,
  /^(?:same as (?:above|before)|omitted for brevity|truncated)\b/i,
];

/** Content that the answer promises and does not give, each with its place. */
export function leftOut(ui: Ui): readonly string[] {
  const found: string[] = [];
  for (const file of [...ui.views, ...ui.styles, ...ui.scripts]) {
    for (const match of file.content.matchAll(COMMENT)) {
      const text = (match[1] ?? match[2] ?? match[3] ?? "")
        .replace(/[[\](){}*]/g, " ")
        .replace(/\s+/g, " ")
        .trim();
      if (found.length > 20 || !LEFT_OUT.some((pattern) => pattern.test(text))) continue;
      const line = file.content.slice(0, match.index).split("\n").length;
      found.push(`${placeIn(file, line)}: "${text}" stands in for content`);
    }
  }
  for (const page of ui.pages) if (isEmptyPage(page)) found.push(`${placeIn(page.file, 1)}: the page shows nothing`);
  return [...found, ...filler(ui)];
}

function isEmptyPage(page: View): boolean {
  if (!page.isPage || page.elements.some((each) => each.tag === "script" || isOpaque(each))) return false;
  return !page.elements.some(
    (each) =>
      /^(?:img|svg|input|button|canvas|video|iframe|picture|object)$/.test(each.tag) ||
      (each.tag === "body" && (textOf(each).text !== "" || textOf(each).dynamic)),
  );
}

const LATIN =
  /\b(?:lorem|ipsum|dolor|amet|consectetur|adipiscing|elit|eiusmod|tempor|incididunt|labore|magna|aliqua|veniam|nostrud|exercitation|ullamco|laboris|nisi|aliquip|commodo|consequat|sed|enim|quis)\b/gi;

/** Filler that is most of the text. A line of it for a sample post harms nobody. */
function filler(ui: Ui): readonly string[] {
  return ui.pages.flatMap((page) => {
    const root = page.elements.filter((each) => each.parent === null && !isHidden(each) && attr(each, "lang") !== "la");
    const text = root.map((each) => textOf(each).text).join(" ");
    const words = text.split(" ").length;
    const latin = (text.match(LATIN) ?? []).length;
    return latin >= 8 && latin / words > 0.3 ? [`${placeIn(page.file, 1)}: most of the text is lorem ipsum`] : [];
  });
}
