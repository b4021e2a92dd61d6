import type { Program } from "../program.ts";
import { nodeIn, nodesIn, textIn, typeStringOf, type SolcNode } from "../solc-ast.ts";
import { typesOf } from "./names.ts";
import { isTakenBack, type RequestWords } from "./words.ts";

const WRITTEN = /\bconstructor\s?\(([^()\n]{1,300})\)/i;
const TAKES =
  /\b(?:constructor\b(?:\s(?:should|must|shall|will|needs to|has to))?\s?(?:tak(?:es?|ing)|accept(?:s|ing)?|receiv(?:es?|ing)|gets?|expects?|requires?|with(?: the)?(?: parameters| arguments)?|(?:arguments|parameters|args|params|inputs)(?:\s(?:are|is))?:?|:)|(?:passed|given|provided|supplied)\s(?:in)?to\s(?:the\s)?constructor\s?:)\s{0,2}(?:in\s)?(?:(?:the\s)?(?:following\s)?(?:parameters|arguments|args|params|inputs):?\s)?(.{3,240})/i;
const PASSED =
  /(.{3,160})\b(?:(?:are|is|get|be)\s)?(?:passed|given|provided|supplied|set|specified|configured)\s(?:in|to|into|by|via|through|at)\s(?:the\s)?constructor\b/i;
/** Where the list ends and what is done with it begins. */
const END =
  /[.;\n]|\s[-–—]\s|\b(?:who|which|that|so|where|then|when|while|because|for each|in order)\b|,?\s(?:and|but|it)\s(?:it\s)?(?:sets?|mints?|stores?|grants?|assigns?|transfers?|makes?|gives?|reverts?|requires?|validates?|checks?|initiali[sz]es?|emits?|calls?|becomes?|deploys?|must|should|can)\b/i;

/** What the request wants handed to the constructor, and the constructor does not take. */
export function missingArguments({ clauses }: RequestWords, program: Program): readonly string[] {
  const takers = program.contracts
    .filter(
      ({ kind, isAbstract, name }) => kind === "contract" && !isAbstract && !/mock|test|proxy|factory/i.test(name),
    )
    .map(takenBy);
  if (takers.length === 0) return [];
  for (const clause of clauses) {
    const written = WRITTEN.exec(clause);
    if (written !== null && !isTakenBack(clause.slice(0, written.index))) {
      const types = typesOf(written[1] ?? "");
      if (types !== null && !takers.some((each) => takesAll(each, types)))
        return [`the constructor does not take (${types.join(", ")}), which the request asks for`];
    }
    const items = itemsOf(clause);
    if (items.length === 0) continue;
    const most = Math.max(...takers.map(({ count }) => count));
    // How a list is meant can be read in two ways; that nothing at all is taken cannot.
    if (most === 0 || most < items.length - (items.length > 2 ? 1 : 0))
      return [
        `the constructor takes ${most} argument(s); the request wants ${items.map((each) => `"${each}"`).join(", ")} given to it`,
      ];
  }
  return [];
}

interface Taken {
  /** Many where a struct or a list could hold several things. */
  readonly count: number;
  readonly types: readonly string[];
}

/** What a contract's constructor takes, or its initialiser where it has one. */
function takenBy({ lineage, functions }: Program["contracts"][number]): Taken {
  const definitions = [
    ...nodesIn(lineage[0] ?? ({} as SolcNode), "nodes").filter((node) => textIn(node, "kind") === "constructor"),
    ...functions.filter(({ name, isOwn }) => isOwn && /^_{0,2}init/i.test(name)).map(({ node }) => node),
  ];
  const lists = definitions.map((node) => nodesIn(nodeIn(node, "parameters") ?? node, "parameters"));
  const best = lists.toSorted((a, b) => b.length - a.length)[0] ?? [];
  const isWide = best.some((each) => typeStringOf(each).startsWith("struct "));
  const types = best.map((each) => {
    const type = typeStringOf(each).replace(/ (?:memory|calldata|storage.*)$/, "");
    return /^(?:contract |address payable)/.test(type)
      ? type.replace(/^(?:contract [\w.]+|address payable)/, "address")
      : type;
  });
  return { count: isWide ? 99 : best.length, types };
}

function takesAll({ types, count }: Taken, wanted: readonly string[]): boolean {
  if (count === 99) return true;
  const left = [...types];
  return wanted.every((type) => {
    // A narrower number is a number still; an enum is one to the caller.
    const at = left.findIndex((each) => each === type || (type.startsWith("uint") && /^(?:uint|enum )/.test(each)));
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
}

/** "the token, the beneficiary and start, cliff" → its parts, where they read as things. */
function itemsOf(clause: string): readonly string[] {
  if (/\bconstructor\s?\(/.test(clause)) return [];
  const takes = TAKES.exec(clause);
  const passed = takes === null ? PASSED.exec(clause) : null;
  const found = takes ?? passed;
  if (found === null || isTakenBack(clause.slice(0, found.index)) || /\bno (?:arguments|parameters)\b/i.test(clause))
    return [];
  const bare = (found[1] ?? "").replace(/\([^()]*\)/g, "");
  const list = takes === null ? (bare.split(/[:.;]/).at(-1) ?? "") : (bare.split(END)[0] ?? "");
  const items = list
    .split(/,\s?and\b|,|\band\b|&|\bplus\b|\bas well as\b/i)
    .map((each) => each.replace(/[`"“”]/g, "").trim())
    .filter((each) => each !== "");
  return items.length > 8 || items.some((each) => each.split(/\s+/).length > 6) ? items.slice(0, 1) : items;
}
