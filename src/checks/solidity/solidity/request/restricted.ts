import { sentencesOf } from "./prose.ts";

const ROLE = String.raw`(?:the |an? |its )?(?:contract(?:'s)? )?(?:owner|admin(?:istrator)?|deployer|minter|manager|operator|governor|governance|creator|issuer|authority|treasurer|seller|buyer|arbiter|beneficiary|chair\w*|organi[sz]er|\w+ role)s?`;
const ANYONE =
  /\b(?:anyone|anybody|everyone|everybody|any (?:user|account|address|one)|public(?:ly)?|users? can|permissionless|open to all)\b/i;

/** Function names whose first word says too little alone: the thing must stand in the clause too. */
const VAGUE = /^(?:set|update|change|add|remove|get|do|make|withdraw|transfer|claim|create|start|end)$/;

/**
 * The sentence of a request by which only some role may call a function of that name ("only the owner can mint"); `null` where
 * there is none that can be read with certainty.
 */
export function restrictionOn(functionName: string, prose: string): string | null {
  const [verb = "", ...rest] = functionName
    .replace(/^_+/, "")
    .split(/(?=[A-Z])|_/)
    .map((word) => word.toLowerCase());
  if (verb.length < 3 || (VAGUE.test(verb) && rest.length === 0 && verb !== "withdraw")) return null;
  const stem = verb.replace(/e$/, "");
  const verbs = `\\b${escaped(stem)}(?:e|es|s|ing|ting|ning)?\\b`;
  const only = new RegExp(
    `\\bonly ${ROLE} (?:can |may |should |must |could |is |are )?(?:be )?(?:able to |allowed to )?[^.;]{0,40}?${verbs}`,
    "i",
  );
  const plain = new RegExp(`\\bonly ${ROLE} (?:\\w+ and )?${verbs}`, "i");
  const by = new RegExp(`${verbs}[^.;,]{0,40}\\b(?:only by|(?:restricted|limited) to|only for) ${ROLE}`, "i");
  const compound = new RegExp(
    `\\b${ROLE}-only (?:\\w+ ){0,2}?${verbs}|\\bonlyOwner\\b[^.;,]{0,25}${verbs}|${verbs}[^.;,]{0,25}\\(?\\bonly ?Owner\\b`,
    "i",
  );
  for (const written of sentencesOf(prose)) {
    const sentence = written.replace(/\s+/g, " ");
    if (sentence.length > 600 || ANYONE.test(sentence)) continue;
    if (![only, plain, by, compound].some((pattern) => pattern.test(sentence))) continue;
    const lower = sentence.toLowerCase();
    // Every further word of the name: `setPrice` is not restricted by what is said of `setOwner`.
    if (rest.every((word) => word.length < 3 || lower.includes(word.replace(/s$/, "")))) return sentence;
  }
  return null;
}

function escaped(text: string): string {
  return text.replace(/[^\w]/g, String.raw`\$&`);
}
