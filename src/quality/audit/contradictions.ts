import { citationOf } from "./citations.ts";
import {
  callsNobody,
  checksResults,
  checksZeroAddress,
  isGuarded,
  isLocked,
  lowestMinor,
  settlesBeforeCalling,
} from "./facts.ts";
import type { AuditFinding } from "./finding.ts";
import { functionsNamed } from "./grounding.ts";
import { sentencesOf } from "./sentences.ts";
import type { AuditedSource, SourceFunction } from "./source-model.ts";

/** A statement of a finding about some functions of the source. */
interface Claim {
  readonly sentence: string;
  readonly isTitle: boolean;
  /** The functions that the sentence names, or else those of the finding's location. */
  readonly functions: readonly SourceFunction[];
  readonly finding: AuditFinding;
  readonly source: AuditedSource;
}

/** Says what is false in a claim; `null` where nothing certainly is. */
type Rule = (claim: Claim) => string | null;

/** Sentences that deny, or that tell of another case than the one at hand. */
const DENIES =
  /\b(?:not vulnerable|no longer|not affected|is safe|already|correctly|properly|protected|prevent(?:s|ed)|mitigated|if the|in case|unless|would be|were |without the|had the|although|even though|despite|future|removed)\b/i;

/** What a finding says of the source that is certainly not so. */
export function contradictionsOf(finding: AuditFinding, source: AuditedSource): readonly string[] {
  if (!source.isParsed) return [];
  const located = functionsNamed(citationOf(finding).names, source).filter(({ isModifier }) => !isModifier);
  const claims = [finding.title, ...sentencesOf(finding.claims)].map((sentence, at): Claim => {
    const named = functionsIn(sentence, source);
    return { sentence, isTitle: at === 0, functions: named.length > 0 ? named : located, finding, source };
  });
  const asserted = claims.filter(({ sentence }) => !DENIES.test(sentence));
  return [...new Set(asserted.flatMap((claim) => RULES.flatMap((rule) => rule(claim) ?? [])))];
}

function functionsIn(sentence: string, source: AuditedSource): readonly SourceFunction[] {
  const marked = [
    ...sentence.matchAll(
      /`(?:\w{1,80}\.)?([A-Za-z_$][\w$]{0,80})(?:\([^)`]{0,200}\))?`|(?<![\w$.])([A-Za-z_$][\w$]{1,80})\(\)/g,
    ),
  ];
  const names = marked.map((match) => match[1] ?? match[2] ?? "");
  return functionsNamed(names, source).filter(({ isModifier }) => !isModifier);
}

function named(functions: readonly SourceFunction[]): string {
  return [...new Set(functions.map(({ name }) => name))].slice(0, 3).join(", ");
}

/** A remark may well say that a known defect is absent. */
function isRemark({ severity }: AuditFinding): boolean {
  return severity === "informational" || severity === "gas";
}

const overflow: Rule = ({ sentence, isTitle, functions, finding, source }) => {
  const claims = isTitle
    ? /\b(?:over|under)flow|\bno safemath|missing safemath|without safemath/i
    : /\b(?:can|could|may|might|will|vulnerable to|possible|potential|susceptible to|allows?|leads? to|causes?) (?:\w+ ){0,4}(?:over|under)flow/i;
  if (!claims.test(sentence) || isRemark(finding) || (lowestMinor(source) ?? 0) < 8) return null;
  const about = `${finding.title} ${finding.claims}`;
  if (
    /revert|panic|\bdos\b|denial|0\.8|checked|cast|truncat|downcast|stack|buffer|shift|precision|brick|stuck|lock/i.test(
      about,
    )
  )
    return null;
  const code = (functions.length > 0 ? functions.map((fn) => fn.code) : source.texts.map((text) => text.code)).join(
    "\n",
  );
  if (/\bunchecked\b|\bassembly\b|\bu?int(?:8|16|32|64|96|128|160|192|224)\s?\(|<</.test(code)) return null;
  return "claims an overflow where the compiler (0.8) reverts and nothing is unchecked";
};

const openAccess: Rule = ({ sentence, functions, source, isTitle, finding }) => {
  const claims =
    /\b(?:missing|lacks?|lacking|no|without|absen(?:t|ce of)|does not (?:have|implement|include|enforce)|unprotected by)(?: any| proper)? (?:access[- ]controls?|authori[sz]ation|permission checks?|caller checks?|access restrictions?|access modifier|`?onlyOwner)|\b(?:anyone|anybody|any (?:user|address|account|caller)|everyone|arbitrary (?:users?|callers?|addresses)) (?:can|could|may|is able to|to) (?:directly )?(?:call|invoke|execute|withdraw|drain|mint|set|change|trigger)|\bunprotected\b/i;
  if (
    !claims.test(sentence) ||
    functions.length === 0 ||
    /initiali|front-?run|centrali|timelock|bypass|insufficient|spoof|renounc/i.test(sentence)
  )
    return null;
  const about = `${finding.title} ${finding.claims}`;
  if (/bypass|phish|tx\.origin|compromis|delegatecall|initiali/i.test(about)) return null;
  // By way of another function a guard may fall; a title that names the guarded function itself does not mean that.
  if (!isTitle && /anyone can become|take ownership|set themselves/i.test(about)) return null;
  // A sentence without a function of its own may speak of another one.
  if (!isTitle && functionsIn(sentence, source).length === 0 && functions.length > 1) return null;
  const open = source.functions.some(
    (fn) => !fn.isModifier && !isGuarded(fn, source) && mentions(finding.claims, fn.name) && AUTHORITY.test(fn.code),
  );
  if (open || !functions.every((fn) => isGuarded(fn, source))) return null;
  return `says that ${named(functions)} has no access control, but it has one`;
};
const AUTHORITY = /\b\w{0,20}(?:owner|admin|governance|operator|minter)\w{0,20}\]?\s?=[^=]/i;

function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(text);
}

const reentrancy: Rule = ({ sentence, isTitle, functions, finding, source }) => {
  const isClaimed = isTitle
    ? /re-?entran/i
    : /\b(?:vulnerable|susceptible|prone|exposed|open|leads?|subject) to (?:a )?(?:\w+ )?re-?entran|\bre-?ent(?:er|rancy attack)/i;
  if (!isClaimed.test(sentence) || functions.length === 0 || isRemark(finding)) return null;
  const about = `${finding.title} ${finding.claims}`;
  if (/cross-|read-only|other functions?|another function|\bviews?\b|callback|hook/i.test(about)) return null;

  if (functions.every((fn) => isLocked(fn)))
    return `claims reentrancy in ${named(functions)}, which is locked against it`;
  if (
    functions.every((fn) => fn.visibility === "external" || fn.visibility === "public") &&
    functions.every((fn) => callsNobody(fn, source))
  ) {
    return `claims reentrancy in ${named(functions)}, which calls nobody`;
  }
  const order =
    /\b(?:before|prior to) (?:\w+ ){0,4}(?:updat|reduc|decreas|zero|state|balance|set|deduct|lower)|\bafter (?:the |an? )?(?:external |low-level |ether )?(?:call|transfer|send|interaction)|(?:updated?|zeroed|reset|reduced|decremented|state) (?:\w+ ){0,3}after\b/i;
  if (order.test(about) && functions.every((fn) => settlesBeforeCalling(fn, source))) {
    return `says that ${named(functions)} writes its state after the call, but it does so before`;
  }
  return null;
};

const zeroAddress: Rule = ({ sentence, functions }) => {
  const claims =
    /\b(?:missing|lacks?|no|without|absent|does(?:n't| not) (?:check|validate|verify))\b[^.]{0,40}\b(?:zero[- ]address|address\(0\))/i;
  if (!claims.test(sentence) || functions.length === 0 || !functions.every(checksZeroAddress)) return null;
  return `says that ${named(functions)} takes the zero address, but it rejects it`;
};

const silence: Rule = ({ sentence, functions }) => {
  const claims =
    /\b(?:missing|lacks?|no|without|does(?:n't| not) emit|fails? to emit|absen(?:t|ce of)|not emit(?:ting)?)(?: (?:an?|any|the))? ?(?:\w+ )?events?\b|\bevents? (?:is |are )?(?:not emitted|missing)\b/i;
  if (!claims.test(sentence) || /index|parameter|field|old|previous/i.test(sentence) || functions.length === 0)
    return null;
  if (!functions.every((fn) => /\bemit\b/.test(fn.code))) return null;
  return `says that ${named(functions)} emits no event, but it emits one`;
};

const uncheckedResult: Rule = ({ sentence, functions }) => {
  const claims =
    /\bunchecked (?:return|low-level|external|call|send)|\breturn(?:ed)? values? (?:of [^.]{0,60})?(?:is |are )?(?:never |not )?(?:checked|ignored|unchecked|verified)|\b(?:ignores?|does not check) the (?:return|result)/i;
  if (!claims.test(sentence) || functions.length === 0 || !functions.every(checksResults)) return null;
  return `says that ${named(functions)} ignores the result of its call, but it checks it`;
};

const CLOSED = new Set(["internal", "private"]);
const visibility: Rule = ({ sentence, source }) => {
  const found =
    /`(?:\w{1,80}\.)?([A-Za-z_$][\w$]{0,80})(?:\([^)`]{0,200}\))?`(?: function)? is (?:declared |marked |defined |a )?(?:as )?`?(public|external|internal|private|payable)\b/i.exec(
      sentence,
    );
  const said = (found?.[2] ?? "").toLowerCase();
  const functions = functionsNamed([found?.[1] ?? ""], source).filter(({ isModifier }) => !isModifier);
  if (found === null || functions.length === 0) return null;
  const isTrue = functions.some((fn) =>
    said === "payable" ? fn.mutability === "payable" : CLOSED.has(said) === CLOSED.has(fn.visibility),
  );
  return isTrue
    ? null
    : `says that ${named(functions)} is ${said}, but it is ${functions[0]?.visibility ?? ""} ${functions[0]?.mutability ?? ""}`.trim();
};

/** What a title may accuse the source of using, and how it would look there. */
const USES: readonly (readonly [claim: RegExp, inCode: RegExp, name: string])[] = [
  [/\btx\.origin\b/i, /\btx\s?\.\s?origin\b/, "tx.origin"],
  [
    /\bblock\.timestamp\b|\btimestamp (?:dependen|manipul)|\bmanipulat\w+ (?:of )?(?:block )?timestamp/i,
    /\bblock\s?\.\s?timestamp\b|\bnow\b|\btimestamp\s?\(/,
    "block.timestamp",
  ],
  [/\bdelegatecall\b/i, /\bdelegatecall\b|functionDelegateCall|upgradeTo|Proxy|UUPS/i, "delegatecall"],
  [/\bself-?destruct\b/i, /\bselfdestruct\b|\bsuicide\b/, "selfdestruct"],
  [/\becrecover\b/i, /\becrecover\b|ECDSA|SignatureChecker/, "ecrecover"],
  [/\bblockhash\b/i, /\bblockhash\b/, "blockhash"],
  [
    /\b(?:weak|insecure|predictable|bad) (?:source of )?(?:pseudo-?)?random/i,
    /\bblock\s?\.|\bblockhash\b|\bnow\b|keccak256|\brandom/i,
    "any source of randomness",
  ],
  [/\binline assembly\b/i, /\bassembly\b/, "assembly"],
];
const NOT_USED = /\b(?:missing|no|not|lacks?|without|instead|avoid\w*|absen\w+|never|forc\w+)\b/i;
const unused: Rule = ({ sentence, isTitle, source }) => {
  const asserts =
    isTitle ||
    /\b(?:uses?|using|relies on|depends on|via|through|by checking|calls?) [^.]{0,40}(?:tx\.origin|block\.timestamp|blockhash)/i.test(
      sentence,
    );
  if (!asserts || NOT_USED.test(sentence)) return null;
  const code = source.texts.map((text) => text.code).join("\n");
  const found = USES.find(([claim, inCode]) => claim.test(sentence) && !inCode.test(code));
  return found === undefined || source.hasForeignImports
    ? null
    : `speaks of ${found[2]}, which the source does not use`;
};

const pinned: Rule = ({ sentence, isTitle, source }) => {
  if (
    !isTitle ||
    !/\b(?:floating|unlocked|unpinned) (?:pragma|compiler)|\bpragma (?:is )?(?:floating|not locked)/i.test(sentence)
  )
    return null;
  const pragmas = source.texts.flatMap(({ code }) =>
    [...code.matchAll(/pragma\s+solidity\s+([^;]{1,80});/g)].map((match) => match[1] ?? ""),
  );
  const isPinned = pragmas.length > 0 && pragmas.every((text) => /^=?\s*\d+\.\d+\.\d+$/.test(text.trim()));
  return isPinned ? "says that the pragma floats, but it is pinned" : null;
};

const fixedValue: Rule = ({ sentence, source }) => {
  if (/\bprox|upgrad|implementation|cannot|can't|never|\bnot be\b/i.test(sentence)) return null;
  const code = source.texts.map((text) => text.code).join("\n");
  const names = [...code.matchAll(/\b(?:immutable|constant)\b[^;={}()]{0,60}?\b([A-Za-z_$][\w$]{0,80})\s{0,3}[;=]/g)];
  const name = names
    .map((match) => (match[1] ?? "").replaceAll("$", "\\$"))
    .find((each) =>
      new RegExp(
        `(?<![\\w$.])${each}\`?(?:\\(\\))? (?:is not (?:declared |marked )?(?:as )?\`?(?:immutable|constant)|(?:can|could|may) be (?:changed|modified|updated|replaced|reassigned))|(?:can|could|may) (?:change|replace|update|modify|reassign) (?:the )?\`?${each}(?![\\w$([])`,
      ).test(sentence),
    );
  return name === undefined ? null : `says that ${name} can change, but it is immutable or constant`;
};

const oldCompiler: Rule = ({ sentence, source }) => {
  const claims =
    /\b(?:uses?|using|compiled with|written in|targets?|pragma|outdated|old) (?:an? |the )?(?:outdated |old )?(?:solidity|solc|compiler|pragma)(?: version)? ?[\^v=~<>]{0,2} ?0\.[4-7]\b/i;
  if (!claims.test(sentence) || /\b(?:before|prior|unlike|below|since|than)\b/i.test(sentence)) return null;
  return (lowestMinor(source) ?? 0) < 8 ? null : "speaks of a compiler before 0.8, which the pragma rules out";
};

/** A weak condition on the sender of the transaction is a condition still. */
const originChecked: Rule = ({ sentence, functions, finding }) => {
  const claims =
    /\bno (?:checks? at all|access[- ]control|authori[sz]ation)|\b(?:anyone|anybody|any (?:user|address|account|caller)) can (?:call|drain|sweep|withdraw|invoke)|can be called by any(?:one|body)\b/i;
  if (!claims.test(sentence) || functions.length === 0) return null;
  if (/tx\.origin|phish|bypass|trick|spoof/i.test(`${finding.title} ${finding.claims}`)) return null;
  const isChecked = functions.every((fn) => /\brequire\s?\(\s?(?:tx\.origin\s?==|\w+\s?==\s?tx\.origin)/.test(fn.code));
  return isChecked ? `says that ${named(functions)} checks nobody, but it checks tx.origin` : null;
};

const RULES: readonly Rule[] = [
  fixedValue,
  oldCompiler,
  originChecked,
  overflow,
  openAccess,
  reentrancy,
  zeroAddress,
  silence,
  uncheckedResult,
  visibility,
  unused,
  pinned,
];
