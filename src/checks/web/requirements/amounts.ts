import { ancestors, attr, isOpaque, textOf, word, type UiElement } from "../read/element.ts";
import { isField } from "../rules/accessible-name.ts";
import { isDenied, type Ask, type Found } from "./requirement.ts";
import { isLaidOut } from "./laid-out.ts";

/*
 * What a prompt lists in words of its own ("a dismiss button", "a volume slider", "destination, dates and guests") may be called
 * anything on the page. That there are fewer controls than were asked for is certain all the same.
 */

/** "play/pause" is one. */
const WORD = "[\\w'’/-]{2,20}";
/** "a dismiss button", "previous / play / next buttons" */
const BUTTON = new RegExp(
  `((?:"[^"\\n]{1,40}"|${WORD})(?: (?!and\\b|or\\b|with\\b)(?:"[^"\\n]{1,40}"|${WORD}))?(?:(?:\\s/\\s|\\s?,\\s?(?:and )?|\\s(?:and|&)\\s)(?:an? )?(?:"[^"\\n]{1,40}"|${WORD})){0,5}) (buttons?)\\b(?! (?:group|style|bar|row|element|that|which|color))`,
  "gi",
);
/** Buttons that do something where they stand: no link does that. */
const ACTS =
  /\b(?:dismiss|close|delete|remove|copy|like|play|pause|next|previous|prev|submit|send|save|cancel|edit|clear|reset|increment|decrement|mute|add|follow|subscribe|search|stop|start|roll|toggle|heart|reply|share|undo|print|swap)\b/i;
const STATES =
  /\b(?:each|every|per|all|hover|disabled|radio|optional|the|this|that|of|on|these|those|its|when|clicking|clicks?|pressing|primary|secondary|variants?|styles?|or)\b/i;

/** "a volume slider", "an email input" */
const INPUT =
  /\b((?:[a-z][\w-]{1,20} ){0,2}[a-z][\w-]{1,20}) (inputs?|fields?|textareas?|date ?pickers?)\b|\b(?:volume|price|brightness|opacity|speed|zoom|hue|temperature|tip|amount|range|loan|interest) (?:slider|control)\b/gi;
const FORM_LIST =
  /\bform\s?(?:with(?: fields?(?: for)?)?|:|\(|for|asking for|containing|having)\s+([^.;:()\n]{8,240})/gi;
const NO_FIELD =
  /\b(?:buttons?|links?|messages?(?= (?:after|when|on))|headings?|titles?|text|logo|validation|errors?|states?|labels?|icons?|images?|summary|steps?|sections?|toggle|help|hints?|design|styl\w+|layout|responsive|accessible|animations?|tailwind|css|success|feedback|placeholders?|progress|header|footer)\b/i;

export function amountsAsked(prompt: string): readonly Ask[] {
  const head = prompt
    .slice(0, 20_000)
    .replace(/```[^]*?```/g, " ")
    // "Like" is also how one thing is compared to another.
    .replace(/\blike(?= (?:button|icon))/gi, "heart");
  const made: Ask[] = [];
  const { buttons, actions, names } = buttonsIn(head);
  for (const name of names) {
    const trace = TRACES[name];
    if (trace !== undefined)
      made.push({ what: `a ${name} button`, certain: true, isMet: ({ text }) => trace.test(text) });
  }
  const fields = fieldsIn(head);
  if (actions > 0)
    made.push({ what: `${actions} button(s)`, certain: true, isMet: (found) => enough(found, isButton, actions) });
  if (buttons > 0)
    made.push({
      what: `${buttons} button(s) or link(s)`,
      certain: true,
      isMet: (found) => enough(found, isPressed, buttons),
    });
  if (fields > 0)
    made.push({ what: `${fields} field(s)`, certain: true, isMet: (found) => enough(found, isEntry, fields) });
  return made;
}

/** Of a button for one of these something is left in the code, whatever it shows. */
const TRACES: Readonly<Record<string, RegExp>> = {
  heart: /like|heart|love|thumb|favou?r|👍|❤|♥|♡/,
  reply: /repl|respond|answer/,
  delete: /delet|remov|trash|discard|🗑/,
  remove: /delet|remov|trash|clear|✕|×|&times;/,
  edit: /edit|pencil|modif|✏|✎/,
  share: /share/,
  copy: /copy|copi|clipboard/,
  close: /clos|dismiss|hide|✕|×|&times;|cancel/,
  dismiss: /clos|dismiss|hide|✕|×|&times;|got it/,
  download: /download|export|⬇/,
  upload: /upload|choose|file/,
  search: /search|find|🔍/,
  submit: /submit|send|<button/,
  reset: /reset|clear|start over|restart/,
  undo: /undo|revert/,
  print: /print/,
  swap: /swap|switch|revers|⇄|⇅|↔/,
  mute: /mute|volume|🔇/,
};

function buttonsIn(head: string): {
  readonly buttons: number;
  readonly actions: number;
  readonly names: readonly string[];
} {
  const names = new Set<string>();
  for (const match of head.matchAll(BUTTON)) {
    const phrase = match[1] ?? "";
    if (isDenied(head, match.index)) continue;
    const items = phrase.split(/\s\/\s|\s?,\s?(?:and )?|\s(?:and|&)\s/);
    // What stands before them in a list is something else.
    const first = items.findLastIndex((item) => !/^["A-Z]/.test(item) && !ACTS.test(item)) + 1;
    const own = match[2]?.toLowerCase() === "button" ? items.slice(-1) : items.slice(first);
    if (match[2]?.toLowerCase() === "buttons" && own.length < 2) continue;
    for (const name of own) if (!STATES.test(name)) names.add(name.replace(/^an? /, ""));
  }
  // "A button back to the homepage"
  const bare = names.size === 0 && /\b(?:a|one) button\b/i.test(head) ? 1 : 0;
  const all = [...names];
  // One with a name of its own is looked for by its name, and may be a link.
  const actions = all.filter((name) => /^[a-z]/.test(name) && ACTS.test(name)).length;
  return { buttons: Math.max(bare, new Set(all.map((name) => name.toLowerCase())).size), actions, names: all };
}

function fieldsIn(head: string): number {
  const named = new Set<string>();
  for (const match of head.matchAll(INPUT)) {
    const name = (match[1] ?? match[0]).toLowerCase();
    if (
      isDenied(head, match.index) ||
      STATES.test(name) ||
      /\b(?:form|required|valid|all|text|range|content)$/.test(name)
    )
      continue;
    if (match[2]?.endsWith("s") === true) continue;
    named.add(name.split(" ").at(-1) ?? "");
  }
  let most = named.size;
  for (const match of head.matchAll(FORM_LIST)) {
    if (isDenied(head, match.index)) continue;
    const items = (match[1] ?? "").split(/,\s*(?:and )?|\s(?:and|&)\s|\splus\s/).filter((item) => /\w/.test(item));
    // A sentence goes on where its items get long.
    const end = items.findIndex(
      (item) => item.trim().split(/\s+/).length > 4 || /\b(?:optional|that|which|should|must)\b/.test(item),
    );
    const own = items.slice(0, end === -1 ? undefined : end).filter((item) => !NO_FIELD.test(item));
    if (own.length >= 2) most = Math.max(most, own.length);
  }
  return most;
}

function isButton(each: UiElement): boolean {
  if (each.tag === "input") return /^(?:submit|button|image|reset|checkbox)$/.test(word(each, "type"));
  // Pages without scripts are moved by labels and by links into themselves.
  if (each.tag === "label" || (each.tag === "a" && word(each, "href").startsWith("#"))) return true;
  return each.tag === "button" || each.tag === "summary" || /^(?:button|switch|menuitem)$/.test(word(each, "role"));
}

function isPressed(each: UiElement): boolean {
  return (
    isButton(each) ||
    (each.tag === "a" && each.attrs.has("href")) ||
    each.tag === "label" ||
    word(each, "role") === "link"
  );
}

function isEntry(each: UiElement): boolean {
  return (
    isField(each) ||
    each.attrs.has("contenteditable") ||
    /^(?:textbox|searchbox|slider|combobox|listbox|spinbutton|switch|radio|checkbox|radiogroup)$/.test(
      word(each, "role"),
    )
  );
}

/** `null` where there may be more than the source shows. */
function enough(found: Found, isIt: (each: UiElement) => boolean, wanted: number): boolean | null {
  if (!isLaidOut(found) || found.judged.length === 0) return null;
  const all = found.judged.flatMap(({ elements }) => elements);
  if (all.filter(isIt).length >= wanted) return true;
  return all.some((each) => isIt(each) && mayRepeat(each, found)) || isUsedTwice(found, all, isIt) ? null : false;
}

/** Out of a list: by its key, or by a name that only a run tells. */
function mayRepeat(each: UiElement, { text }: Found): boolean {
  if (!/\.map\(|v-for|\{#each/.test(text)) return false;
  return (
    each.spread ||
    textOf(each).dynamic ||
    ["id", "name", "aria-label", "key"].some((name) => attr(each, name) === null) ||
    [each, ...ancestors(each)].some((one) => one.attrs.has("key") || one.attrs.has("v-for"))
  );
}

/** A component of the answer that holds one of them stands wherever it is used. */
function isUsedTwice({ ui }: Found, all: readonly UiElement[], isIt: (each: UiElement) => boolean): boolean {
  const own = new Set(all.filter(isOpaque).map(({ tag }) => tag));
  return (
    all.some(isIt) &&
    [...own].some((tag) => new RegExp(`\\b(?:function|const|class)\\s+${tag.replace(/\W/g, ".")}\\b`).test(ui.source))
  );
}
