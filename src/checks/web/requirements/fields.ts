import { attr, ancestors, isOpaque, textOf, word, type UiElement } from "../read/element.ts";
import { isField } from "../rules/accessible-name.ts";
import { isDenied, type Ask, type Found } from "./requirement.ts";
import { isFilledLater, isLaidOut } from "./laid-out.ts";

/** Fields by how people ask for them, and what any of a field's words must hold. */
const FIELDS: readonly (readonly [string, RegExp, RegExp])[] = [
  [
    "first name",
    /^(?:first|given)[- ]?names?$/,
    /first|given|vorname|pr[eé]nom|nombre|^(?!.*(?:last|family|surname|user)).*name/,
  ],
  [
    "last name",
    /^(?:last|family|sur)[- ]?names?$/,
    /last|family|surname|nachname|\bnom\b|apellido|^(?!.*(?:first|given|user)).*name/,
  ],
  ["name", /^(?:(?:full|your|user'?s?|customer|contact|display) )?names?$/, /name|nom\b|nombre|naam|nome/],
  ["username", /^user ?names?(?: or e-?mail)?$/, /user|login|handle|email|name/],
  ["email", /^(?:(?:your|work|business) )?e-?mails?(?: address(?:es)?)?$/, /e-?mail|correo|courriel/],
  [
    "message",
    /^(?:(?:your|text|the) )?(?:message|comments?|inquiry|enquiry)(?: (?:text|area|textarea|box|body))?$/,
    /message|comment|nachricht|mensaje|textarea|inquiry|enquiry|feedback|details/,
  ],
  ["password", /^passwords?$/, /pass|pw|contrase|mot de passe|kennwort/],
  [
    "password confirmation",
    /^(?:confirm(?:ation)?(?: of)?(?: the)? password|password confirmation|repeat password)$/,
    /confirm|repeat|again|verify|retype/,
  ],
  ["phone", /^(?:(?:tele)?phone|mobile)(?: numbers?)?$/, /phone|tel|mobile|m[oó]vil|handy/],
  ["subject", /^subject(?: line)?$/, /subject|topic|betreff|asunto|sujet|reason/],
  ["address", /^(?:(?:street|shipping|billing|delivery|postal) )?address$/, /address|street|adresse|direcci|line1/],
  ["city", /^(?:city|town)$/, /city|town|stadt|ville|ciudad|locality|level2|\bort\b/],
  ["postal code", /^(?:zip|postal|post)(?: ?code)?$/, /zip|post|plz/],
  ["country", /^country$/, /country|land|pays|pa[ií]s/],
  ["company", /^(?:company|organi[sz]ation)(?: name)?$/, /company|organi|business|firma|entreprise|empresa/],
  [
    "date",
    /^(?:date|(?:check-?in|check-?out|start|end|due|arrival|departure|event) dates?|date of birth|birth ?date|birthday)$/,
    /date|day|birth|dob|check|arriv|depart|calendar/,
  ],
  ["time", /^(?:time|preferred time)$/, /time|slot|hour/],
  ["card number", /^(?:(?:credit )?card numbers?|card)$/, /card|cc-/],
  ["expiry date", /^(?:expiry|expiration)(?: date)?$/, /exp/],
  ["CVC", /^(?:cvc|cvv|security code)$/, /cvc|cvv|security|csc/],
  [
    "quantity",
    /^(?:quantity|number of (?:guests|people|tickets|items))$/,
    /quantity|qty|number|guest|people|ticket|party|items|amount/,
  ],
  ["age", /^age$/, /\bage|birth/],
  ["file", /^(?:file(?: upload)?|resume|cv|attachment|photo|avatar)$/, /file|resume|cv|attach|photo|avatar|upload/],
  ["rating", /^(?:star )?rating$/, /rating|star|rate|score/],
  ["terms", /^(?:terms|terms (?:and|&) conditions|agree to terms)(?: checkbox)?$/, /terms|agree|accept/],
];

const LISTS: readonly RegExp[] = [
  /\b(?:fields?|inputs?|labels?)\s*(?:for|of|:|\(|are|-|–|—)\s*(?:the |a |your )?([^.;:()\n]{3,200})/gi,
  /\bform\s*(?:with|having|containing|that (?:has|asks for|collects|takes)|asking for|for|:|\()\s*(?:fields?\s*(?:for)?\s*)?(?:the |a |an )?([^.;:()\n]{3,200})/gi,
  /\b(?:asks?|asking|collects?|collecting)\s+(?:for\s+)?(?:the |a |an |user's )?([^.;:()\n]{3,200})/gi,
  /(?:^|[\s,(])((?:[\w-]+(?: [\w-]+)?, ){1,8}(?:and |& )?[\w-]+(?: (?!and\b)[\w-]+)?(?: (?:and|&) [\w-]+(?: [\w-]+)?)?) (?:fields|inputs)\b/gi,
];

/** What asks for something to be filled in: only there a list of such words in brackets, or after "with", is one of fields. */
const FILLED_IN =
  /\b(?:forms?|checkout|sign[- ]?up|log[- ]?in|regist\w+|settings|account|payment|booking|fields?|inputs?|survey|profile (?:page|editor))\b/i;
/** "payment (card number, expiry, CVC)" */
const IN_BRACKETS =
  /(?:\bforms?|\bfields?|\binputs?|\baddress|\bpayment|\bstep \d|\bshipping|\bbilling|\blog[- ]?in|\bsign[- ]?up|\bregistration|\baccount|\bcontact) \(([^()\n]{3,200})\)/gi;
const LISTS_OF_FORMS: readonly RegExp[] = [
  IN_BRACKETS,
  /\bstep \d:?\s+([^.;:()\n,]{3,80})/gi,
  /\b(?:section|form|step|fieldset|part)\b[^.;:()\n]{0,20}?\bwith\s+(?:the |a |an )?([^.;:()\n]{3,120})/gi,
];
const AFTER_COLON =
  /\b(?:forms?|registration|register|sign[- ]?up|checkout|booking|survey|application)\b[^.:;\n]{0,40}:\s+([^.;:\n]{12,300})/gi;
/** What shows things rather than asking for them. */
const SHOWN =
  /\b(?:table|columns?|cards?|lists?|listing|rows?|shows?|showing|display\w*|details|info\w*|e\.g\.|like|such as)\b[^.;\n]{0,40}$/i;
/** "an email field" */
const SINGLE = /\b((?:[\w-]+ ){0,2}[\w-]+) (?:field|input|selector|picker|stepper|textarea|upload)\b/gi;

/** The fields that the prompt's lists name; words of a list that are no field end nothing and say nothing. */
export function fieldsAsked(prompt: string): readonly Ask[] {
  const head = prompt.slice(0, 20_000);
  const asked = new Map<string, RegExp>();
  for (const list of LISTS)
    for (const match of head.matchAll(list))
      if (!isDenied(prompt, match.index)) for (const field of fieldsIn(match[1] ?? "")) asked.set(field[0], field[2]);
  if (FILLED_IN.test(head)) {
    const inner = head.replace(/\([^()\n]{0,80}\)/g, (part) => (/optional/i.test(part) ? " optional" : ""));
    const lists = [...LISTS_OF_FORMS.flatMap((list) => [...head.matchAll(list)]), ...inner.matchAll(AFTER_COLON)];
    for (const match of lists) {
      const list = (match[1] ?? "").replace(/\([^()]{0,80}\)/g, (inner) =>
        /optional/i.test(inner) ? " optional" : "",
      );
      const items = itemsOf(list);
      const fields = fieldsIn(list);
      const isList = (fields.length >= 2 && fields.length * 3 >= items.length * 2) || fields.length >= 4;
      if (
        !isList ||
        isDenied(prompt, match.index) ||
        SHOWN.test(head.slice(Math.max(0, match.index - 60), match.index))
      )
        continue;
      for (const field of fields) asked.set(field[0], field[2]);
    }
  }
  for (const match of head.matchAll(SINGLE)) {
    if (isDenied(prompt, match.index) || /\b(?:optional|no)\b/.test(match[1] ?? "")) continue;
    const words = (match[1] ?? "").toLowerCase().split(" ");
    const field = words.map((_, at) => fieldNamed(words.slice(at).join(" "))).find((each) => each !== undefined);
    if (field !== undefined) asked.set(field[0], field[2]);
  }
  return [...asked].map(([name, pattern]) => ({
    what: `a field for ${name}`,
    certain: true,
    isMet: (found) => hasFieldFor(found, pattern),
  }));
}

function itemsOf(list: string): readonly string[] {
  return list
    .toLowerCase()
    .split(/,|\band\b|\bplus\b|&|\+|\/|\bwith\b/)
    .filter((item) => item.trim() !== "");
}

function fieldsIn(list: string): readonly (typeof FIELDS)[number][] {
  return itemsOf(list)
    .filter((item) => !/\b(?:no|without|not|optional)\b/.test(item))
    .map(fieldNamed)
    .filter((field) => field !== undefined);
}

function fieldNamed(item: string): (typeof FIELDS)[number] | undefined {
  const bare = item
    .replace(/["'`*]/g, "")
    .replace(/\b(?:a|an|the|required|fields?|inputs?|textarea|text area|multi-?line|valid|single)\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return FIELDS.find(([, name]) => name.test(bare));
}

function hasFieldFor(found: Found, pattern: RegExp): boolean | null {
  const { judged, isStatic, text } = found;
  if (judged.length === 0) return null;
  if (!isStatic && !areFieldsKnown(found)) return pattern.test(text);
  return judged.some(({ elements }) => wordsOfFields(elements).some((words) => pattern.test(words)));
}

/** Every field is in the source and says there what it is for. */
function areFieldsKnown(found: Found): boolean {
  if (!isLaidOut(found)) return false;
  return found.judged.every(({ elements }) => {
    const labels = elements.filter((each) => each.tag === "label");
    if (labels.length > MAX_FIELDS) return false;
    return elements.every((each) => {
      if (isOpaque(each))
        return !/field|input|select|control|picker|text|check/i.test(each.tag) || !isFilledLater(each, SAYING);
      if (!isField(each)) return true;
      const id = attr(each, "id");
      const own =
        [...ancestors(each)].find(({ tag }) => tag === "label") ??
        labels.find((label) => id !== "" && attr(label, "for") === id);
      const isSaid = own !== undefined && textOf(own).text !== "" && !textOf(own).dynamic;
      return (
        isSaid || (!each.spread && ["aria-label", "placeholder", "name", "id"].some((name) => word(each, name) !== ""))
      );
    });
  });
}

const known = new WeakMap<readonly UiElement[], readonly string[]>();

/** For each field, everything that says what it is for. */
function wordsOfFields(elements: readonly UiElement[]): readonly string[] {
  const before = known.get(elements);
  if (before !== undefined) return before;
  const labels = new Map(elements.filter((each) => each.tag === "label").map((each) => [attr(each, "for"), each]));
  const byId = new Map(elements.map((each) => [attr(each, "id"), each]));
  const fields = elements.filter((each) => isField(each) || isOpaque(each) || each.attrs.has("contenteditable"));
  const made = fields.slice(0, MAX_FIELDS).map((field) => {
    const own = [field.tag, ...SAYING.map((name) => word(field, name))];
    const around = [...ancestors(field)].find((parent) => parent.tag === "label" || parent.tag === "fieldset");
    const id = attr(field, "id");
    const names = (attr(field, "aria-labelledby") ?? "").split(/\s+/).filter((each) => each !== "");
    const about = [around, id === "" ? undefined : labels.get(id), ...names.map((name) => byId.get(name))];
    const texts = about.map((each) => (each === undefined ? "" : textOf(each).text));
    return [...own, ...texts].join(" ").toLowerCase();
  });
  known.set(elements, made);
  return made;
}

const MAX_FIELDS = 500;
const SAYING = [
  "type",
  "name",
  "id",
  "placeholder",
  "aria-label",
  "autocomplete",
  "class",
  "title",
  "label",
  "v-model",
];
