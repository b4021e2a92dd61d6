import { calledName } from "../guards.ts";
import { calleeOf, entryPoints, type Program, type ProgramFunction } from "../program.ts";
import { nodeIn, nodesIn, textIn, walk, type SolcNode } from "../solc-ast.ts";
import { isTakenBack, type RequestWords } from "./words.ts";

/** "accounts with MINTER_ROLE can mint", "PAUSER_ROLE pauses". */
const ROLE = /\b[A-Z][A-Z0-9]{1,24}_ROLE\b/g;
const MAY =
  /^[`”)]?\s?(?:holders?\s|accounts?\s|members?\s)?(?::|-|–|—|can|may|to|is able to|are able to|for|=|→)?\s{0,2}(?:only\s)?([a-z][\w\s,/&]{2,80})/;
const VERBS =
  /^(mint|burn|pause|unpause|upgrade|withdraw|blacklist|freeze|slash|rescue|sweep|revoke|blocklist|whitelist|distribute)(?:s|es|ing)?$/i;

/** Functions that another role guards than the one that the request says. */
export function wrongRoles({ clauses }: RequestWords, program: Program): readonly string[] {
  const functions = program.contracts
    .filter(({ kind, name }) => kind === "contract" && !/mock|test/i.test(name))
    .flatMap((contract) => entryPoints(contract).filter(({ isOwn }) => isOwn));
  const wanted = new Map<string, Set<string>>();
  for (const clause of clauses) {
    const roles = [...clause.matchAll(ROLE)];
    for (const [at, found] of roles.entries()) {
      if (isTakenBack(clause.slice(0, found.index))) continue;
      const rest = clause.slice(found.index + found[0].length, roles[at + 1]?.index);
      for (const verb of verbsIn(MAY.exec(rest)?.[1] ?? ""))
        wanted.set(verb, (wanted.get(verb) ?? new Set()).add(found[0]));
    }
  }
  return [...wanted].flatMap(([verb, roles]) =>
    functions
      .filter(
        ({ name }) =>
          name.toLowerCase() === verb || new RegExp(`^${verb}(?:Batch|To|From|Token|Tokens|Many)?$`, "i").test(name),
      )
      .flatMap((fn) => {
        const asked = rolesOf(fn, program);
        if (asked.size === 0 || [...asked].some((role) => roles.has(role))) return [];
        return [
          `${fn.path}:${fn.line}: ${fn.name} asks for ${[...asked].join(", ")}; the request says ${[...roles].join(" or ")}`,
        ];
      }),
  );
}

/** The verbs that stand at the beginning of each part: "mint, burn and pause transfers". */
function verbsIn(list: string): readonly string[] {
  const until = list.split(/\b(?:while|but|unless|after|before|if|when|who|which|that|the admin|owner)\b/i)[0] ?? "";
  return until.split(/,|\band\b|\bor\b|\/|&/).flatMap((part) => {
    const verb = VERBS.exec(part.trim().split(/\s+/)[0] ?? "")?.[1];
    return verb === undefined ? [] : [verb.toLowerCase().replace(/^paus$/, "pause")];
  });
}

/** Names of the constants of roles that stand in the modifiers and the body of a function; none where they come from elsewhere. */
function rolesOf(fn: ProgramFunction, program: Program): ReadonlySet<string> {
  const roots: SolcNode[] = [fn.node];
  for (const node of walk(fn.node)) {
    const callee = node.nodeType === "FunctionCall" ? calleeOf(node, program.byId) : null;
    if (callee !== null && program.isOwn(callee)) roots.push(callee);
  }
  for (const invocation of nodesIn(fn.node, "modifiers")) {
    const name = nodeIn(invocation, "modifierName");
    const target = name === null ? undefined : program.byId.get(Number(name["referencedDeclaration"]));
    if (target !== undefined && program.isOwn(target)) roots.push(target);
  }
  const named = roots
    .flatMap((root) => [...walk(root)])
    .filter((node) => /^(?:Identifier|MemberAccess)$/.test(node.nodeType));
  const roles = named
    .map((node) => textIn(node, "name") || textIn(node, "memberName"))
    .filter((name) => name.endsWith("_ROLE"));
  const isRoleBased = roots.some((root) =>
    [...walk(root)].some((node) =>
      /^(?:onlyRole|hasRole|_checkRole)$/.test(
        node.nodeType === "FunctionCall" ? calledName(node) : textIn(node, "name"),
      ),
    ),
  );
  return new Set(isRoleBased ? roles : []);
}
