import { isBuiltIn, typesOf, type AskedName } from "./names.ts";
import { isTakenBack, type RequestWords } from "./words.ts";

/** `stake(uint256)`, but not `token.transfer(…)`, `owner(s)` or `f(x)`. */
const CALL = /(?<![\w.`“"'/$])([a-z][a-zA-Z0-9]{2,50})\(([^()`\n]{0,160})\)/g;
const IS_PLURAL = /^\s?(?:s|es|ies|ing|ed|er|or|optional|e\.g\.|i\.e\.|if|in|for|see|the|a|an|and|with|not|only|by)\b/i;
/** What is named after these is somebody else's, or a way to do it. */
const USES =
  /\b(?:us(?:e|es|ing)|calls?|calling|called|via|through|by|invok\w+|overrid\w+|forward\w*|interact\w*|from|emit\w*|revert\w*|returned by|inherit\w*|like|unlike|standard|instead of)\s(?:the\s|an?\s|OpenZeppelin(?:'s)?\s|its\s|their\s)?$/i;
const CAPITAL = String.raw`[A-Z][a-z][A-Za-z0-9]{1,50}`;
const LIST = String.raw`((?:${CAPITAL})(?:\([^()\n]{0,160}\))?(?:\s?(?:,|\/|and|&|,\s?and)\s?${CAPITAL}(?:\([^()\n]{0,160}\))?){0,12})`;
const END = String.raw`(?=\s?(?:[.,;:)(—–-]|$|\n|when\b|whenever\b|on\b|upon\b|after\b|for\b|with\b|if\b|events?\b|errors?\b|respectively\b|that\b|which\b|in\b))`;
const KINDS = [
  [
    "event",
    new RegExp(String.raw`\b(?:[Ee]vents?:|[Ee]vents|event)\s{1,3}(?:named |called |like )?${LIST}${END}`, "g"),
  ],
  [
    "event",
    new RegExp(
      String.raw`\b[Ee]mit(?:s|ting)?\s{1,3}(?:an? |the )?((?:[A-Z][a-z0-9]+(?:[A-Z]\w*|ed))(?:\([^()\n]{0,160}\))?)${END}`,
      "g",
    ),
  ],
  ["error", new RegExp(String.raw`\b[Cc]ustom errors?:?\s{1,3}(?:named |called |like )?${LIST}${END}`, "g")],
  [
    "error",
    new RegExp(
      String.raw`\b[Rr]evert(?:s|ing)?\s{1,3}with\s{1,3}(?:an? |the )?(?:custom )?(?:errors? )?((?:[A-Z][a-z0-9]+[A-Z]\w*)(?:\([^()\n]{0,160}\))?)${END}`,
      "g",
    ),
  ],
] as const;
const FUNCTION_LIST =
  /\b(?:functions|methods|entry points)\s?(?::|-|–|—|are|like|named|called)?\s{1,3}([a-z]\w{2,50}(?:\s?(?:,|\/|and|&|,\s?and)\s?[a-z]\w{2,50}){0,15})/gi;

/** Functions, events and errors that the request names without quoting them as code. */
export function plainNames({ clauses }: RequestWords): readonly AskedName[] {
  return clauses.flatMap((clause) => [...calls(clause), ...listed(clause), ...kinds(clause)]);
}

function calls(clause: string): readonly AskedName[] {
  return [...clause.matchAll(CALL)].flatMap((found): AskedName[] => {
    const [, name = "", inner = ""] = found;
    const before = clause.slice(0, found.index);
    if (isBuiltIn(name) || IS_PLURAL.test(inner) || isTakenBack(before) || USES.test(before)) return [];
    // Prose in brackets right behind a word, but for a list of parameters.
    if (!/^\s?$|^[\w\s,[\].=]+$/.test(inner) || inner.split(",").some((part) => part.trim().split(/\s+/).length > 3))
      return [];
    if (/^(?:event|error|modifier|struct|enum|mapping|constructor|function|returns?|initiali[sz]er)$/.test(name))
      return [];
    return [{ kind: "function", name, types: typesOf(inner) }];
  });
}

/** Of names that run on, one must look like code: "functions deposit, withdraw and balanceOf". */
function listed(clause: string): readonly AskedName[] {
  return [...clause.matchAll(FUNCTION_LIST)].flatMap((found): AskedName[] => {
    if (isTakenBack(clause.slice(0, found.index))) return [];
    const names = (found[1] ?? "")
      .split(/\s?(?:,\s?and\b|,|\/|\band\b|&)\s?/)
      .filter((name) => /^[a-z]\w+$/.test(name));
    const looksLikeCode = names.filter((name) => /[a-z][A-Z]/.test(name));
    return looksLikeCode.filter((name) => !isBuiltIn(name)).map((name) => ({ kind: "function", name, types: null }));
  });
}

function kinds(clause: string): readonly AskedName[] {
  return KINDS.flatMap(([kind, pattern]) =>
    [...clause.matchAll(pattern)].flatMap((found): AskedName[] => {
      if (isTakenBack(clause.slice(0, found.index))) return [];
      const names = (found[1] ?? "").replace(/\([^()]*\)/g, "").split(/\s?(?:,\s?and\b|,|\/|\band\b|&)\s?/);
      return names
        .map((name) => name.trim())
        .filter(
          (name) => /^[A-Z]\w+$/.test(name) && !/^(?:Error|Panic|Solidity|OpenZeppelin|ERC\w*|Ethereum)$/.test(name),
        )
        .map((name) => ({ kind, name, types: null }));
    }),
  );
}
