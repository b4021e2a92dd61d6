import { defineRule } from "../../kit/rule.ts";
import type { Framework } from "../read/files.ts";
import { placeOf } from "../read/read-ui.ts";
import type { PageInput } from "./page-input.ts";

/** The request names the kind of file it wants, and the answer is of another. */
export const otherFramework = defineRule<PageInput>({
  id: "web/other-framework",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary:
      "A component for another framework than the one that the request names, or a component where an HTML file was asked for",
    why: "It cannot be put where it is needed.",
  },
  good: [
    {
      prompt: "A Vue 3 login form.",
      answer: '```vue\n<template><form><input aria-label="Name"></form></template>\n```',
    },
    {
      prompt: "Plain landing page for our Vue.js meetup.",
      answer: "```html\n<main><h1>Vue.js meetup</h1></main>\n```",
    },
    {
      prompt: "Port this Vue component to a React component.",
      answer: "```tsx\nexport const Tea = () => <p>Tea</p>;\n```",
    },
  ],
  bad: [
    {
      prompt: "A Vue 3 login form.",
      answer: "```tsx\nexport const Login = () => <form><input aria-label='Name' /></form>;\n```",
    },
    {
      prompt: "Write a React component for a tea card.",
      answer: "```svelte\n<script>let name = 'Tea';</script>\n<p>{name}</p>\n```",
    },
    {
      prompt: "Put it in a single next.js page.tsx file.",
      answer: "```html\n<!doctype html><html><body><p>Tea</p></body></html>\n```",
    },
  ],
  run({ ui, prompt, files }) {
    const [view] = ui.pages;
    if (view === undefined || files.length > 0) return [];
    const requested = requestedFramework(prompt.slice(0, 20_000), view.framework);
    if (requested === null || ui.unread.length > 0) return [];
    if (ui.pages.some(({ framework }) => framework === requested.framework)) return [];
    // Scripts without markup of their own, and pages that load the framework, may well be what was asked for.
    if (ui.all.some(({ content }) => requested.mentions.test(content))) return [];
    return [{ message: `${placeOf(view, 1)}: ${requested.what} was asked for, and this is ${WHAT[view.framework]}` }];
  },
});

const WHAT: Readonly<Record<Framework, string>> = {
  html: "plain HTML",
  jsx: "JSX (React)",
  vue: "a Vue component",
  svelte: "a Svelte component",
};

interface RequestedFramework {
  readonly framework: Framework;
  readonly what: string;
  /** Text that code of that framework contains, in any language. */
  readonly mentions: RegExp;
}

const KINDS: readonly (RequestedFramework & { readonly name: string })[] = [
  {
    framework: "vue",
    what: "Vue",
    name: "vue(?:\\.?js)?(?: ?[23])?",
    mentions: /<template\b|\bcreateApp\b|from ['"]vue['"]|defineComponent/,
  },
  { framework: "svelte", what: "Svelte", name: "svelte(?:kit)?(?: ?[345])?", mentions: /\$state|svelte|\{#if/ },
  {
    framework: "jsx",
    what: "React",
    name: "(?:react(?:\\.?js)?|next\\.?js)(?: ?\\d\\d?)?",
    mentions: /\bReact\b|from ['"](?:react|next)|className=/,
  },
];

/** Up to three words between a framework's name and the thing: "React TypeScript sign-in form component". */
const BETWEEN = "(?:[ -][A-Za-z0-9/.-]{1,20}){0,3}";
const THING =
  "(?:component|sfc|form|page|app|application|card|modal|dialog|navbar|dashboard|widget|table|button|login|sign[- ]?(?:in|up))";
const COMPONENT = `${BETWEEN} (?:component|sfc)\\b(?! (?:librar|kit|course|workshop|gallery|showcase))`;
const TSX_FILE = /\b\w{1,40}\.(?:tsx|jsx) file\b/i;

const PLAIN_HTML: RequestedFramework = {
  framework: "html",
  what: "plain HTML",
  mentions: /<!doctype html|<html[\s>]/i,
};
const ASKS_FOR_HTML = /\b(?:plain|pure|vanilla|single|one|self-contained)[ -](?:\w+ )?html\b/i;

/**
 * The kind of file that a request names; `null`: none, or several, or that of the answer. Plain HTML is only another kind of file where
 * a component or a file name is asked for: the page may be about the framework.
 */
function requestedFramework(prompt: string, given: Framework): RequestedFramework | null {
  const isNamed = (name: string): boolean => new RegExp(`(?:^|[\\s(])${name}(?![\\w-])`, "i").test(prompt);
  const mentioned = KINDS.filter(({ name }) => isNamed(name));
  if (mentioned.some(({ framework }) => framework === given)) return null;
  if (given !== "html" && mentioned.length === 0) return ASKS_FOR_HTML.test(prompt) ? PLAIN_HTML : null;
  const [only] = mentioned;
  if (only === undefined || mentioned.length > 1) return null;
  const { name } = only;
  const loose = `(?:^|[\\s(])(?:(?:in|using|with) ${name}(?=[\\s.,;:)]|$)|${name}${BETWEEN} ${THING}\\b)`;
  const strict = `(?:^|[\\s(])${name}${COMPONENT}`;
  if (new RegExp(given === "html" ? strict : loose, "i").test(prompt)) return only;
  return only.framework === "jsx" && TSX_FILE.test(prompt) ? only : null;
}
