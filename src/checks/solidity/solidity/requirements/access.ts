import type { RequestWords } from "./words.ts";

/** A function, or a verb that begins a function's name, that only somebody in charge may use. */
export interface AccessRule {
  readonly verb: string;
  /** Whether the request gives the function's whole name. */
  readonly isName: boolean;
  /** As the request says it. */
  readonly said: string;
}

const ROLE = String.raw`(?:contract\s+)?(?:owner|admin(?:istrator)?|deployer|minter|governor|governance|operator|manager|pauser|guardian|authority|treasurer|an? (?:account|address)(?:es)? with (?:the )?[\w\`]{1,40} role|(?:accounts|addresses|holders)\s+(?:with|of|having)\s+(?:the )?[\w\`]{1,40} role|(?:(?:accounts|addresses|holders|those)\s+(?:with|of|having)\s+)?(?:the )?[\`]?[A-Z]{2,20}_ROLE[\`]?(?: holders?)?)s?`;
const ONLY_CAN = new RegExp(
  String.raw`\bonly\s+(?:by\s+)?(?:the\s+|an?\s+)?${ROLE}\s+(?:can|may|should(?: be able to)?|must be able to|is allowed to|are allowed to|is able to|to)\s+([^.;\n]{1,160})`,
  "gi",
);
const OWNER_CAN =
  /\bthe\s+(?:contract(?:'s)?\s+)?(?:owner|admin|administrator|deployer)\s+(?:can|may|(?:is|must be|should be) able to)\s+([^.;\n]{1,160})/gi;
/** Then others may be meant as well, or each one's own. */
const OTHERS_TOO =
  /\b(?:any(?:one|body)|every(?:one|body)|users?|people|public|others?|either|each|holders?|members?|callers?|their|his|her|own)\b/i;
const NAMED_ACTION =
  /(?:\b(?:with|via|using|through|by|call|calling|also)\s{1,2}|^\s?|,\s?|\b(?:and|or)\s)[`“]([a-z]\w{1,40})(?:\(|[`”])|[`“]([a-z]\w{1,40})\(/g;
const OWNER_ONLY = new RegExp(String.raw`\b(?:owner|admin|minter)-only\s+[\`"]?([a-z]\w{2,40})`, "gi");
const RESTRICTED = new RegExp(
  String.raw`[\`“]?\b([a-z]\w{2,40})(?:\([^()\n]{0,120}\))?[\`”]?(?:\s+(?:function|method))?\s*(?:,|:|-|–|—|\(|is|are|must be|should be|that is|which is|has to be)?\s*(?:only\s+)?(?:restricted to|limited to|callable only by|only callable by|callable by only|can only be called by|may only be called by|must only be callable by|should only be callable by|gated by|protected by)\s+(?:the\s+|an?\s+)?[\`“]?(?:${ROLE}|only[A-Z]\w{2,30})`,
  "gi",
);
const MARKED = new RegExp(
  String.raw`[\`“]?\b([a-z]\w{2,40})(?:\([^()\n]{0,120}\))?[\`”]?(?:\s+(?:function|method))?\s*(?:\(|:|,|-|–|—|must be|should be|is|are)?\s*[\`]?(?:onlyOwner\b|(?:owner|admin)[- ]only\b|only (?:the )?(?:owner|admin)\b(?!\s+(?:can|may|should|must|is|are|to)\b))`,
  "g",
);
/** "`refund()` returns the money to the buyer (only the seller)": whoever it is, it is not everybody. */
const IN_BRACKETS =
  /[`“]([a-z]\w{2,40})(?:\([^()\n]{0,120}\))?[`”][^.;`“\n]{0,80}\((?:callable )?only (?:by )?(?:the |an? )?(?!once|if|when|after|before|view|for|on|in|during|while)[a-z]{3,20}\)/gi;
const MARKED_BEFORE = /\bonlyOwner[`”]?\s+[`“]([a-z]\w{2,40})/g;
const VERBS =
  /^(?:mint|pause|unpause|withdraw|burn|upgrade|set|update|change|add|remove|blacklist|whitelist|freeze|unfreeze|grant|revoke|create|cancel|close|start|end|finalize|sweep|rescue|recover|distribute|fund|register|approve|slash|draw|pick|airdrop|release|execute|propose|enable|disable|toggle|adjust|modify|emergencyWithdraw|stop|resume|open|issue)$/i;

/** Which functions the request keeps for somebody in charge. */
export function askedAccess({ clauses }: RequestWords): readonly AccessRule[] {
  const rules: AccessRule[] = [];
  for (const clause of clauses) {
    for (const found of clause.matchAll(ONLY_CAN)) rules.push(...listedActions(found[1] ?? "", found[0]));
    for (const found of OTHERS_TOO.test(clause) ? [] : clause.matchAll(OWNER_CAN))
      rules.push(...namedActions(found[1] ?? "", found[0]));
    for (const found of clause.matchAll(OWNER_ONLY)) rules.push(...actionOf(found[1] ?? "", found[0], true));
    for (const found of clause.matchAll(MARKED)) rules.push(...actionOf(found[1] ?? "", found[0], true));
    for (const found of clause.matchAll(IN_BRACKETS))
      rules.push({ verb: found[1] ?? "", isName: true, said: found[0] });
    for (const found of clause.matchAll(MARKED_BEFORE))
      rules.push({ verb: found[1] ?? "", isName: true, said: found[0] });
    for (const found of clause.matchAll(RESTRICTED)) rules.push(...actionOf(found[1] ?? "", found[0], true));
  }
  return [...new Map(rules.map((rule) => [rule.verb.toLowerCase(), rule])).values()];
}

/** "change the oracle with `setOracle(address)`". What brings something in may be open to all. */
function namedActions(list: string, said: string): readonly AccessRule[] {
  return [...list.matchAll(NAMED_ACTION)]
    .map((found) => found[1] ?? found[2] ?? "")
    .filter(
      (name) => !/^(?:deposit|fund|receive|get|is|transferFrom|msg|address|u?int\d*|bytes\d*|bool|string)/.test(name),
    )
    .slice(0, 8)
    .map((name) => ({ verb: name, isName: true, said }));
}

/** `mint, pause and unpause`; `call \`setFee\``; `mint new tokens and set the fee`. */
function listedActions(list: string, said: string): readonly AccessRule[] {
  // Then it is about what is each one's own.
  if (/\b(?:their|his|her|own)\b/i.test(list)) return [];
  const until = list.split(/\b(?:while|but|unless|after|before|if|when|whereas|anyone|users?|everyone)\b/i)[0] ?? "";
  const parts = until.split(/,|\band\b|\bor\b|\//i).slice(0, 8);
  return parts.flatMap((part) => {
    const ticked = [...part.matchAll(/[`“]([a-z]\w{1,40})/g)].map((found) => found[1] ?? "");
    if (ticked.length > 0) return ticked.map((name) => ({ verb: name, isName: true, said }));
    const words = part.trim().replace(/^(?:to|call|invoke|execute|also|be able to)\s+/i, "");
    const [verb = "", next = ""] = words.split(/\s+/);
    // "set" alone says little: the thing that is set must be told.
    if (
      /^(?:set|update|change|adjust|modify|add|remove|create|enable|disable|toggle|start|end|close|open)$/i.test(verb)
    ) {
      const thing = words
        .split(/\s+/)
        .slice(1)
        .find((word) => !/^(?:the|a|an|new|this|its|base|any)$/i.test(word));
      const bare = (thing ?? next).replace(/[^\w]/g, "");
      return bare.length < 3
        ? []
        : [{ verb: `${verb.toLowerCase()}${bare.charAt(0).toUpperCase()}${bare.slice(1)}`, isName: true, said }];
    }
    return actionOf(verb, said, false);
  });
}

function actionOf(word: string, said: string, ticked: boolean): readonly AccessRule[] {
  const verb = word.replace(/ing$/i, "").replace(/[^\w]/g, "");
  if (VERBS.test(word)) return [{ verb: word, isName: false, said }];
  for (const stem of [verb, `${verb}e`, verb.replace(/(.)\1$/, "$1")]) {
    if (/ing$/i.test(word) && VERBS.test(stem)) return [{ verb: stem, isName: false, said }];
  }
  return ticked && /[a-z][A-Z]/.test(word) ? [{ verb: word, isName: true, said }] : [];
}
