import { CODE_MARK, type AuditFinding } from "./finding.ts";
import type { AuditCode } from "./codes.ts";
import { ELEMENTARY_TYPE, GENERAL_WORDS, LANGUAGE_NAMES, LIBRARY_NAMES, WORLD_NAMES } from "./solidity-builtins.ts";
import { sentencesOf, wordsAround } from "./sentences.ts";
import type { AuditedSource } from "./source-model.ts";

const NAME = String.raw`[A-Za-z_$][\w$]{0,80}`;
/** As many are told of one finding. */
const MAX_NAMES = 20;
/** As code: `lastClaim`, `claimBatch(id)`, `shares[user]`. */
const CODED = new RegExp(String.raw`\x60(${NAME})(?:\([^)\x60]{0,200}\)|\[[^\]\x60]{0,80}\])?\x60`, "g");
/** In plain text: `lastClaim`, `claimBatch()`. */
const BARE = /(?<![\w$.`/@:-])([a-z][a-z0-9]+(?:[A-Z][a-z0-9]*)+|_?[a-z]\w{2,60}(?=\(\)))(?![\w$]|\.\w)/g;
/** What an auditor proposes is not said of the code. */
const PROPOSES =
  /\b(?:should|would|could be|recommend\w*|consider|suggest\w*|add(?:ing|ed)?|introduc\w+|implement(?:ing)?|use (?:an?|the|openzeppelin|`)|using|replac\w+|instead|e\.g|for (?:example|instance)|(?:such as|like) `|to (?:fix|mitigate|prevent|avoid|resolve)|mitigat\w+|fix(?:ed)? by|prefer|wrap|switch|rename|typical\w*|usual\w*|standard|ideally|if (?:an?|there)|suppose|imagine|assum\w+)\b/i;
/** Somebody else's code. */
const FOREIGN =
  /\b(?:malicious \w+|attack(?:er|ing|er'?s)? (?:contract|code)|attacker's|exploit (?:contract|code)|deploys?|external (?:contract|protocol|library|token|system)|openzeppelin|librar(?:y|ies)|interface|other (?:protocols?|contracts?)|another contract|third[- ]party|off-?chain|front-?end|flash ?loans?|eips?|erc-?\d{2,4}|chainlink|uniswap|aave|compound|curve|forge|foundry|hardhat|slither|mythril|echidna|proxy|upstream|token's|tokens (?:with|that)|oracle's)\b/i;
/** What stands before a name that the code is said to lack. What is "not updated" is there. */
const LACKS_BEFORE =
  /\b(?:no|missing|lacks?|lacking|without|absen(?:t|ce of)|instead of|rather than|unlike|forgets?|omits?|undefined|undeclared|non-?existent|neither|nor|(?:not|never|n't|cannot|fails? to)(?: \w+)? (?:use|have|call|defin|implement|inherit|includ|appl|emit|declar|contain|provid|expos|offer|import|add|exist|protected|guarded|restricted)\w*)\b[^.;:,]{0,40}(?:`[^`\n]{1,80}`(?:,? and |,? or |, | ?\/ ?))*`?$/i;
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
  return madeUpIn(`${finding.title}\n${finding.claims.replace(CODE_MARK, " ")}`, source).filter(
    (name) => !isProposed(name, fix),
  );
}

/** Sections that say what is good, and what the code is. */
const ABOUT_CODE =
  /^#{1,6}[^\n]*\b(?:positive|fine|strengths?|good|well|overview|summary|architecture|scope|observations?)\b/i;

/** The same for what an audit says before its findings, and beside them of what is good. Without findings that is all of it. */
export function inventedBeside(
  text: string,
  findings: readonly AuditFinding[],
  codes: readonly AuditCode[],
  source: AuditedSource,
): readonly string[] {
  const fix = [...findings.map((finding) => finding.fix ?? ""), ...codes.map(({ content }) => content)].join("\n");
  const starts = findings
    .map(({ title }) => text.replaceAll("*", "").indexOf(title.slice(0, 60)))
    .filter((at) => at > 0);
  const before =
    findings.length === 0 ? text : text.replaceAll("*", "").slice(0, starts.length === 0 ? 0 : Math.min(...starts));
  const sections = text.split(/\n(?=#{1,6} )/).filter((section) => ABOUT_CODE.test(section));
  const lines = [before, ...(findings.length === 0 ? [] : sections)].join("\n").split("\n");
  const prose = lines.filter((line) => !/^\s*\|/.test(line)).join("\n");
  return madeUpIn(prose, source).filter((name) => !isProposed(name, fix));
}

function madeUpIn(text: string, source: AuditedSource): readonly string[] {
  const clauses = sentencesOf(text).flatMap((sentence) => sentence.split(/; | — /));
  const found = clauses.flatMap((sentence) =>
    PROPOSES.test(wordsAround(sentence)) || FOREIGN.test(wordsAround(sentence)) ? [] : statedIn(sentence),
  );
  return [...new Set(found)].filter((name) => isMadeUp(name, source)).slice(0, MAX_NAMES);
}

function statedIn(sentence: string): readonly string[] {
  const found: string[] = [];
  for (const pattern of [CODED, BARE]) {
    for (const match of sentence.matchAll(pattern)) {
      const name = match[1] ?? "";
      const at = match.index + match[0].indexOf(name);
      const isLacked =
        LACKS_BEFORE.test(sentence.slice(Math.max(0, at - 300), at)) ||
        LACKS_BEHIND.test(sentence.slice(at + name.length, at + name.length + 200));
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
  const isShaped = /^_?[a-z]+\d*(?:[A-Z][a-z0-9]*)+$|^_[a-z]\w+$|[a-z]_[a-z]|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(
    name,
  );
  return (
    !isKnown &&
    isShaped &&
    !/attack|exploit|evil|malicious|hack|mock|test|poc|^on[A-Z]|^tokens/i.test(name) &&
    !isForm(name, source)
  );
}

/** "stakedAmounts" of a source with `stakedAmount`, or an argument written without its line below. */
function isForm(name: string, source: AuditedSource): boolean {
  const stems = stemsOf.get(source) ?? new Set([...source.names].map(stem));
  stemsOf.set(source, stems);
  return stems.has(stem(name));
}
const stemsOf = new WeakMap<AuditedSource, ReadonlySet<string>>();

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
