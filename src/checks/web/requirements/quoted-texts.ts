import { isDenied, type Ask } from "./requirement.ts";
import { isOnControl, letters } from "./controls.ts";

const QUOTED = /"([^"\n]{2,80})"|“([^”\n]{2,80})”|'([A-Z][^'\n]{1,80})'(?![a-z])/g;
/** What stands before a quote that must be read on the page. */
const SHOWN =
  /\b(?:labell?ed|called|named|titled|entitled|says|saying|reads|reading|text|label|heading|headline|title|button|link|caption|tagline|slogan|placeholder|displays?|displaying|shows?|showing|with the words?|titles?|column|columns|buttons|links|tab|tabs|items?|for)\b[:\s,(]*(?:(?:the|a|an|of|is|are|be|to|and|or|text|button|link|heading)\b[\s:]*){0,3}$/i;
const BUTTON_AFTER = /^ (?:(?:submit|cta|call-to-action|primary) )?(?:button|link)\b(?! or\b)/i;
/** "Remember me" checkbox */
const LABELLED =
  /^ (?:check-?box|badge|label|heading|headline|tab|option|toggle|switch|caption|column|placeholder|tag|ribbon)\b/i;
const BUTTON_BEFORE =
  /\b(?:button|link)(?: (?:that )?(?:labell?ed|called|named|saying|says|reading|reads|with the (?:text|label)))?:? $/i;
/** Titles of the thing itself may be paraphrased; what is no text on a page is not looked for. */
const NO_TEXT = /^(?:[.#@]|https?:|--|\w+\.(?:html?|css|js|tsx?|jsx)$|#[0-9a-f]{3,8}$)|[{}<>;=]/i;

/** Texts that the prompt quotes. */
export function textsAsked(prompt: string): readonly Ask[] {
  const found: Ask[] = [];
  const head = prompt.slice(0, 20_000).replace(/```[^]*?```/g, (code) => " ".repeat(code.length));
  let lastShown = -1;
  for (const match of head.matchAll(QUOTED)) {
    const quote = (match[1] ?? match[2] ?? match[3] ?? "").trim().replace(/[.,]$/, "");
    if (!/\p{L}/u.test(quote) || NO_TEXT.test(quote) || isDenied(prompt, match.index)) continue;
    const before = head.slice(Math.max(0, match.index - 60), match.index);
    // The next of a list of quotes is shown when the one before it is.
    const continues = lastShown >= 0 && /^[\s,]*(?:and|or|&)?\s*$/.test(head.slice(lastShown, match.index));
    const after = head.slice(match.index + match[0].length, match.index + match[0].length + 40);
    const certain = continues || SHOWN.test(before) || LABELLED.test(after);
    if (certain) lastShown = match.index + match[0].length;
    const wanted = plain(quote);
    if (!continues && (BUTTON_AFTER.test(after) || BUTTON_BEFORE.test(before))) {
      found.push({
        what: `a button or link "${quote}"`,
        certain: true,
        isMet: (answer) => isOnControl(answer, wanted),
      });
      continue;
    }
    found.push({
      what: `the text "${quote}"`,
      certain,
      isMet: ({ text }) => text.includes(wanted) || letters(text).includes(letters(wanted)),
    });
  }
  return found.slice(0, 30);
}

/** Lower case, entities and typographic marks evened out, white space collapsed. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/&amp;/g, "&").replace(/&(?:apos|rsquo|lsquo|#39|#x27);|[’‘]/g, "'").replace(/&(?:quot|ldquo|rdquo);|[“”]/g, '"').replace(/&nbsp;|\{["'`] ["'`]\}/g, " ")
    .replace(/\s+/g, " "); // prettier-ignore
}
