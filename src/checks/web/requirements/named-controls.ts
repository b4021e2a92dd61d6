import { isDenied, type Ask, type Found } from "./requirement.ts";
import { attr, isOpaque, textOf, word } from "../read/element.ts";
import { isControl, isOnControl } from "./controls.ts";
import { isLaidOut } from "./laid-out.ts";

const NAME = `(?:"[^"\\n]{1,40}"|[A-Z][\\w'’-]{0,20}(?: (?:[A-Z][\\w'’-]{0,20}|(?:to|in|up|out|us|more|of|for|now)(?= |,|\\.|/|\\)|$))){0,2})`;
const MARK = `(?:\\s?,\\s(?:and |or |& )?|\\s(?:and|or|&)\\s|\\s?[/|·•]\\s?)`;
const KIND = "(buttons|links|tabs|menu items|nav(?:igation)? items|actions)";
/** "Cancel and Delete buttons" */
const BEFORE = new RegExp(`((?:${NAME}${MARK}){1,9}${NAME}) ${KIND}\\b`, "g");
/** "links Home / Features / Blog", "buttons: Save, Cancel" */
const AFTER = new RegExp(
  `\\b${KIND}(?: (?:to|for|called|named|are|of|like))?\\s?[:(–-]?\\s?((?:${NAME}${MARK}){1,9}${NAME})`,
  "g",
);
/** "a Subscribe button", "an Add to cart button" */
const SINGLE =
  /(?:\b(?:an?|the|with|and|one)\s|[,:(]\s)([A-Z][a-z]{2,15}(?: (?!and\b|or\b|with\b)[a-z]{2,12}){0,3}) button\b/g;
/** Words with a capital that are the name of nothing: beginnings of sentences, and kinds and techniques. */
const BEGINNING =
  /^(?:Include|Use|Put|With|The|Give|Provide|Have|Display|Render|Make|Build|Two|Three|Four|Each|All|It|Its|Then|Also|Both|Should|Needs?)$/;
const KIND_WORD =
  /^(?:Primary|Secondary|Tertiary|Outline|Ghost|React|Tailwind|HTML|CSS|JS|JavaScript|TypeScript|Bootstrap|Vue|Svelte|Responsive|Navigation|Nav|Social|Footer|Header|CTA|Desktop|Mobile|Round|Square|Icon|Material|Hamburger|Menu|Toggle|Radio|Action|Submit|Main|Large|Small|Floating|Animated|Accessible|Reusable|Modern|Simple|Custom)$/;
const COMMAND = /^(?:Add|Show|Create|Place)$/;

/** "Add" and the like alone may begin a sentence; "Add to cart" is a name. */
function isNoName(name: string): boolean {
  const [first = ""] = name.split(" ");
  return BEGINNING.test(first) || KIND_WORD.test(first) || COMMAND.test(name);
}

const BEGINS =
  /^(?:Include|Add|Show|Use|Put|Place|With|The|Give|Provide|Have|Display|Render|Two|Three|Both|Needs?) (?=[A-Z"])/;

/** The buttons, links and tabs that a prompt lists by name. */
export function controlsAsked(prompt: string): readonly Ask[] {
  const head = prompt.slice(0, 20_000).replace(/```[^]*?```/g, " ");
  const asked = new Map<string, string>();
  const note = (kind: string, name: string): void => {
    const bare = name.replace(/["'“”.,]/g, "").trim();
    if (bare.length > 1) asked.set(bare, kind.replace(/s$/, ""));
  };
  const lists = [
    ...[...head.matchAll(BEFORE)].map((match) => ({ at: match.index, kind: match[2] ?? "", list: match[1] ?? "" })),
    ...[...head.matchAll(AFTER)].map((match) => ({ at: match.index, kind: match[1] ?? "", list: match[2] ?? "" })),
  ];
  for (const { at, kind, list } of lists) {
    if (isDenied(head, at)) continue;
    const names = list.replace(BEGINS, "").split(new RegExp(MARK));
    if (names.length >= 2 && !names.some((name) => isNoName(name))) for (const name of names) note(kind, name);
  }
  for (const match of head.matchAll(SINGLE)) {
    const name = match[1] ?? "";
    if (!isDenied(head, match.index) && !isNoName(name)) note("button", name);
  }
  const named = [...asked].slice(0, 30).map(([name, kind]) => ({
    what: `a ${kind} "${name}"`,
    certain: true,
    isMet: (found: Found) =>
      found.judged.length === 0 ? null : waysToSay(name.toLowerCase()).some((one) => isOnControl(found, one)),
  }));
  return [...named, ...linksAsked(head)];
}

/** "a link to the privacy policy" */
const LINK_TO = /\b(?:a|the|one) link to (?:the |an? |our |your )?([a-z][\w-]{2,20}(?: [a-z][\w-]{2,20})?)/gi;
/** Pages that go by many names. */
const MANY_NAMES =
  /^(?:register|registration|sign|signup|log|login|account|home|homepage|page|more|details?|website|site|it|this|that)$/;

const MAX_LINKS = 1_000;

function linksAsked(head: string): readonly Ask[] {
  return [...head.matchAll(LINK_TO)].flatMap((match): readonly Ask[] => {
    const words = (match[1] ?? "")
      .toLowerCase()
      .split(/[\s-]/)
      .filter((word) => word.length >= 4);
    if (isDenied(head, match.index) || words.length === 0 || words.some((word) => MANY_NAMES.test(word))) return [];
    const stems = words.map((word) => word.slice(0, 5));
    return [
      {
        what: `a link to ${match[1]}`,
        certain: true,
        isMet: (found: Found) => {
          if (!isLaidOut(found) || found.judged.length === 0)
            return stems.some((stem) => found.text.includes(stem)) || null;
          const links = found.judged.flatMap(({ elements }) =>
            elements.filter((each) => isControl(each) || isOpaque(each)),
          );
          if (links.length > MAX_LINKS) return null;
          return links.some((each) => {
            const said = [textOf(each).text, ...["href", "to", "aria-label", "title"].map((name) => word(each, name))];
            const isLater = textOf(each).dynamic || each.spread || attr(each, "href") === null;
            return isLater || stems.some((stem) => said.join(" ").toLowerCase().includes(stem));
          });
        },
      },
    ];
  });
}

const SAME: readonly (readonly string[])[] = [
  ["login", "log in", "sign in", "signin"],
  ["sign up", "signup", "register", "create account", "join"],
  ["logout", "log out", "sign out"],
  ["previous", "prev", "back", "go back"],
  ["next", "forward", "continue"],
  ["contact", "contact us", "get in touch"],
  ["about", "about us", "our story"],
  ["faq", "faqs", "questions", "help"],
  ["checkout", "check out", "place order"],
];

function waysToSay(name: string): readonly string[] {
  return [name, ...SAME.filter((group) => group.includes(name)).flat()];
}
