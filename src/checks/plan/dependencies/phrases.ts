import { referenceAtEnd, WORDS, type StepReference } from "./reference.ts";
import { ID } from "../step.ts";

/** A place where a text states a dependency. */
export interface Phrase {
  /** The dependent step, if the sentence names it; `null`: the step that holds the text. */
  readonly subject: StepReference | null;
  /** The text after "depends on", up to the end of the sentence or bracket. */
  readonly tail: string;
  /** `feeds`: the other way round, "blocks T4". */
  readonly direction: "needs" | "feeds";
  /** A field or a plain "depends on": the steps that it names must exist. "After …" in running text may mean anything. */
  readonly isStrict: boolean;
  /** Nothing follows on the line: the list below holds the names. */
  readonly isOpen: boolean;
}

const MAX_LINE_CHARS = 2000;
const MAX_PHRASES = 8;
const LEAD = "(?:the )?(?:successful )?(?:completion of |completing |finishing )?";
const NUMBERED = String.raw`(?:${WORDS})s? ?#?(?:\d|[A-Z]\b)`;
const ID_LIKE = String.raw`[A-Z]{1,3}-?\d`;
/** Capitals tell an id from a word: "after T4", not "after mp3". The oldest Node cannot say so within an expression that ignores case. */
const ID_AHEAD = new RegExp(`^${LEAD}(?!${NUMBERED})(?<id>${ID_LIKE})`, "iu");
const NAMED = String.raw`(?=${LEAD}(?:${NUMBERED}|${ID_LIKE}|\d{1,3}(?:\.\d{1,3}){0,3}(?=\s?(?:[),;]|$|(?:and|&|to|-|–) ?\d))|(?:all |the |every )?(?:of the )?(?:previous|prior|preceding) (?:${WORDS})))`;
const STRICT = String.raw`(?:depend(?:s|ing|ent|encies)? (?:up)?on|(?:hard |blocking )?(?:inter)?dependenc(?:y|ies)(?: on)?(?: ?\(s\))?|pre-?requisites?|pre-?reqs?|predecessors?|blocked (?:by|on)|blockers?|wait(?:s|ing)? (?:for|on)|contingent on|deps?(?= ?:)|requires(?= ?:)|needs(?= ?:)|after(?= ?:)|abhängig von|voraussetzung(?:en)?|abhängigkeit(?:en)?|hängt ab von|depende de|dependencias?|dépend de|dépendances?|dipende da|dipendenze|afhankelijk van|依赖(?:于|项|关系)?|前置(?:条件|任务|步骤)?|依存(?:関係)?|зависит от|зависимост[ьи])`;
const LOOSE = String.raw`(?:(?:requires|needs) (?:that )?${NAMED}|, (?:after|once) ${NAMED}(?=[^.;,]{0,25}(?:[.;)]|$))|(?:^|[([;.:–—] ?|\b(?:only|starts?|started|begins?|runs?|executed?|proceed|immediately|directly|happens|start this|scheduled) )(?:after|once|when|following|upon) ${NAMED})`;
const FEEDS = String.raw`(?:(?:^|[([;.] ?)(?:un)?(?:blocks|locks|enables|required (?:by|for)|needed (?:by|for))(?= ?:)|\b(?:blocks|unblocks|precedes) ${NAMED}|pre-?requisites? (?:for|of|to) ${NAMED})`;
const PHRASE = new RegExp(
  String.raw`(?<feeds>${FEEDS})|(?<strict>(?<![\p{L}\p{N}-])${STRICT})|(?<loose>${LOOSE})`,
  "giu",
);
const NEGATED =
  /(?:\bnot|n't|\bno|\bnever|\bwithout|\bindependent(?:ly)?|\bremove|\bavoid|\bcircular|\bexternal) (?:\w+ ){0,2}$/i;
const IF = /\b(?:if|unless|should|in case|until|even)\b[^.;]{0,40}$/i;
const REVERSED =
  /^ ?(?:for|of|to|between|graph|map|order|diagram|chart|management|tree|injection|list|matrix|summary)\b/i;
const ID_ONLY = new RegExp(String.raw`(?:${ID})\s*$`, "i");

/** All dependencies that a line states. */
export function phrasesIn(line: string): readonly Phrase[] {
  const flat = line.slice(0, MAX_LINE_CHARS).replace(/[*_`]/g, "").replace(/\s+/g, " ");
  const found = [...flat.matchAll(PHRASE)].filter((match) => !namesAWord(match, flat)).slice(0, MAX_PHRASES);
  return found.flatMap((match, at): readonly Phrase[] => {
    const from = match.index + match[0].length;
    const before = flat.slice(0, match.index);
    const isFeeding = match.groups?.["feeds"] !== undefined;
    const rest = flat.slice(from, Math.min(found[at + 1]?.index ?? from + 600, from + 600));
    // "(after 2, 3)" says nothing else.
    const isBracket = match[0].startsWith("(") && /^ ?\d[\d., &+]*(?:and \d+)?\)/.test(rest);
    const isStrict = match.groups?.["strict"] !== undefined || isBracket;
    if (NEGATED.test(before.slice(-40)) || (isStrict && REVERSED.test(rest))) return [];
    if (!isStrict && !isFeeding && IF.test(before)) return [];
    const tail = tailOf(rest);
    const subject = subjectOf(before);
    if (subject === "another") return [];
    const isOpen = tail === "" && /^ ?[:=：]? ?$/.test(rest);
    return [{ subject, tail, direction: isFeeding ? "feeds" : "needs", isStrict, isOpen }];
  });
}

/** Whether what a phrase names looks like an id only because the expression ignores case. */
function namesAWord({ 0: text, index, groups }: RegExpExecArray, flat: string): boolean {
  if (groups?.["strict"] !== undefined) return false;
  const id = ID_AHEAD.exec(flat.slice(index + text.length))?.groups?.["id"];
  return id !== undefined && id !== id.toUpperCase();
}

function tailOf(rest: string): string {
  const tail = rest.replace(/^ ?(?:\(s\))? ?[:=：–—-]{0,2} ?/, "");
  // "Step 1 (repository), Step 2" keeps its second half; "(depends on 1, 2) Deploy" ends with its bracket.
  const unbracketed = tail.replace(/\([^()]*\)/g, "");
  return (
    unbracketed.split(
      /\)|[.。] |[;；]|[.。]$| \| | to (?!\d|(?:step|task|phase)\b)|, (?:then|but|so|which)\b/iu,
      1,
    )[0] ?? ""
  ).trim();
}

/** "Step 5 (Deploy) only" → step 5; `another`: the sentence is about something without an id. */
function subjectOf(before: string): StepReference | null | "another" {
  const clause = before.slice(Math.max(0, ...[". ", "; ", "| ", ": "].map((mark) => before.lastIndexOf(mark) + 1)));
  const bare = clause
    .replace(/\b(?:also|only|directly|then|which|that|and|must|can|should|will|be|is|are|both|strictly|each)\b/gi, " ")
    .replace(/(?<![\s,–—-])[\s,–—-]+$/, "");
  if (!ID_ONLY.test(bare.replace(/\([^()]*\)$/, "").trimEnd())) return null;
  return referenceAtEnd(bare);
}
