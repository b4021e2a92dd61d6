import type { Compilation } from "../compile.ts";
import { calledName } from "../guards.ts";
import { entryPoints, type Program, type ProgramFunction } from "../program.ts";
import { nodeIn, textIn, walk, type SolcNode } from "../solc-ast.ts";
import { reachedNodes } from "../reach.ts";
import { anyOwn } from "./declared.ts";
import { isTakenBack, type RequestWords } from "./words.ts";

const AMOUNT = String.raw`\d+(?:\.\d+)?\s?(?:ETH|ether|Ξ|gwei|wei)\b`;
const PRICE = new RegExp(
  String.raw`\b(?:costs?|price[sd]?|fee|for|at|pay(?:s|ing)?|worth|of)\b[^.\n]{0,30}?\b${AMOUNT}|\b${AMOUNT}\s?(?:each|per|to (?:mint|enter|join|play|buy|register)|entry|ticket|mint|fee|price)\b`,
  "i",
);
const BUYS = /\b(?:mint|enter|join|buy|purchase|ticket|play|register|subscribe|participate)\w*\b/i;

/** What the request wants paid for or counted, and the answer never looks at. */
export function unheeded(words: RequestWords, program: Program, compilation: Compilation): readonly string[] {
  return [...unpaid(words, program, compilation), ...unsigned(words, program)];
}

/** A price in ether is asked for, and the function that takes it never looks at what was sent. */
function unpaid({ clauses }: RequestWords, program: Program, compilation: Compilation): readonly string[] {
  const said = clauses.find(
    (clause) => PRICE.test(clause) && BUYS.test(clause) && !isTakenBack(clause.slice(0, clause.search(PRICE))),
  );
  if (said === undefined) return [];
  if (!anyOwn(program, compilation, isMoney))
    return [`nothing looks at msg.value; the request says "${said.slice(0, 120)}"`];
  return program.contracts.flatMap((contract) =>
    entryPoints(contract)
      .filter((fn) => fn.isOwn && fn.mutability === "payable" && BUYS.test(fn.name.replace(/([A-Z])/g, " $1")))
      .filter((fn) => !nodesOf(fn, program).some(isMoney))
      .map(
        (fn) =>
          `${fn.path}:${fn.line}: ${fn.name} takes ether and never looks at how much; the request says "${said.slice(0, 120)}"`,
      ),
  );
}

/** A wallet of several owners whose transactions nobody counts the approvals of. */
function unsigned({ text }: RequestWords, program: Program): readonly string[] {
  if (!/\bmulti-?\s?sig(?:nature)?\b|\b[MNmnk\d]-of-[MNmnk\d]\b/i.test(text)) return [];
  return program.contracts
    .filter(({ kind, name }) => kind === "contract" && !/mock|test/i.test(name))
    .flatMap((contract) =>
      entryPoints(contract)
        .filter((fn) => fn.isOwn && /^exec/i.test(fn.name) && !countsApprovals(fn, program))
        .map((fn) => `${fn.path}:${fn.line}: ${fn.name} compares no number of approvals with what is required`),
    );
}

function countsApprovals(fn: ProgramFunction, program: Program): boolean {
  const nodes = nodesOf(fn, program);
  return nodes.some((node) => {
    if (node.nodeType === "InlineAssembly") return true;
    if (node.nodeType !== "BinaryOperation" || !/^[<>]=?$|^[!=]=$/.test(textIn(node, "operator"))) return false;
    return [...walk(node)].some((each) => {
      const name = textIn(each, "name") || textIn(each, "memberName");
      if (/confirm|approv|signature|signed|vote|threshold|required|quorum|sigs?\b|count|min/i.test(name)) return true;
      return each.nodeType === "FunctionCall" && /approv|confirm|count|quorum/i.test(calledName(each));
    });
  });
}

function isMoney(node: SolcNode): boolean {
  return textIn(node, "memberName") === "value" && textIn(nodeIn(node, "expression") ?? node, "name") === "msg";
}

function nodesOf(fn: ProgramFunction, program: Program): readonly SolcNode[] {
  return [...reachedNodes(fn.node, program.byId, (callee) => program.isOwn(callee))];
}
