import { asks, type Ask, type Found } from "./requirement.ts";
import { isLaidOut } from "./laid-out.ts";
import {
  isCarousel,
  isCheckbox,
  isFooter,
  isForm,
  isHeader,
  isHero,
  isNavigation,
  isPassword,
  isRadio,
  isSearch,
  isTable,
  isTextField,
  isVideo,
  section,
  type IsPart,
} from "./page-parts.ts";

interface Thing {
  readonly what: string;
  readonly asked: RegExp;
  /** Any trace of it in the code: an element, a role, a class, a component's name, its text. */
  readonly found: RegExp;
  /** Which element it is, where all that will be there is in the source. */
  readonly part?: IsPart;
  /** It is told by tags and types, which components have like pages. */
  readonly byTag?: boolean;
}

/** A dialog that a library brings, with all that belongs to it. */
const FROM_ELSEWHERE =
  /import\b[^;]{0,300}(?:modal|dialog|drawer|sheet|popover|headlessui)|<[a-z]{1,4}-(?:dialog|modal|drawer)|data-(?:bs-)?toggle=["']modal|["' ]modal fade/;
const DIALOG = new RegExp(
  `<dialog|\\brole["']?\\s?[=:,]\\s?\\{?\\s?["'\`](?:alert)?dialog|styled\\.dialog|showmodal\\(|popover=|createelement\\(["']dialog|${FROM_ELSEWHERE.source}`,
);

/** Parts of an interface, each by how people ask for it and by the many ways in which it may be made. */
const THINGS: readonly Thing[] = [
  {
    what: "a navigation",
    asked: /\b(?:nav(?:igation)?[ -]?(?:bar|menu|links?)|navbar|(?:top|main|site) nav(?:igation)?)\b/i,
    found: /<nav|nav|role="?navigation|menu/,
    part: isNavigation,
  },
  {
    what: "a form",
    asked:
      /\b(?:contact|sign[- ]?up|signup|log[- ]?in|registration|checkout|feedback|newsletter|booking|search|survey|payment|order|subscribe) form\b|\bforms? with\b|\b(?:and|with|plus) a form\b|\ba form to\b/i,
    found: /<form|form|<input|<textarea/,
    part: isForm,
    byTag: true,
  },
  {
    what: "a search field",
    asked: /\b(?:search|filter)(?: text)? (?:box|bar|field|input)\b/i,
    found: /search|find|filter/,
    part: isSearch,
    byTag: true,
  },
  {
    what: "a dialog",
    asked: /\bpop-?up(?: (?:window|box|dialog))?\b/i,
    found: /dialog|modal|popup|popover|drawer/,
  },
  {
    what: 'a dialog (<dialog> or role="dialog")',
    asked: /\b(?:modal|dialog)\b/i,
    found: DIALOG,
  },
  {
    what: "closing on Escape",
    asked:
      /\b(?:clos(?:es?|ing|able)|dismiss(?:es|ed|ible)?)\b[^.\n]{0,40}\b(?:on|with|by|via|using|when|pressing)\b[^.\n]{0,30}\besc(?:ape)?\b|\besc(?:ape)?(?: key)? (?:closes|to close)\b/i,
    found: new RegExp(`\\besc(?:ape)?\\b|\\b27\\b|showmodal\\(|${FROM_ELSEWHERE.source}`),
  },
  {
    what: "a table",
    asked:
      /\b(?:data|html|sortable|responsive|specs?|specifications?|comparison|schedule|orders?|users?|results|summary|leaderboard) table\b|(?<!(?:pricing|price|comparison) )\btable (?:with|comparing|of (?!contents)|that|showing|listing)\b/i,
    found: /<table|table|datagrid|role="?grid|createelement\(["']t(?:able|r)/,
    part: isTable,
  },
  {
    what: "a price",
    asked: /\bprice(?=,| and\b|\))/i,
    found: /pric|[$€£¥]\s?\d|\d\s?[$€£¥]|\b(?:usd|eur|gbp)\b/,
  },
  {
    what: "numbered steps",
    asked: /\b(?:numbered|ordered) (?:list|steps|instructions)\b/i,
    found: /<ol\b|counter\(|\bstep[ -]?1\b|\b1\. |>1</,
  },
  { what: "a volume control", asked: /\bvolume (?:control|slider|bar|knob)\b/i, found: /volume|speaker|mute/ },
  { what: "a rating", asked: /\b(?:star )?ratings?(?=,| and\b|\)|\.)/i, found: /rating|rated|star|★|☆|review/ },
  { what: "a side bar", asked: /\bside[- ]?bar\b/i, found: /<aside|side-?bar|side-?nav|drawer|aside/ },
  { what: "tabs", asked: /\btabs\b|\btab(?:bed)? (?:bar|panel|component|interface|list|navigation)\b/i, found: /tab/ },
  { what: "an accordion", asked: /\baccordion\b/i, found: /<details|accordion|aria-expanded|collaps|expand/ },
  {
    what: "a carousel",
    asked: /\b(?:carousel|slideshow|image slider)\b/i,
    found: /carousel|slide|swiper|scroll-snap/,
    part: isCarousel,
  },
  { what: "a dropdown", asked: /\bdrop-?down\b/i, found: /<select|drop-?down|listbox|combobox|menu|<details|popover/ },
  { what: "a checkbox", asked: /\bcheck-?box(?:es)?\b/i, found: /checkbox/, part: isCheckbox, byTag: true },
  { what: "radio buttons", asked: /\bradio (?:buttons?|group|inputs?)\b/i, found: /radio/, part: isRadio, byTag: true },
  { what: "a progress bar", asked: /\bprogress (?:bar|indicator)\b/i, found: /progress|meter/ },
  { what: "breadcrumbs", asked: /\bbreadcrumbs?\b/i, found: /breadcrumb/ },
  { what: "pagination", asked: /\bpagination\b|\bpaginated\b/i, found: /pagin|page|next|previous/ },
  { what: "a tooltip", asked: /\btooltips?\b/i, found: /tooltip|title=|popover/ },
  { what: "a hero section", asked: /\bhero\b/i, found: /hero|<h1|banner|jumbotron|headline|masthead/, part: isHero },
  { what: "a footer", asked: /\bfooter\b/i, found: /footer|contentinfo/, part: isFooter },
  {
    what: "a pricing section",
    asked: /\bpricing (?:section|table|cards?|plans?|tiers?|page)\b|\bpricing\b(?=,| and)/i,
    found: /pric|plan|tier|\$\s?\d|€|£|\/\s?mo/,
  },
  {
    what: "testimonials",
    asked: /\btestimonials?\b/i,
    found: /testimonial|review|blockquote|quote|customers? say/,
    part: section(/testimonial|review|blockquote|quote|customers? say/),
  },
  {
    what: "an FAQ",
    asked: /\bFAQs?\b|\bfrequently asked/i,
    found: /faq|frequently|question/,
    part: section(/faq|frequently|question/),
  },
  {
    what: "a newsletter sign-up",
    asked: /\bnewsletter\b/i,
    found: /newsletter|subscri|email|updates|sign-?up/,
    part: isTextField,
    byTag: true,
  },
  { what: "a gallery", asked: /\b(?:image |photo )?gallery\b/i, found: /gallery|<img|<figure|<image|\.map\(/ },
  {
    what: "a login",
    asked: /\b(?:log[- ]?in|sign[- ]?in) (?:page|form|screen)\b/i,
    found: /log-?\s?in|sign-?\s?in|password/,
    part: isPassword,
    byTag: true,
  },
  {
    what: "a chart",
    asked: /\b(?:bar|line|pie|area|donut) charts?\b|\bsparklines?\b/i,
    found: /<svg|<canvas|chart|conic-gradient|sparkline|bar/,
  },
  {
    what: "a video",
    asked: /\b(?:embedded |background )video\b|\b(?:with|and|include) a video\b(?=[.,;]| player|$)/i,
    found: /<video|<iframe|youtube|video/,
    part: isVideo,
  },
  {
    what: "a theme toggle",
    asked: /\b(?:theme|dark[- ]mode|light\/dark) (?:toggle|switch(?:er)?|button)\b/i,
    found: /theme|dark/,
  },
];

/** Mails are made of tables: their parts have no elements of their own. */
const IS_MAIL = /\bhtml e-?mail\b|\be-?mail (?:template|newsletter|layout)\b|\bnewsletter (?:template|e-?mail)\b/i;
const NOT_IN_MAILS = /footer|hero|navigation|header|form/;

export function thingsAsked(prompt: string): readonly Ask[] {
  const isMail = IS_MAIL.test(prompt);
  return THINGS.filter(({ what, asked }) => asks(prompt, asked) && !(isMail && NOT_IN_MAILS.test(what))).map(
    ({ what, found, part, byTag }) => ({
      what,
      certain: true,
      isMet: (answer) => found.test(withoutStyles(answer)) && hasPart(answer, part, byTag),
    }),
  );
}

/** Rules for what is not there any more show nobody anything; where scripts build the page, they may. */
function withoutStyles(answer: Found): string {
  const isPage = answer.ui.views.length > 0 && answer.ui.views.every(({ framework }) => framework === "html");
  return isPage && isLaidOut(answer) ? answer.text.replace(/<style\b[^]*?<\/style>/g, " ") : answer.text;
}

function hasPart(answer: Found, part: IsPart | undefined, byTag = false): boolean {
  const { judged, isStatic } = answer;
  if (part === undefined || judged.length === 0 || !(isStatic || (byTag && isLaidOut(answer)))) return true;
  return judged.some((each) => each.elements.some((one) => part(one, each)));
}

/** Sections that only count as asked for where the prompt lists sections. */
const SECTIONS: readonly (readonly [RegExp, string, RegExp])[] = [
  [/\bfeatures?\b/i, "a features section", /feature|benefit|why |what you get|highlights|service/],
  [/\babout(?: us)?\b/i, "an about section", /about|story|who we are|bio/],
  [/\bcontact\b/i, "a contact section", /contact|get in touch|mailto:|reach|message/],
  [/\bheader\b/i, "a header", /<header|header|<nav|banner/],
  [/\bteam\b/i, "a team section", /team|people|members|staff|crew/],
  [/\bservices\b/i, "a services section", /service|what we do|offer/],
  [/\bportfolio\b|\bprojects\b/i, "a portfolio section", /portfolio|project|work|case stud/],
  [
    /\bcall[- ]to[- ]action\b|\bCTA\b/i,
    "a call to action",
    /cta|call-to-action|<button|get started|sign up|btn|join|start/,
  ],
  [/\bskills\b/i, "a skills section", /skill|expertise|technolog/],
  [/\bmenu\b/i, "a menu", /menu/],
  [/\b(?:opening )?hours\b/i, "opening hours", /hours|open|mon|am\b/],
];

export function sectionsAsked(prompt: string): readonly Ask[] {
  const list =
    /\bsections?\b|\b(?:landing|home|web) ?page (?:with|including|that (?:has|includes))\b|\bincludes?:|\bmust (?:have|include|contain)\b/i;
  if (!list.test(prompt)) return [];
  if (IS_MAIL.test(prompt)) return [];
  // "A portfolio page" is the whole, not a part of it.
  const apart = (asked: RegExp): RegExp =>
    new RegExp(`(?:${asked.source})(?! (?:page|web ?site|site|app|template)\\b)`, "i");
  return SECTIONS.filter(([asked]) => asks(prompt, apart(asked))).map(([, what, found]) => ({
    what,
    certain: true,
    isMet: (answer) =>
      found.test(withoutStyles(answer)) && hasPart(answer, what === "a header" ? isHeader : section(found)),
  }));
}
