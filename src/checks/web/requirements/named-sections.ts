import { isDenied, type Ask, type Found } from "./requirement.ts";

const SINGLE =
  /\b(?:an?|the|with|and|,)\s((?:[a-z][a-z'-]{1,20} ){0,2}[a-z][a-z'-]{2,20}) (?:section|panel|area|zone)\b/gi;
const LISTED = /\bsections\s?(?::|\(|–|-|for)\s*([^.;:()\n]{5,240})/gi;
/** Words that say nothing about what a section is of, or that pages put otherwise. */
const GENERAL =
  /^(?:an?|the|and|or|with|of|for|to|in|on|at|its|their|each|every|one|two|three|main|first|second|last|next|separate|simple|small|large|big|full|width|short|clear|nice|modern|clean|top|bottom|left|right|side|sticky|social|proof|trust|value|proposition|content|intro|introduction|call|action|cta|our|your|us|page|section|sections|area|panel|hero|header|footer|navbar|nav|showing|collapsible|drop|upload|danger|work|preview|text|results?|info|information|details?|general|list|cards?|grid|bar|form)$/;
/** Those that have a rule of their own. */
const RULED =
  /feature|about|contact|team|service|portfolio|project|call[- ]to|skill|menu|hours|pricing|testimonial|faq|frequently|newsletter|gallery|hero|footer|header|navigation|login|sign|table|chart|sidebar|search/;

/** Sections that a prompt names in words of its own: they leave a trace in a heading, an id, a class or a remark. */
export function namedSectionsAsked(prompt: string): readonly Ask[] {
  const head = prompt.slice(0, 20_000).replace(/```[^]*?```/g, " ");
  const names = new Set<string>();
  for (const match of head.matchAll(SINGLE))
    if (!isDenied(head, match.index)) names.add((match[1] ?? "").toLowerCase().replace(/^(?:and|with) /, ""));
  for (const match of head.matchAll(LISTED)) {
    if (isDenied(head, match.index)) continue;
    const list = (match[1] ?? "").toLowerCase().replace(/, (?:each|all|with)\b.*$/, "");
    for (const item of list.split(list.includes(",") ? /,\s*(?:and )?/ : /\s(?:and|&)\s/)) {
      const name = item.replace(/\s(?:with|showing|for|of)\s.*$/, "").trim();
      if (name.split(" ").length <= 4) names.add(name);
    }
  }
  return [...names].slice(0, 20).flatMap((name): readonly Ask[] => {
    if (RULED.test(name) || /["']/.test(name)) return [];
    const words = name.split(/[^a-z]+/).filter((each) => each.length >= 4 && !GENERAL.test(each));
    if (!words.some((word) => word.length >= 5)) return [];
    const stems = words.map((each) => each.slice(0, 5));
    return [
      {
        what: `a section for ${name}`,
        certain: true,
        isMet: (found) => stems.some((stem) => traces(found).includes(stem)),
      },
    ];
  });
}

const known = new WeakMap<Found, string>();

/** The code with its remarks, without links, scripts, styles and titles: what only they name is not there. */
function traces(found: Found): string {
  const before = known.get(found);
  if (before !== undefined) return before;
  const all = found.ui.all.map(({ content }) => content).join("\n");
  const isHtml = found.ui.views.every(({ framework }) => framework === "html");
  const text = (isHtml ? all.replace(/<(script|style|title|nav)\b[^]*?<\/\1>/gi, " ") : all).toLowerCase();
  known.set(found, text);
  return text;
}
