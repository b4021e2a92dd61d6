import { isTakenBack, type RequestWords } from "./words.ts";

/** Something that the request names and that the answer must declare. */
export interface AskedName {
  readonly kind: "contract" | "function" | "event" | "error" | "modifier";
  readonly name: string;
  /** Types of the parameters, where all are told and elementary. */
  readonly types: readonly string[] | null;
}

const CREATE =
  /\b(?:write|create|implement|build|develop|design|generate|make|code|produce|give|need|want|provide|draft)\b/i;
const CONTRACT_NAME = [
  /\b(?:contract|library|interface)\s{1,3}(?:that is |to be )?(?:named|called)\s{1,3}[`"'*“]{0,3}([A-Z]\w{1,60})/g,
  /\b(?:contract|library|interface)\s{1,3}[`"“]([A-Z]\w{1,60})[`"”]/g,
  /[`"“]([A-Z]\w{1,60})[`"”]\s{1,3}(?:smart )?(?:contract|library|interface)\b/g,
] as const;
const BUILT_IN =
  /^(?:require|assert|revert|keccak256|sha256|ecrecover|transfer|send|call|delegatecall|staticcall|selfdestruct|blockhash|type|super|address|payable|function|mapping|uint\d*|int\d*|bytes\d*|string|bool|if|for|while|emit|return|returns|event|error|modifier|abi|encode\w*|decode|onlyOwner|nonReentrant|whenNotPaused|initializer|_disableInitializers)$/;
const TICKED_CALL = /[`“]\s{0,2}(?:function\s{1,3})?([a-zA-Z_]\w{0,60})\s?\(([^()`]{0,200})\)[^`\n]{0,80}[`”]/g;
const WRITTEN_FUNCTION = /\bfunction\s{1,3}([a-z_]\w{0,60})\s?\(([^()]{0,200})\)/g;
const TICKED_FUNCTION =
  /[`“]([a-z_]\w{1,60})(?:\(\))?[`”]\s{1,3}(?:view |external |public |payable |getter )?(?:function|method)\b|\b(?:function|method)\s{1,3}(?:named |called )?[`“]([a-z_]\w{1,60})(?:\(\))?[`”]/g;
const WANTS_FUNCTION =
  /\b(?:functions?|methods?|expose|implement|provide|include|support|offer|define|with|have|has|getter|must|should|can|add|entry points?)\b|^[-*•\d.)\s`]{0,6}$/i;
const USES =
  /\b(?:us(?:e|es|ing)|calls?|calling|called|via|through|by|invok\w+|overrid\w+|forward\w*|interact\w*|from|emit\w*|revert\w*|returned by|inherit\w*)\s(?:the\s|an?\s|OpenZeppelin(?:'s)?\s|its\s|their\s)?$/i;

/** What the language or a library has under this name. */
export function isBuiltIn(name: string): boolean {
  return BUILT_IN.test(name);
}

/** Names that the request surely asks for. */
export function askedNames({ clauses }: RequestWords): readonly AskedName[] {
  const asked: AskedName[] = [];
  for (const clause of clauses) {
    asked.push(...contractNames(clause), ...functionNames(clause), ...otherNames(clause));
  }
  const unique = new Map(asked.map((each) => [`${each.kind} ${each.name} ${each.types?.join() ?? ""}`, each]));
  return [...unique.values()];
}

function contractNames(clause: string): readonly AskedName[] {
  for (const pattern of CONTRACT_NAME) {
    for (const found of clause.matchAll(pattern)) {
      const before = clause.slice(0, found.index);
      if (
        !CREATE.test(before) ||
        isTakenBack(before) ||
        /\b(?:for|from|that|which|to|into|extends?|inherit\w*|uses?|using)\b/i.test(before)
      )
        continue;
      return [{ kind: "contract", name: found[1] ?? "", types: null }];
    }
  }
  return [];
}

function functionNames(clause: string): readonly AskedName[] {
  const asked: AskedName[] = [];
  for (const pattern of [TICKED_CALL, WRITTEN_FUNCTION, TICKED_FUNCTION]) {
    for (const found of clause.matchAll(pattern)) {
      const name = found[1] ?? found[2] ?? "";
      const before = clause.slice(0, found.index);
      const wanted = pattern !== TICKED_CALL || WANTS_FUNCTION.test(before);
      // An upper-case first letter is an event, an error or a cast.
      // A leading underscore is a hook: another release has another one for the same purpose.
      if (name === "constructor" || BUILT_IN.test(name) || /^[A-Z_]/.test(name)) continue;
      if (!wanted || isTakenBack(before) || USES.test(before)) continue;
      asked.push({ kind: "function", name, types: pattern === TICKED_FUNCTION ? null : typesOf(found[2] ?? "") });
    }
  }
  return asked;
}

const ELEMENTARY =
  /^(?:address|bool|string|bytes(?:[1-9]|[12]\d|3[0-2])?|u?int(?:8|16|24|32|40|48|56|64|72|80|88|96|104|112|120|128|136|144|152|160|168|176|184|192|200|208|216|224|232|240|248|256)?)(?:\[\d{0,3}\]){0,3}$/;

/** `uint amount, address payable to` → `uint256`, `address`; `null` when a part is no elementary type. An empty list tells nothing. */
export function typesOf(parameters: string): readonly string[] | null {
  if (parameters.trim() === "") return null;
  const types = parameters.split(",").map((part) => part.trim().split(/\s+/)[0] ?? "");
  if (!types.every((type) => ELEMENTARY.test(type))) return null;
  return types.map((type) => type.replace(/^(u?int)(?=\[|$)/, "$1256"));
}

const OTHERS = [
  ["event", /\bevents?\s{1,3}(?:named |called |like )?[`“]([A-Z]\w{1,60})/g],
  ["event", /[`“]([A-Z]\w{1,60})(?:\([^()`]{0,200}\))?[`”]\s{1,3}events?\b/g],
  ["event", /\bemit(?:s|ting)?\s{1,3}(?:an? |the )?[`“]([A-Z]\w{1,60})/g],
  ["event", /\b(?:emit(?:s|ting)?\s{1,3}(?:an? |the ))([A-Z][a-z]\w{1,60})\s{1,3}event\b/g],
  ["error", /\b(?:custom )?errors?\s{1,3}(?:named |called |like )?[`“]([A-Z]\w{1,60})/g],
  ["error", /[`“]([A-Z]\w{1,60})(?:\([^()`]{0,200}\))?[`”]\s{1,3}(?:custom )?errors?\b/g],
  ["error", /\brevert(?:s|ing)?\s{1,3}with\s{1,3}(?:an? |the )?(?:custom )?(?:errors? )?[`“]([A-Z]\w{1,60})/g],
  ["modifier", /\bmodifiers?\s{1,3}(?:named |called )?[`“]([a-z]\w{1,60})/g],
  ["modifier", /[`“]([a-z]\w{1,60})(?:\(\))?[`”]\s{1,3}modifiers?\b/g],
] as const;

const NEXT_IN_LIST = /^(?:\([^()`]{0,200}\))?[`”]\s?(?:,\s?(?:and\s|or\s)?|and\s|or\s|\/\s?)[`“]([A-Z]\w{1,60})/;
const OTHER_KIND =
  /^(?:\([^()`]{0,200}\))?[`”]\s{1,3}(?:smart )?(?:contract|interface|library|struct|enum|role|token|events?|(?:custom )?errors?)\b/;

/** The further ones of "`A`, `B` and `C`", from where the first one ends. */
function furtherNames(rest: string): readonly string[] {
  const names: string[] = [];
  let left = rest;
  for (let found = NEXT_IN_LIST.exec(left); found !== null && names.length < 20; found = NEXT_IN_LIST.exec(left)) {
    left = left.slice(found[0].length);
    if (OTHER_KIND.test(left)) break;
    names.push(found[1] ?? "");
  }
  return names;
}

function otherNames(clause: string): readonly AskedName[] {
  return OTHERS.flatMap(([kind, pattern]) =>
    [...clause.matchAll(pattern)].flatMap((found): AskedName[] => {
      if (isTakenBack(clause.slice(0, found.index))) return [];
      const further = kind === "modifier" ? [] : furtherNames(clause.slice(found.index + found[0].length));
      return [found[1] ?? "", ...further]
        .filter((name) => name !== "Error" && name !== "Panic")
        .map((name) => ({ kind, name, types: null }));
    }),
  );
}

/** The functions of the interfaces that the request wants implemented. */
export function interfaceNames({ text }: RequestWords, given: readonly string[]): readonly AskedName[] {
  if (
    !/\bimplement(?:s|ing|ation of)?\s(?:this|the|that|these|all|our|my)\s(?:\w{1,20}\s){0,2}[`"“]?(?:I[A-Z]\w{1,50}[`"”]?\s)?(?:interface|functions)\b/i.test(
      text,
    )
  )
    return [];
  return given
    .filter((source) => /\binterface\s/.test(source) && !/\bcontract\s{1,5}\w+[^;{}]{0,200}\{/.test(source))
    .flatMap((source) => [...source.matchAll(/\bfunction\s{1,5}([A-Za-z_]\w{0,60})\s{0,3}\(/g)])
    .slice(0, 60)
    .map(([, name]) => ({ kind: "function", name: name ?? "", types: null }));
}
