import type { Compilation } from "../compile.ts";
import type { Program } from "../program.ts";
import { nodeIn, nodesIn, textIn, typeStringOf, walk } from "../solc-ast.ts";
import { isTakenBack, type RequestWords } from "./words.ts";

const SYMBOLS = [
  /\b(?:symbol|ticker)(?:\s(?:is|of|should be|must be))?\s?[:=]?\s?[`"“'(]{0,2}\$?([A-Z][A-Za-z0-9]{1,9})\b/g,
  /\b(?:named|called|token|collection|name)\s[`"“']?[A-Z]\w*(?:\s[A-Z]\w*){0,3}[`"”']?\s\([`"“']?\$?([A-Z][A-Z0-9]{1,7})[`"”']?\)/g,
] as const;
const TOKEN = /\b(?:token|coin|erc-?(?:20|721|1155)|nft|collection|stablecoin)\b/i;
const NO_SYMBOL = /^(?:ERC\d*|NFT|ETH|USD|UUPS|DAO|The|And|Name|For)$/;

/** The symbol that the request gives the token, where the code has it nowhere and takes no text from outside. */
export function missingTitles(
  { clauses, text }: RequestWords,
  program: Program,
  { trees }: Compilation,
): readonly string[] {
  if (!TOKEN.test(text)) return [];
  const symbols = clauses.flatMap((clause) =>
    SYMBOLS.flatMap((pattern) =>
      [...clause.matchAll(pattern)]
        .filter((found) => !isTakenBack(clause.slice(0, found.index)))
        .map((found) => found[1] ?? ""),
    ),
  );
  const symbol = symbols.find((each) => !NO_SYMBOL.test(each));
  if (symbol === undefined || takesText(program)) return [];
  const texts = new Set<string>();
  for (const tree of trees.values()) {
    if (!program.isOwn(tree)) continue;
    for (const node of walk(tree)) {
      if (node.nodeType === "Literal" && /^(?:unicodeS|s)tring$/.test(textIn(node, "kind")))
        texts.add(textIn(node, "value"));
    }
  }
  const isThere = [...texts].some((each) => each.replace("$", "").toLowerCase() === symbol.toLowerCase());
  return texts.size === 0 || isThere ? [] : [`the symbol ${symbol}, which the request gives, is nowhere in the code`];
}

function takesText(program: Program): boolean {
  return program.contracts.some(({ node, functions }) => {
    const definitions = [
      ...nodesIn(node, "nodes").filter((each) => textIn(each, "kind") === "constructor"),
      ...functions.filter(({ name, isOwn }) => isOwn && /init|create|set/i.test(name)).map((fn) => fn.node),
    ];
    return definitions
      .flatMap((each) => nodesIn(nodeIn(each, "parameters") ?? each, "parameters"))
      .some((parameter) => /^(?:string|bytes32|struct )/.test(typeStringOf(parameter)));
  });
}
