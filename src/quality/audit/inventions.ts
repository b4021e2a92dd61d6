import { CODE_MARK, type AuditFinding } from "./finding.ts";
import type { AuditCode } from "./codes.ts";
import { ELEMENTARY_TYPE, GENERAL_WORDS, LANGUAGE_NAMES, LIBRARY_NAMES, WORLD_NAMES } from "./known-names.ts";
import { sentencesOf } from "./sentences.ts";
import type { AuditedSource } from "./source-model.ts";

const NAME = String.raw`[A-Za-z_$][\w$]{0,80}`;
const KIND =
  "modifier|function|mapping|variable|state variable|storage variable|event|constant|flag|struct|enum|array|field|getter|setter|method|custom error|parameter|argument|counter|helper|role";
/** Names that a sentence says the code has, in each of the ways in which one says so. */
const STATED: readonly RegExp[] = [
  new RegExp(String.raw`\x60(${NAME})\([^)\x60]{0,200}\)\x60`, "g"),
  new RegExp(String.raw`\x60(${NAME})(?:\([^)\x60]{0,200}\))?\x60 (?:${KIND})s?\b`, "g"),
  new RegExp(String.raw`\b(?:${KIND})s? \x60(${NAME})(?:\([^)\x60]{0,200}\))?\x60`, "gi"),
  new RegExp(
    String.raw`\x60(${NAME})(?:\([^)\x60]{0,200}\)|\[[^\]\x60]{0,80}\])?\x60 (?:is|are|was|gets?|holds?|stores?|tracks?|returns?|reads?|writes?|calls?|updates?|uses?|lets?|sends?|transfers?|iterates?|loops?|relies|makes?|performs?|computes?|mints?|burns?|sets?|has|does|emits?|can)\b`,
    "g",
  ),
  new RegExp(
    String.raw`\b(?:calls?|reads?|writes?|updates?|increments?|decrements?|sets?|resets?|checks?|applies|modifies|increases?|decreases?|zeroes|deletes?|emits?|reduces?|clears?|stores?|invokes?|calling|updating|reading|setting|via|through|by|inside|within|in|from|of|before|after|while|that|and) (?:the )?\x60(${NAME})(?:\([^)\x60]{0,200}\)|\[[^\]\x60]{0,80}\])?\x60`,
    "gi",
  ),
];
/** In plain text: `lastClaim`, `claimBatch()`. */
const BARE = /(?<![\w$.`/@:-])([a-z][a-z0-9]+(?:[A-Z][a-z0-9]*)+|_?[a-z]\w{2,60}(?=\(\)))(?![\w$]|\.\w)/g;
/** What an auditor proposes is not said of the code. */
const PROPOSES =
  /\b(?:should|would|could be|recommend\w*|consider|suggest\w*|add(?:ing|ed)?|introduc\w+|implement(?:ing)?|use (?:an?|the|openzeppelin|`)|using|replac\w+|instead|e\.g|for (?:example|instance)|(?:such as|like) `|to (?:fix|mitigate|prevent|avoid|resolve)|mitigat\w+|fix(?:ed)? by|prefer|wrap|switch|rename|typical\w*|usual\w*|standard|ideally|if (?:an?|there)|suppose|imagine|assum\w+)\b/i;
/** Somebody else's code. */
const FOREIGN =
  /\b(?:malicious \w+|attack(?:er|ing|er'?s)? (?:contract|code)|attacker's|exploit (?:contract|code)|deploys?|external (?:contract|protocol|library|token|system)|openzeppelin|librar(?:y|ies)|interface|other (?:protocols?|contracts?)|another contract|third[- ]party|off-?chain|front-?end|flash ?loans?|eips?|erc-?\d{2,4}|chainlink|uniswap|aave|compound|curve|forge|foundry|hardhat|slither|mythril|echidna|proxy|upstream|token's|tokens (?:with|that)|oracle's)\b/i;
/** What stands before a name that the code is said to lack. */
const LACKS_BEFORE =
  /\b(?:no|not|missing|lacks?|lacking|without|absen\w+|never|neither|nor|cannot|instead of|rather than|n't|unlike|forgets?|omits?|fails? to|undefined|undeclared|non-?existent)\b[^.;:]{0,60}$/i;
const LACKS_BEHIND =
  /^(?:\([^)`]{0,80}\))?`? ?(?:\w+ ){0,2}(?:(?:is|are|was) (?:never |not )?(?:missing|absent|lacking|undefined|undeclared|omitted)|(?:is|are|was|has|does)(?: never| not|n't)(?: been)? (?:defined|declared|used|applied|present|implemented|inherited|imported|called|invoked|available|enforced|included|there|exist\w*|in place|part)\b)/i;

/** Names that a finding says the code has, though neither the source nor what it imports holds them. `quoted`: the blocks given as the source's. */
export function inventedIn(
  finding: AuditFinding,
  codes: readonly AuditCode[],
  quoted: ReadonlySet<number>,
  source: AuditedSource,
): readonly string[] {
  const own = codes.filter((_code, at) => !quoted.has(at)).map(({ content }) => content);
  const fix = [finding.fix ?? "", ...own].join("\n");
  const sentences = [finding.title, ...sentencesOf(finding.claims.replace(CODE_MARK, " "))];
  const found = sentences.flatMap((sentence) =>
    PROPOSES.test(sentence) || FOREIGN.test(sentence) ? [] : statedIn(sentence),
  );
  return [...new Set(found)].filter((name) => isMadeUp(name, source) && !isProposed(name, fix));
}

function statedIn(sentence: string): readonly string[] {
  const found: string[] = [];
  for (const pattern of [...STATED, BARE]) {
    for (const match of sentence.matchAll(pattern)) {
      const name = match[1] ?? "";
      const at = match.index + match[0].indexOf(name);
      const isLacked = LACKS_BEFORE.test(sentence.slice(0, at)) || LACKS_BEHIND.test(sentence.slice(at + name.length));
      if (!isLacked) found.push(name);
    }
  }
  return found;
}

/** Known nowhere, and shaped as nothing but an identifier is. */
function isMadeUp(name: string, source: AuditedSource): boolean {
  const lower = name.toLowerCase();
  const isKnown =
    source.names.has(lower) ||
    source.words.has(lower) ||
    source.borrowed.has(lower) ||
    [LANGUAGE_NAMES, LIBRARY_NAMES, WORLD_NAMES, GENERAL_WORDS].some((names) => names.has(lower)) ||
    ELEMENTARY_TYPE.test(name);
  const isShaped = /^_?[a-z]+\d*(?:[A-Z][a-z0-9]*)+$|^_[a-z]\w+$|[a-z]_[a-z]/.test(name);
  return (
    !isKnown &&
    isShaped &&
    !/attack|exploit|evil|malicious|hack|mock|test|poc|^on[A-Z]|^tokens/i.test(name) &&
    !isForm(name, source)
  );
}

/** "stakedAmounts" of a source with `stakedAmount`, or an argument written without its line below. */
function isForm(name: string, source: AuditedSource): boolean {
  const bare = stem(name);
  return [...source.names].some((each) => stem(each) === bare);
}

function stem(name: string): string {
  return name
    .toLowerCase()
    .replace(/_/g, "")
    .replace(/(?:es|s)$/, "");
}

/** Whether the fix brings it into the code. One that takes it away or fences it in says that it is there. */
function isProposed(name: string, fix: string): boolean {
  const bare = name.replaceAll("$", "\\$");
  const found = [...fix.matchAll(new RegExp(`(?<![\\w$])${bare}(?![\\w$])`, "g"))];
  return found.some(
    ({ index }) =>
      !/\b(?:remov\w+|delet\w+|drop|restrict\w*|protect\w*|guard|limit|gate|in|on|from|of|disable|add[^.\n]{1,30} to)[^\w\n]{1,4}(?:the )?[`*]*$/i.test(
        fix.slice(Math.max(0, index - 40), index),
      ),
  );
}
