import { CODE_MARK, type AuditFinding } from "./finding.ts";
import { ELEMENTARY_TYPE, GENERAL_WORDS, LANGUAGE_NAMES } from "./solidity-builtins.ts";
import { sentencesOf } from "./sentences.ts";

/** What a finding points at. */
export interface Citation {
  /** Names in a row, as claimed to be where the defect is: `Vault.withdraw` is two. */
  readonly names: readonly string[];
  /** Dotted names, each as owner and member. */
  readonly members: readonly (readonly [owner: string, member: string])[];
  /** Names that the description says the code has. */
  readonly described: readonly string[];
  readonly files: readonly string[];
  readonly lines: readonly LineRange[];
}

/** Lines, from 1. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

const NAME = String.raw`[A-Za-z_$][\w$]{0,80}`;
const DOTTED = String.raw`${NAME}(?:(?:\.|::|#)${NAME}){0,3}`;
/** A code span that is a name, a dotted name or a signature. */
const SPAN = new RegExp(
  String.raw`^(?:function |modifier |contract |event |mapping |error |struct )?(${DOTTED})(?:\([^)]{0,300}\))?(?: (?:function|modifier|contract))?;?$`,
);
const CALL = new RegExp(String.raw`(?<![\w$.])(${DOTTED})\([^)\n]{0,200}\)`, "g");
const WORDED = new RegExp(
  String.raw`\b(?:function|modifier|contract) (${NAME})(?![\w$])|(?<![\w$.-])(${NAME}) (?:function|modifier|contract)\b`,
  "gi",
);
/** In a sentence: `redeem()`, "the `redeem` function", "function `redeem`". */
const DESCRIBED = new RegExp(
  String.raw`\x60(${DOTTED})\([^)\x60]{0,200}\)\x60|\b(?:function|modifier|variable|mapping|event) \x60(${DOTTED})\x60|\x60(${DOTTED})\x60 (?:function|modifier|variable|mapping|event)\b`,
  "g",
);
const ENDINGS = "sol|vy|js|mjs|cjs|ts|jsx|tsx|py|go|rs|java|rb|php";
const FILE = new RegExp(
  String.raw`(?<![\w/.-])(?!(?:node|next|vue|express|react|nest|ethers|web3)\.js\b)([\w./-]{1,120}\.(?:${ENDINGS}))\b(?!\()`,
  "gi",
);
const LINES =
  /(?:\b(?:lines?|ln)[ :#~.]{1,3}(?:no\.? )?L?|\.(?:sol|vy|[jt]sx?|py|go|rs|java)[:#]L?|(?<![\w])#?L)(\d{1,6})(?:(?: ?(?:-|–|—|to|\.\.) ?#?L?| through | bis | à | a )(\d{1,6}))?(?:(?:, ?| and | & )(?:lines? )?L?(\d{1,6})(?![\w.%]))?/gi;
/** Titles that speak of what is not there. */
const ABSENCE =
  /\b(?:missing|lacks?|lacking|no|absence|absent|without|not|never|should|un\w+ed|instead|use of|floating|insufficient)\b/i;
/** Sentences of what could be, or of an attacker's own code. */
const HYPOTHETICAL =
  /\b(?:should|could be|recommend\w*|consider|suggest\w*|add(?:ing)?|introduc\w+|implement\w*|use|using|replac\w+|instead|such as|e\.g|like|missing|lacks?|without|absen\w+|no|not|never|does(?:n't| not)|malicious|attacker'?s?|exploit\w*|external|standard|openzeppelin|library|token'?s?|similar|typical\w*|inherit\w*|via|hook|interface|fix|prefer|wrap)\b/i;

/** What the location of a finding cites, its title unless that speaks of something missing, and its sentences. */
export function citationOf(finding: AuditFinding): Citation {
  const location = (finding.location ?? "").replace(CODE_MARK, " ");
  const title = finding.title.replace(CODE_MARK, " ");
  const texts = ABSENCE.test(title) ? [location] : [location, title];
  const dotted = texts.flatMap(spanNames);
  const outside = location.replace(/`[^`\n]*`|https?:\/\/\S{1,500}/g, ", ").replace(FILE, ", ");
  for (const piece of outside.split(/[,;/&\n|]| and | in | at | → | -> | > | - | – | — |:(?= |\d)/)) {
    const bare = SPAN.exec(piece.trim().replace(/^[^\w$]+|[.,;:*]+$/g, ""))?.[1];
    if (bare !== undefined && looksLikeName(bare)) dotted.push(bare);
  }
  for (const match of outside.matchAll(CALL)) dotted.push(match[1] ?? "");
  for (const match of outside.matchAll(WORDED)) dotted.push(match[1] ?? match[2] ?? "");
  const rest = sentencesOf(finding.claims).filter((sentence) => !HYPOTHETICAL.test(sentence));
  const described = rest.flatMap((sentence) =>
    [...sentence.matchAll(DESCRIBED)].map((match) => match[1] ?? match[2] ?? match[3] ?? ""),
  );
  return {
    names: [...new Set(dotted.flatMap(namesIn))].filter(isOwnName),
    members: dotted.flatMap((each) => {
      const [owner, member] = namesIn(each);
      return owner !== undefined && member !== undefined && isOwnName(member) ? [[owner, member] as const] : [];
    }),
    described: [...new Set(described.flatMap(namesIn))].filter(isOwnName),
    files: [...new Set([...location.matchAll(FILE)].map((match) => match[1] ?? ""))],
    lines: linesIn(`${location}\n${title}`),
  };
}

/** The lines that a text cites. */
export function linesIn(text: string): readonly LineRange[] {
  return [...text.matchAll(LINES)].flatMap((match) => {
    const [first, last, other] = [match[1], match[2], match[3]].map((each) =>
      each === undefined ? null : Number(each),
    );
    if (first === null || first === undefined) return [];
    return [{ first, last: last ?? first }, ...(typeof other === "number" ? [{ first: other, last: other }] : [])];
  });
}

function spanNames(text: string): string[] {
  return [...text.matchAll(/`([^`\n]{1,400})`/g)].flatMap((match) => SPAN.exec((match[1] ?? "").trim())?.[1] ?? []);
}

/** An identifier by its look, or a word that nobody writes for anything else. */
function looksLikeName(word: string): boolean {
  return /^[a-z]+[A-Z]|_|[.#(]|\d|^[a-z]{2,}$|^[A-Z]\w+$/.test(word);
}

/** `Vault.sol` is a file, `Vault.withdraw` are two names, `msg.sender` is none. */
function namesIn(dotted: string): readonly string[] {
  const names = dotted.split(/\.|::|#/).filter((name) => name !== "");
  if (/^(?:sol|vy|[mc]?js|ts|[jt]sx|py|rs)$/.test(names.at(-1) ?? "") || /^(?:msg|tx|block|abi)$/.test(names[0] ?? ""))
    return [];
  return names.filter((name) => !/^L\d+$/.test(name));
}

function isOwnName(name: string): boolean {
  const lower = name.toLowerCase();
  return !GENERAL_WORDS.has(lower) && !LANGUAGE_NAMES.has(lower) && !ELEMENTARY_TYPE.test(name) && !/^L\d+$/.test(name);
}
