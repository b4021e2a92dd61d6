/** What the name of a field says about the values that belong in it. */

/** Chosen, reworded or worked out rather than copied. */
const DERIVED =
  /categor|type$|kind|class|sentiment|tone|summary|description|overview|abstract|reason|explanation|rationale|comment|status|state$|priority|severity|urgency|language|lang$|currency|country|nationality|unit|gender|sex$|topic|theme|intent|label|tag|is_|has_|format|confidence|score|level|industry|sector|timezone|weekday|month|season|era|region|continent|action|next_step|recommendation|analysis|implication|relation|role|title|position|occupation|profession|seniority|subject|keyword|skill|outcome|result|impact|issue|problem|cause|symptom|note|remark|feature|benefit|purpose|goal|objective|condition|domain|field|metric|interpretation/i;
/** Computed from other values. */
const COMPUTED =
  /total|sum$|count|number_of|num_|^n_|length|average|avg|mean|median|duration|nights|days|hours|minutes|seconds|years|months|difference|diff$|change|growth|percent|share|ratio|rate$|confidence|score|probability|index|^id$|position|order$|rank|page|line|start|end|offset|span|net|gross|subtotal|tax|vat|balance|discount|savings/i;
/** Copied as it stands, or not at all. */
const VERBATIM =
  /name|person|author|customer|company|organi[sz]ation|^org|vendor|supplier|buyer|seller|sender|recipient|contact|employee|client|brand|manufacturer|email|mail|phone|mobile|fax|(?:^|_)id$|[a-z]Id$|number$|_no$|sku|code$|url|website|link|invoice|reference|^ref|iban|bic|account|attendee|participant|speaker|ceo|founder|doctor|patient|drug|medication|manager|director|winner|actor|artist|title_of|isbn|doi|serial|tracking|licen[sc]e|passport|plate/i;
const PLACE =
  /city|town|location|place|address|street|venue|state|province|region|country|destination|origin|headquarter|office|zip|postal/i;
const QUOTE = /quote|excerpt|evidence|verbatim|snippet|citation|passage|exact/i;
const COUNTED =
  /qty|quantity|^age$|_age$|price|amount|cost|fee|rating|stars|guests|rooms|floor|seats|salary|budget|revenue|weight|height|width|year$/i;

export type FieldKind = "derived" | "verbatim" | "place" | "quote" | "other";

export function kindOfField(key: string): FieldKind {
  if (QUOTE.test(key)) return "quote";
  if (PLACE.test(key)) return "place";
  if (VERBATIM.test(key) && !/type|categor|class/i.test(key)) return "verbatim";
  return DERIVED.test(key) ? "derived" : "other";
}

export function isComputed(key: string): boolean {
  return COMPUTED.test(key);
}

/** A small number in one of these is not a mere count or ordinal. */
export function isMeasured(key: string): boolean {
  return COUNTED.test(key);
}

/** What somebody is: stated, or not. */
export function isStation(key: string): boolean {
  return /role|job|title|position|occupation|profession|department/i.test(key);
}
