import { functionsIn, isRemark, named, type ClaimRule } from "./claim.ts";
import { checksResults, checksZeroAddress, isGuarded, isLocked } from "../source-facts.ts";
import { INPUT_RULES } from "./input-rules.ts";
import type { SourceFunction } from "../source-model.ts";

const openAccess: ClaimRule = ({ sentence, functions, source, isTitle, finding }) => {
  const claims =
    /\b(?:missing|lacks?|lacking|no|without|absen(?:t|ce of)|does not (?:have|implement|include|enforce)|unprotected by)(?: any| proper| the| an?)?(?: necessary| required)? (?:access[- ]controls?|authori[sz]ation|permission checks?|caller checks?|access restrictions?|access modifier|`?onlyOwner)|\b(?:anyone|anybody|any (?:user|address|account|caller)|everyone|arbitrary (?:users?|callers?|addresses)) (?:can|could|may|is able to|to) (?:directly )?(?:call|invoke|execute|withdraw|drain|mint|set|change|trigger)|\bunprotected\b|\b(?:callable|called|invoked|executed) by (?:anyone|anybody|any (?:user|address|account|caller)|everyone)|\bpublicly callable\b|\bno restrictions? on (?:who|the caller)/i;
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

/** A weak condition on the sender of the transaction is a condition still. */
const originChecked: ClaimRule = ({ sentence, functions, finding }) => {
  const claims =
    /\bno (?:checks? at all|access[- ]control|authori[sz]ation)|\b(?:anyone|anybody|any (?:user|address|account|caller)) can (?:call|drain|sweep|withdraw|invoke)|can be called by any(?:one|body)\b/i;
  if (!claims.test(sentence) || functions.length === 0) return null;
  if (/tx\.origin|phish|bypass|trick|spoof/i.test(`${finding.title} ${finding.claims}`)) return null;
  const isChecked = functions.every((fn) => /\brequire\s?\(\s?(?:tx\.origin\s?==|\w+\s?==\s?tx\.origin)/.test(fn.code));
  return isChecked ? `says that ${named(functions)} checks nobody, but it checks tx.origin` : null;
};

/** "Missing `whenNotPaused` on `f`" of one that has it. */
const lackedModifier: ClaimRule = ({ sentence, functions, finding }) => {
  const found =
    /\b(?:missing|lacks?|lacking|no|without|absen(?:t|ce of)|(?:is|are) not protected (?:by|with)|does(?:n't| not) (?:have|use|apply|include))(?: (?:an?|any|the|its))? ?`?([a-z]\w{2,60})`?(?: modifier| guard)?\b/i.exec(
      sentence,
    );
  const name = found?.[1] ?? "";
  if (functions.length === 0 || isRemark(finding) || /other|elsewhere|unlike/i.test(sentence)) return null;
  const isLockClaim =
    /\b(?:missing|lacks?|lacking|no|without|absen(?:t|ce of))(?: (?:an?|any|the))? re-?entrancy[- ](?:guard|protection|lock)/i.test(
      sentence,
    );
  if (isLockClaim && functions.every((fn) => isLocked(fn)))
    return `says that ${named(functions)} has no lock against reentrancy, but it has one`;
  return functions.every((fn) => fn.modifiers.includes(name))
    ? `says that ${named(functions)} lacks ${name}, but it has it`
    : null;
};

const zeroAddress: ClaimRule = ({ sentence, functions }) => {
  const claims =
    /\b(?:missing|lacks?|no|without|absent|does(?:n't| not) (?:check|validate|verify))\b[^.]{0,40}\b(?:zero[- ]address|address\(0\))/i;
  if (!claims.test(sentence) || functions.length === 0 || !functions.every(checksZeroAddress)) return null;
  return `says that ${named(functions)} takes the zero address, but it rejects it`;
};

const silence: ClaimRule = ({ sentence, functions }) => {
  const claims =
    /\b(?:missing|lacks?|no|without|does(?:n't| not) emit|fails? to emit|absen(?:t|ce of)|not emit(?:ting)?)(?: (?:an?|any|the))? ?(?:\w+ )?events?\b|\bevents? (?:is |are )?(?:not emitted|missing)\b/i;
  if (!claims.test(sentence) || /index|parameter|field|old|previous/i.test(sentence) || functions.length === 0)
    return null;
  if (!functions.every((fn) => /\bemit\b/.test(fn.code))) return null;
  return `says that ${named(functions)} emits no event, but it emits one`;
};

const uncheckedResult: ClaimRule = ({ sentence, functions }) => {
  const claims =
    /\bunchecked (?:return|low-level|external|call|send)|\breturn(?:ed)? values? (?:of [^.]{0,60})?(?:is |are )?(?:never |not )?(?:checked|ignored|unchecked|verified)|\b(?:ignores?|does not check) the (?:return|result)/i;
  if (!claims.test(sentence) || functions.length === 0 || !functions.every(checksResults)) return null;
  return `says that ${named(functions)} ignores the result of its call, but it checks it`;
};

/** "Ignores what the token returns" of a function that uses SafeERC20 for all of it. */
const safeTransfers: ClaimRule = ({ sentence, functions, isTitle }) => {
  const claims =
    /\bunchecked (?:erc-?20 |token )?(?:return|transfer)|\b(?:does(?:n't| not)|without|not) us(?:e|ing) `?safe(?:erc20|transfer)|\b(?:missing|lack\w*|no) `?safe(?:erc20|transfer)|\breturn value[^.]{0,40}(?:ignored|not checked|unchecked)/i;
  if (!claims.test(sentence) || functions.length === 0 || (!isTitle && /\bcall\b/.test(sentence))) return null;
  const isSafe = (fn: SourceFunction): boolean =>
    /\.safeTransfer(?:From)?\s?\(/.test(fn.code) &&
    !/\.(?:transfer|transferFrom|approve|call|send)\s?[({]/.test(fn.code);
  return functions.every(isSafe)
    ? `says that ${named(functions)} ignores a token's answer, but it uses SafeERC20`
    : null;
};

/** Claims that something is not there which is. */
export const ABSENCE_RULES: readonly ClaimRule[] = [
  openAccess,
  originChecked,
  lackedModifier,
  zeroAddress,
  ...INPUT_RULES,
  silence,
  uncheckedResult,
  safeTransfers,
];
