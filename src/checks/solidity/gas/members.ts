import type { ContractDefinition, FunctionDefinition, SourceUnit } from "../solidity/ast.ts";
import type { ParseSolidity } from "../solidity/parse.ts";

/** A named piece of a contract with its place in the source. */
export interface Member {
  /** What another piece must have to take its place: kind, name, and for functions the types of the parameters. */
  readonly key: string;
  readonly name: string;
  readonly isFunction: boolean;
  readonly start: number;
  readonly end: number;
}

/** A contract, interface or library with its place in the source. */
export interface Top {
  readonly name: string;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly members: readonly Member[];
}

type MemberNode = SourceUnit["children"][number] | ContractDefinition["subNodes"][number];

/** The contracts of a source; `null` when it does not parse. */
export function topsOf(parse: ParseSolidity, source: string): readonly Top[] | null {
  const parsed = parse(source);
  if (parsed.state !== "parsed") return null;
  const offsets = lineOffsets(source);
  return parsed.unit.children.flatMap((node): Top[] => {
    const place = placeOf(node, offsets);
    if (node.type !== "ContractDefinition" || place === null) return [];
    const members = node.subNodes.flatMap((each) => memberOf(each, offsets));
    return [{ name: node.name, kind: node.kind, ...place, members }];
  });
}

function memberOf(node: MemberNode, offsets: readonly number[]): Member[] {
  const place = placeOf(node, offsets);
  const name = memberName(node);
  if (place === null || name === null) return [];
  if (node.type !== "FunctionDefinition") return [{ key: `${node.type} ${name}`, name, isFunction: false, ...place }];
  const types = (node as FunctionDefinition).parameters.map(({ typeName }) => JSON.stringify(typeName, withoutPlaces));
  return [{ key: `function ${name}(${types.join(",")})`, name, isFunction: true, ...place }];
}

function withoutPlaces(key: string, value: unknown): unknown {
  return key === "loc" || key === "range" ? undefined : value;
}

function memberName(node: MemberNode): string | null {
  if (node.type === "StateVariableDeclaration") {
    const [variable] = (node as unknown as { readonly variables: readonly { readonly name: string | null }[] })
      .variables;
    return variable?.name ?? null;
  }
  if (node.type === "FunctionDefinition") {
    const fn = node as FunctionDefinition;
    if (fn.isConstructor) return "constructor";
    return fn.name ?? (fn.isReceiveEther ? "receive" : "fallback");
  }
  const name = (node as { readonly name?: unknown }).name;
  return typeof name === "string" ? name : null;
}

function lineOffsets(source: string): readonly number[] {
  const offsets = [0];
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) offsets.push(at + 1);
  return offsets;
}

/** The parser's end is the start of the last token, which is a bracket or a semicolon here. */
function placeOf(node: MemberNode, offsets: readonly number[]): { start: number; end: number } | null {
  if (node.loc === undefined) return null;
  const start = (offsets[node.loc.start.line - 1] ?? 0) + node.loc.start.column;
  const end = (offsets[node.loc.end.line - 1] ?? 0) + node.loc.end.column + 1;
  return { start, end };
}
