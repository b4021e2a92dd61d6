import { attr, has, word } from "../read/element.ts";
import { asksResponsive, responsiveOf } from "../rules/responsive.ts";
import { asks, type Ask, type Found } from "./requirement.ts";

/** The framework, language and limits that the prompt sets. */
export function frameAsked(prompt: string): readonly Ask[] {
  return [...frameworksAsked(prompt), ...limitsAsked(prompt), ...themesAsked(prompt)];
}

const REACT = /\breact(?:\.?js)?\b(?! (?:to|native)\b)|\bjsx\b|\btsx\b|\bnext\.?js\b/i;
const VUE = /\bvue(?:\.?js)?(?: ?[23])?\b|\bnuxt\b/i;
const SVELTE = /\bsvelte(?:kit)?\b/i;

const PLAIN =
  /\b(?:plain|vanilla|pure|static|semantic) (?:html|js|javascript)\b|\bhtml (?:page|file|document)\b|\bhtml(?:5)?(?: and |, ?| ?\/ ?| ?\+ ?|\s?&\s?)css\b|\bhtml only\b|\b(?:no|without(?: any)?) (?:frameworks?|librar(?:y|ies)|dependencies)\b/i;

function frameworksAsked(prompt: string): readonly Ask[] {
  const made: Ask[] = [];
  const wanted = [
    [
      "React",
      REACT,
      (found: Found) =>
        found.ui.views.some(({ framework }) => framework === "jsx") || /react\.createelement|reactdom/.test(found.text),
    ],
    [
      "Vue",
      VUE,
      (found: Found) =>
        found.ui.views.some(({ framework }) => framework === "vue") ||
        /createapp|new vue|vue\.global|definecomponent/.test(found.text),
    ],
    ["Svelte", SVELTE, (found: Found) => found.ui.views.some(({ framework }) => framework === "svelte")],
  ] as const;
  const named = wanted.filter(([, pattern]) => asks(prompt, pattern));
  const isUnread = (found: Found): boolean => found.ui.views.length === 0 || found.ui.unknown.length > 0;
  const wantsHtml = asks(prompt, PLAIN) || /\b(?:no|without(?: any)?) (?:js )?frameworks?\b/i.test(prompt);
  if (named.length > 0) {
    const what = named.map(([name]) => name).join(" or ");
    made.push({
      what,
      certain: true,
      isMet: (found) =>
        named.some(([, , isMet]) => isMet(found)) ||
        (wantsHtml && found.ui.views.some(({ framework }) => framework === "html")) ||
        (isUnread(found) ? null : false),
    });
  } else if (wantsHtml) {
    made.push({
      what: "plain HTML",
      certain: true,
      isMet: ({ ui }) => (ui.views.length === 0 ? null : ui.views.some(({ framework }) => framework === "html")),
    });
  }
  if (asks(prompt, /\btailwind(?: ?css)?\b/i)) {
    made.push({
      what: "Tailwind classes",
      certain: true,
      isMet: ({ ui }) =>
        ui.views.length === 0 ? null : (ui.source.match(TAILWIND) ?? []).length >= 3 || /@apply/.test(ui.source),
    });
  }
  if (asks(prompt, /\bbootstrap\b(?! the)/i)) {
    made.push({
      what: "Bootstrap",
      certain: true,
      isMet: ({ text }) => /bootstrap|\bcol-(?:md|sm|lg)|\bbtn btn-|container(?:-fluid)?["'\s]/.test(text),
    });
  }
  if (asks(prompt, /\btypescript\b|\btsx\b/i)) {
    made.push({
      what: "TypeScript",
      certain: false,
      isMet: ({ ui, text }) =>
        ui.all.some(({ language }) => /^(?:ts|tsx|typescript)/.test(language ?? "")) ||
        /lang=["']ts["']|\binterface \w+ ?\{|\btype \w+ ?=|: (?:string|number|boolean)\b/.test(text),
    });
  }
  return made;
}

const TAILWIND =
  /(?<=[\s"'`])(?:-?(?:[pm][xytrblse]?|gap|space-[xy]|w|h|min-[wh]|max-[wh]|text|bg|border|rounded|shadow|font|flex|grid|items|justify|grid-cols|leading|tracking|ring|inset|top|left|z|opacity)-[\w[\]./%#-]+|flex|grid|hidden|rounded)(?=[\s"'`])/g;

function limitsAsked(prompt: string): readonly Ask[] {
  const made: Ask[] = [];
  if (
    /\b(?:no|without(?: any)?|zero|don't use(?: any)?|do not use(?: any)?) (?:java-?script|js)\b(?! (?:framework|librar))|\b(?:css|html)[- ]only\b|\bpure css\b|\bonly (?:html|css)(?: and (?:css|html))?\b|\bjavascript-free\b/i.test(
      prompt,
    ) &&
    !/\bjs framework/i.test(prompt)
  ) {
    made.push({ what: "no JavaScript", certain: true, isMet: hasNoScript });
  }
  if (
    /\b(?:single|one|1|self-contained)[- ](?:self-contained )?(?:html )?(?:file|html file|html page|html document)\b|\bself-contained (?:html )?(?:page|file|document)\b|\beverything in one file\b/i.test(
      prompt,
    ) &&
    !/\bsingle[- ]file components?\b/i.test(prompt)
  ) {
    made.push({ what: "one file", certain: true, isMet: isOneFile });
  }
  if (asksResponsive(prompt)) {
    made.push({
      what: "a layout that adapts to small screens",
      certain: true,
      isMet: ({ ui, judged }) => {
        const { styled, adapts, flows, viewport, fixed } = responsiveOf(ui, judged);
        if (!styled) return null;
        return viewport !== false && (adapts || (flows && fixed.length === 0));
      },
    });
  }
  return made;
}

function hasNoScript({ ui, judged }: Found): boolean | null {
  if (ui.views.length === 0) return null;
  if (ui.scripts.length > 0 || ui.views.some(({ framework }) => framework !== "html")) return false;
  return !judged.some(({ elements }) =>
    elements.some(
      (each) =>
        (each.tag === "script" && !/json|importmap/.test(word(each, "type"))) ||
        [...each.attrs.keys()].some((name) => /^on[a-z]+$/.test(name)),
    ),
  );
}

function isOneFile({ ui, judged }: Found): boolean | null {
  if (ui.views.length === 0) return null;
  const isLocal = (path: string | null): boolean =>
    path !== null && path !== "" && !/^(?:https?:)?\/\/|^data:/.test(path);
  const links = judged.some(({ elements }) =>
    elements.some(
      (each) =>
        (each.tag === "link" && /stylesheet/.test(word(each, "rel")) && isLocal(attr(each, "href"))) ||
        (each.tag === "script" && has(each, "src") && isLocal(attr(each, "src"))),
    ),
  );
  return !links && !(ui.views.some(({ content }) => /<html/i.test(content)) && ui.views.length > 1);
}

function themesAsked(prompt: string): readonly Ask[] {
  if (
    !asks(
      prompt,
      /\bdark[- ]mode\b|\blight (?:and|&|\/|or) dark\b|\bdark (?:and|&|\/|or) light\b|\bprefers-color-scheme\b|\blight\/dark\b/i,
    )
  )
    return [];
  return [
    {
      what: "dark mode",
      certain: true,
      isMet: ({ text }) =>
        /prefers-color-scheme|\bdark:|dark-?mode|data-(?:bs-)?theme|\.dark\b|["'`]dark["'`]|color-scheme|light-dark\(|theme-dark|dark-theme|darktheme|isdark/.test(
          text,
        ),
    },
  ];
}
