import { isRemark, named, type ClaimRule } from "./claim.ts";
import { callsNobody, isLocked, lowestMinor, settlesBeforeCalling } from "../source-facts.ts";
import { functionsNamed } from "../grounding.ts";

const overflow: ClaimRule = ({ sentence, isTitle, functions, finding, source }) => {
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

const reentrancy: ClaimRule = ({ sentence, isTitle, functions, finding, source }) => {
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

const CLOSED = new Set(["internal", "private"]);
const visibility: ClaimRule = ({ sentence, source }) => {
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
const unused: ClaimRule = ({ sentence, isTitle, source }) => {
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

const pinned: ClaimRule = ({ sentence, isTitle, source }) => {
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

const fixedValue: ClaimRule = ({ sentence, source }) => {
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

const oldCompiler: ClaimRule = ({ sentence, source }) => {
  const claims =
    /\b(?:uses?|using|compiled with|written in|targets?|pragma|outdated|old) (?:an? |the )?(?:outdated |old )?(?:solidity|solc|compiler|pragma)(?: version)? ?[\^v=~<>]{0,2} ?0\.[4-7]\b/i;
  if (!claims.test(sentence) || /\b(?:before|prior|unlike|below|since|than)\b/i.test(sentence)) return null;
  return (lowestMinor(source) ?? 0) < 8 ? null : "speaks of a compiler before 0.8, which the pragma rules out";
};

/** Claims of a defect that the source certainly does not have. */
export const DEFECT_RULES: readonly ClaimRule[] = [
  overflow,
  reentrancy,
  visibility,
  unused,
  pinned,
  fixedValue,
  oldCompiler,
];
