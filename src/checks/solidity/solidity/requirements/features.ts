import type { Compilation } from "../compile.ts";
import { calledName, isGuarded } from "../guards.ts";
import { entryPoints, modifiersOf, type Program, type ProgramFunction } from "../program.ts";
import { nodeIn, textIn, walk, type SolcNode } from "../solc-ast.ts";
import type { AccessRule } from "./access.ts";
import { anyOwn } from "./declared.ts";
import { isTakenBack, type RequestWords } from "./words.ts";

/** Functions that the request keeps for somebody in charge and that anybody can call. */
export function openFunctions(rules: readonly AccessRule[], program: Program): readonly string[] {
  const functions = program.contracts
    .filter(({ kind, name }) => kind === "contract" && !/mock|test/i.test(name))
    .flatMap((contract) => entryPoints(contract).filter(({ isOwn }) => isOwn));
  return rules.flatMap((rule) => {
    const open = matching(rule, functions).map((fn) => ({ fn, guarded: isGuarded(fn.node, program.byId) }));
    const exact = open.filter(({ fn }) => fn.name.toLowerCase() === rule.verb.toLowerCase());
    // Of several that only begin so, some may be meant for everybody.
    const unguarded =
      exact.length > 0 ? exact.filter(({ guarded }) => !guarded) : open.every(({ guarded }) => !guarded) ? open : [];
    const beside = rule.isName
      ? []
      : besides(rule.verb, functions).filter(({ node }) => !isGuarded(node, program.byId));
    return [...unguarded.map(({ fn }) => fn), ...beside].map(
      (fn) => `${fn.path}:${fn.line}: anybody can call ${fn.name}; the request says "${rule.said.trim()}"`,
    );
  });
}

function matching({ verb, isName }: AccessRule, functions: readonly ProgramFunction[]): readonly ProgramFunction[] {
  const low = verb.toLowerCase();
  return functions.filter(({ name }) => {
    const bare = name.replace(/^safe(?=[A-Z])/, "");
    if (bare.toLowerCase() === low || name.toLowerCase() === low) return true;
    return bare.toLowerCase().startsWith(low) && (isName || /^[A-Z]/.test(bare.slice(verb.length)));
  });
}

/** `batchMint` beside `mint`: the same under a name that promises no more openness. */
function besides(verb: string, functions: readonly ProgramFunction[]): readonly ProgramFunction[] {
  const name = new RegExp(`^(?:batch|admin|owner|emergency|force|team|mass|multi|bulk|reserve|safe)_?${verb}`, "i");
  const further = new RegExp(`^${verb}_?(?:batch|many|multiple|to|bulk)`, "i");
  return functions.filter(
    (fn) =>
      fn.mutability !== "payable" && (name.test(fn.name) || further.test(fn.name)) && !/public|free/i.test(fn.name),
  );
}

interface Feature {
  readonly asked: RegExp;
  readonly problem: string;
  /** Whether the answer surely lacks it. */
  lacks(program: Program, compilation: Compilation): boolean;
}

/** Whether no contract of the answer has, or hands on, one of these functions. */
const lacksAll =
  (names: RegExp): Feature["lacks"] =>
  (program, { contracts }) =>
    program.contracts.some(({ kind, isAbstract }) => kind === "contract" && !isAbstract) &&
    !contracts.some(({ abi }) => abi.some(({ type, name }) => type === "function" && names.test(name ?? "")));

const FEATURES: readonly Feature[] = [
  {
    asked: /\bburnable\b|\b(?:holders?|users?|owners?|players?|anyone|accounts?) (?:can|may|should be able to) burn\b/i,
    problem: "nothing can be burned, which the request asks for",
    lacks: lacksAll(/burn|redeem|destroy|deposit/i),
  },
  {
    asked: /\b(?:ERC|EIP)-?2981\b/i,
    problem: "there is no royaltyInfo, which ERC-2981 asks for",
    lacks: lacksAll(/^royaltyInfo$/),
  },
  {
    asked: /\b(?:ERC|EIP)-?2612\b|\bERC20Permit\b/i,
    problem: "there is no permit, which ERC-2612 asks for",
    lacks: lacksAll(/^permit$/),
  },
  {
    asked: /\bERC20Votes\b|\bvoting power\b.{0,40}\bdelegat|\bdelegat\w+\b.{0,40}\bvoting power\b/i,
    problem: "votes cannot be delegated, which the request asks for",
    lacks: lacksAll(/delegate/i),
  },
  {
    asked: /\b(?:two|2)[- ]step (?:ownership|transfer)|\bOwnable2Step\b/i,
    problem: "ownership is not handed over in two steps, which the request asks for",
    lacks: lacksAll(/accept/i),
  },
  {
    asked: /\breentrancy ?guard|\bnonReentrant\b/i,
    problem: "no function has a reentrancy guard, which the request asks for",
    lacks: (program) =>
      !program.contracts.some(({ functions }) =>
        functions.some(({ node }) =>
          modifiersOf(node, program.byId).some((each) => /reentr|lock|guard|mutex/i.test(textIn(each, "name"))),
        ),
      ) && !program.contracts.some(({ lineage }) => lineage.some((base) => /reentrancy/i.test(textIn(base, "name")))),
  },
  {
    asked: /\bpaus(?:able|ing|e)\b/i,
    problem: "nothing can be paused, or nothing heeds it, which the request asks for",
    lacks: (program) => (!program.contracts.some(({ kind }) => kind === "contract") ? false : !heedsPause(program)),
  },
  {
    asked: /\bcustom errors?\b/i,
    problem: "there is no custom error, which the request asks for",
    lacks: (program, compilation) =>
      !anyOwn(
        program,
        compilation,
        (node) => node.nodeType === "ErrorDefinition" || node.nodeType === "RevertStatement",
      ) && anyOwn(program, compilation, (node) => node.nodeType === "FunctionCall" && calledName(node) === "require"),
  },
  {
    asked:
      /\b(?:max(?:imum)?|capped|fixed|hard[- ]?cap(?:ped)?|cap on(?: the)?|limited)\s(?:total\s)?(?:token\s)?supply\b|\bsupply (?:cap|capped|limit)\b|\bhard cap\b/i,
    problem: "nothing limits the supply, which the request asks for",
    lacks: (program, compilation) => mints(program) && !isCapped(program, compilation),
  },
];

/** What of the features that the request asks for is certainly not there. */
export function missingFeatures(words: RequestWords, program: Program, compilation: Compilation): readonly string[] {
  return FEATURES.filter((feature) => {
    const clause = words.clauses.find((each) => {
      const at = each.search(feature.asked);
      return at !== -1 && !isTakenBack(each.slice(0, at)) && !/\boptional/i.test(each);
    });
    return clause !== undefined && feature.lacks(program, compilation);
  }).map(({ problem }) => problem);
}

/** Some function besides the switch itself asks whether things are paused. */
function heedsPause(program: Program): boolean {
  return program.contracts.some((contract) => {
    const hasSwitch = contract.functions.some(({ name }) => /pause|toggle|stop/i.test(name));
    const heeds = contract.functions.some(({ node, name }) => {
      if (/pause|stop|toggle/i.test(name)) return false;
      if (modifiersOf(node, program.byId).some((each) => /paus|stop|active/i.test(textIn(each, "name")))) return true;
      const mutability = textIn(node, "stateMutability");
      if (mutability === "view" || mutability === "pure") return false;
      return [...walk(node)].some((each) =>
        /paus|stopped|active/i.test(textIn(each, "name") || textIn(each, "memberName")),
      );
    });
    return hasSwitch && heeds;
  });
}

/** Some function besides the constructor makes tokens. */
function mints(program: Program): boolean {
  return program.contracts.some((contract) =>
    entryPoints(contract).some(
      ({ node, isOwn }) =>
        isOwn &&
        [...walk(node)].some((each) => each.nodeType === "FunctionCall" && /^_(?:safe)?mint$/i.test(calledName(each))),
    ),
  );
}

function isCapped(program: Program, compilation: Compilation): boolean {
  const inherited = program.contracts.some(({ lineage }) =>
    lineage.some((base) => /capped/i.test(textIn(base, "name"))),
  );
  return inherited || anyOwn(program, compilation, comparesSupply);
}

function comparesSupply(node: SolcNode): boolean {
  if (node.nodeType !== "BinaryOperation" || !/^[<>]=?$|^[=!]=$/.test(textIn(node, "operator"))) return false;
  const sides = [nodeIn(node, "leftExpression"), nodeIn(node, "rightExpression")];
  return sides.some(
    (side) =>
      side !== null &&
      [...walk(side)].some((each) =>
        /cap|max|supply|limit|remaining|minted|counter|nextTokenId|tokenId/i.test(
          textIn(each, "name") || textIn(each, "memberName"),
        ),
      ),
  );
}
