import type { StandardName } from "../standards/standard.ts";
import { sentencesOf } from "./prose.ts";

const NAMED = /\b(?:I?ERC|EIP|I?BEP)[-\s]?(20|721|1155|4626)(?![0-9A-Za-z])/gi;
const MAKES =
  /\b(?:creat|writ|implement|build|develop|design|generat|mak|cod|follow|adher|complian|represent|conform|need|want|standard|give me)\w*/i;
/** Words that make less of the standard than all of it. */
const PARTLY =
  /\b(?:style|like|similar|simplified|minimal|basic|subset|without|no (?:approv|allowanc)\w*|partial|instead|except|not)\b|-like\b/i;

/** The standards that a request names in words. */
export function namedStandards(prose: string): ReadonlySet<StandardName> {
  return new Set([...prose.matchAll(NAMED)].map(([, number]) => `ERC${number ?? ""}` as StandardName));
}

/** The standards that the answer's contract is to follow, all of each: where one sentence says so and takes nothing back. */
export function demandedStandards(prose: string): ReadonlySet<StandardName> {
  const found = new Set<StandardName>();
  for (const sentence of sentencesOf(prose)) {
    if (PARTLY.test(prose) || !MAKES.test(sentence)) continue;
    for (const name of namedStandards(sentence)) found.add(name);
  }
  return found;
}
