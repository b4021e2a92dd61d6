import type { AuditedSource, SourceFunction } from "./source-model.ts";

const CALLER = String.raw`(?:msg\.sender|_msgSender\(\))`;
/** A condition that only some callers meet: equality, a role, a flag per address. Amounts per address are none. */
const CONDITION = new RegExp(
  String.raw`[!=]= ?${CALLER}|${CALLER} ?[!=]=|hasRole\(|_check(?:Owner|Role)\(|\bisOwner\(\)|\brequire\( ?!?\w{1,60}(?:\.\w{1,60})?\[ ?${CALLER} ?\](?:\.\w{1,60})? ?[,)]|\bif ?\( ?!\w{1,60}(?:\.\w{1,60})?\[ ?${CALLER} ?\](?:\.\w{1,60})? ?\)|isAuthorized\(|canCall\(`,
);
/** Modifiers of libraries that were not sent. */
const GUARD_NAME =
  /^(?:only(?:Owner|Role|Admin|Gov|Minter|Operator|Keeper|Manager|Guardian|Proxy|Authori|Self|Pauser|Controller|Treasury)\w*|auth|requiresAuth|restricted|isOwner|isAdmin)$/;
const MAX_DEPTH = 4;

/** Whether only some callers get through: by a modifier or by a condition on the caller. */
export function isGuarded(fn: SourceFunction, source: AuditedSource): boolean {
  return isConditional(fn.code, source, 0) || fn.modifiers.some((name) => isGuardModifier(name, source));
}

function isGuardModifier(name: string, source: AuditedSource): boolean {
  const own = source.functions.filter((each) => each.isModifier && each.name === name);
  return own.length === 0 ? GUARD_NAME.test(name) : own.some(({ code }) => isConditional(code, source, 0));
}

function isConditional(code: string, source: AuditedSource, depth: number): boolean {
  if (CONDITION.test(squeezed(code))) return true;
  if (depth >= MAX_DEPTH) return false;
  return calledIn(code, source).some(
    (each) => /^_?(?:check|only|require|assert|auth)/i.test(each.name) && isConditional(each.code, source, depth + 1),
  );
}

function squeezed(code: string): string {
  return code.replace(/\s+/g, " ").replace(/ ?([()[\]]) ?/g, (_all, bracket: string) => bracket);
}

/** Whether nested calls of it are kept out. */
export function isLocked(fn: SourceFunction): boolean {
  return fn.modifiers.some((name) =>
    /^(?:nonReentrant|noReentran\w*|reentrancyGuard|lock|mutex|globalLock)$/i.test(name),
  );
}

/** The functions of the source that code calls by their bare names. */
function calledIn(code: string, source: AuditedSource): readonly SourceFunction[] {
  const body = code.slice(code.indexOf("{") + 1);
  const names = new Set([...body.matchAll(/(?<![\w$.])([A-Za-z_$][\w$]{0,80})\s{0,3}\(/g)].map((match) => match[1]));
  return source.functions.filter(({ name, isModifier }) => !isModifier && names.has(name));
}

const SAFE_CALLS =
  /^(?:require|assert|revert|keccak256|sha256|ripemd160|ecrecover|addmod|mulmod|gasleft|blockhash|type|payable|address|u?int\d*|bytes\d*|string|bool|if|for|while|return|returns|catch|unchecked|mapping|function|modifier|emit|_mint|_burn|_transfer|_approve|_msgSender|_pause|_unpause|_checkOwner|_checkRole|_grantRole|_revokeRole|_transferOwnership|totalSupply|balanceOf|owner|hasRole|super)$/;
const SAFE_MEMBERS =
  /^(?:push|pop|encode|encodePacked|encodeWithSelector|encodeWithSignature|encodeCall|decode|concat|add|sub|mul|div|mod|mulDiv|min|max|toString|wrap|unwrap|contains|remove|length|at|set|get|values|tryAdd|trySub|recover|toUint\d+|toInt\d+)$/;

/** Whether it certainly hands control to nobody: neither itself nor by what it calls. */
export function callsNobody(fn: SourceFunction, source: AuditedSource, depth = 0): boolean {
  if (depth > MAX_DEPTH || /\bassembly\b|\bnew\b/.test(fn.code)) return false;
  const body = fn.code.slice(fn.code.indexOf("{") + 1);
  for (const match of body.matchAll(/\.\s{0,3}([A-Za-z_$][\w$]{0,80})\s{0,3}[({]/g)) {
    if (!SAFE_MEMBERS.test(match[1] ?? "")) return false;
  }
  const declared = new Set([...body.matchAll(/\b(?:emit|revert)\s{1,3}([\w$]{1,80})/g)].map((match) => match[1]));
  for (const match of body.matchAll(/(?<![\w$.])([A-Za-z_$][\w$]{0,80})\s{0,3}\(/g)) {
    const name = match[1] ?? "";
    if (SAFE_CALLS.test(name) || declared.has(name)) continue;
    const targets = source.functions.filter((each) => each.name === name && !each.isModifier);
    const isCast =
      source.contracts.has(name) ||
      new RegExp(`\\b(?:struct|enum) ${name}\\b`).test(source.texts.map(({ code }) => code).join("\n"));
    if (targets.length === 0 && !isCast) return false;
    if (targets.some((each) => each !== fn && !callsNobody(each, source, depth + 1))) return false;
  }
  return fn.modifiers.every((name) => {
    const own = source.functions.filter((each) => each.isModifier && each.name === name);
    return own.length === 0 ? GUARD_NAME.test(name) : own.every((each) => callsNobody(each, source, depth + 1));
  });
}

/** Whether all its state is written before it hands over control. Only said of functions that call nothing of their own. */
export function settlesBeforeCalling(fn: SourceFunction, source: AuditedSource): boolean {
  const order = orderOf(fn, source);
  return order !== null && order.writesBefore && !order.writesAfter;
}

/** The reverse: whether nothing is written until control has been handed over. */
export function settlesAfterCalling(fn: SourceFunction, source: AuditedSource): boolean {
  const order = orderOf(fn, source);
  return order !== null && !order.writesBefore && order.writesAfter;
}

/** Whether state is written before and after the first call; `null` where that cannot be told for certain. */
function orderOf(
  fn: SourceFunction,
  source: AuditedSource,
): { readonly writesBefore: boolean; readonly writesAfter: boolean } | null {
  const body = fn.code.slice(fn.code.indexOf("{") + 1);
  const call =
    /\.\s{0,3}(?:call\.value|call|transfer|send|sendValue|safeTransfer|safeTransferFrom|transferFrom)\s{0,3}[({]/.exec(
      body,
    );
  if (call === null || /\b(?:for|while|assembly|storage)\b/.test(body)) return null;
  const state = new Set([...source.contracts.values()].flatMap(({ stateVariables }) => stateVariables));
  if (state.size === 0) return null;
  const [before, after] = [body.slice(0, call.index), body.slice(call.index)];
  const callsOwn = calledIn(`{${after}`, source).length > 0 || /(?<![\w$.])_[a-z]\w*\s{0,3}\(/.test(after);
  return callsOwn ? null : { writesBefore: writesTo(state, before), writesAfter: writesTo(state, after) };
}

function writesTo(state: ReadonlySet<string>, code: string): boolean {
  const written = [
    ...code.matchAll(
      /(?<![\w$.])([A-Za-z_$][\w$]{0,80})((?:\[[^\]]{0,80}\]|\.\w{1,40}){0,3})\s{0,3}(?:[-+*/|&^]?=(?!=)|\+\+|--)/g,
    ),
    ...code.matchAll(/(?:\bdelete|\+\+|--)\s{0,3}([A-Za-z_$][\w$]{0,80})/g),
  ];
  return written.some((match) => state.has(match[1] ?? ""));
}

const HARMLESS = /^(?:nonReentrant|whenNotPaused|whenPaused|initializer|payable|virtual|override)$/;
const ASKS_SENDER =
  /\b(?:require|if|assert|_check\w*|_require\w*|_only\w*)\s?\([^;{]{0,300}(?:msg\.sender|_msgSender|tx\.origin)/;

/** Whether nothing in it looks at who calls. Only said of entries whose modifiers are all known. */
export function isSurelyOpen(fn: SourceFunction, source: AuditedSource): boolean {
  // The proxy's upgrade calls it for whoever asks.
  const isEntry = /^(?:external|public)$/.test(fn.visibility) || fn.name === "_authorizeUpgrade";
  if (fn.isModifier || !isEntry || isGuarded(fn, source) || ASKS_SENDER.test(fn.code)) return false;
  if (/\b(?:assembly|verify|recover|ecrecover|isValidSignature\w*)\b/.test(fn.code)) return false;
  if (/(?<![\w$.])_?(?:check|only|auth|assert|require|verify|validate)[A-Z]\w*\s?\(/.test(fn.code)) return false;
  return fn.modifiers.every((name) => {
    const own = source.functions.filter((each) => each.isModifier && each.name === name);
    return own.length === 0
      ? HARMLESS.test(name)
      : own.every(({ code }) => !/msg\.sender|_msgSender|tx\.origin/.test(code) && calledIn(code, source).length === 0);
  });
}

/** Whether every address that comes in is compared with zero. */
export function checksZeroAddress(fn: SourceFunction): boolean {
  if (fn.addressParameters.length === 0) return false;
  const code = fn.code.replace(/\s+/g, "");
  return fn.addressParameters.every((name) => {
    const bare = name.replaceAll("$", "\\$");
    return new RegExp(
      `(?<![\\w$])${bare}[!=]=address\\((?:0|0x0)\\)|address\\((?:0|0x0)\\)[!=]=${bare}(?![\\w$])`,
    ).test(code);
  });
}

/** Whether the result of each of its low-level calls is looked at. */
export function checksResults(fn: SourceFunction): boolean {
  const code = fn.code.replace(/\s+/g, " ");
  if (/\.(?:send|transfer|transferFrom|approve|delegatecall|staticcall) ?\(/.test(code)) return false;
  const calls = [...code.matchAll(/\.call ?[({]/g)].length;
  const names = [...code.matchAll(/\( ?bool (\w{1,60}) ?,[^)]{0,80}\) ?= ?[^;=]{1,120}\.call ?[({]/g)].map(
    (match) => match[1] ?? "",
  );
  const isRead = (name: string): boolean =>
    code.includes(`require(${name}`) ||
    new RegExp(`\\bif ?\\( ?!? ?${name} ?[)&|]|assert\\( ?${name}|return ${name}\\b`).test(code);
  return calls > 0 && names.length === calls && names.every(isRead);
}

/** The lowest compiler minor version, of 0.x, that any pragma allows; `null` without one. */
export function lowestMinor(source: AuditedSource): number | null {
  const pragmas = source.texts.flatMap(({ code }) =>
    [...code.matchAll(/pragma\s+solidity\s+([^;]{1,80});/g)].map((match) => match[1] ?? ""),
  );
  const minors = pragmas.map((text) => Number(/0\.(\d{1,2})/.exec(text)?.[1] ?? Number.NaN));
  return minors.length === 0 || minors.some(Number.isNaN) ? null : Math.min(...minors);
}
