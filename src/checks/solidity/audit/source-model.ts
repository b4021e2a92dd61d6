import type { Subject } from "../../kit/check.ts";
import type { FunctionDefinition, SourceUnit } from "../solidity/ast.ts";
import { loadSolidityParser } from "../solidity/parse.ts";
import { givenSources, otherSources } from "../given-sources.ts";
import { borrowedNames } from "./imported-names.ts";
import { blanked, importsOf } from "./code-text.ts";
import { KNOWN_PACKAGE } from "./solidity-builtins.ts";

/** A function, modifier, constructor, fallback or receive of the audited source. */
export interface SourceFunction {
  readonly name: string;
  readonly contract: string;
  readonly isModifier: boolean;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly visibility: string;
  readonly mutability: string | null;
  /** Names of the modifiers that it applies. */
  readonly modifiers: readonly string[];
  readonly addressParameters: readonly string[];
  /** Code of signature and body; comments and the text of strings are blank. */
  readonly code: string;
}

export interface SourceText {
  readonly path: string | null;
  readonly content: string;
  /** The content with comments and strings blanked, characters in place. */
  readonly code: string;
  readonly lineCount: number;
  /** Lines above it in the text that it was cut from: some models count from there. */
  readonly linesAbove: number;
}

/** The audited code, as far as it could be understood. */
export interface AuditedSource {
  readonly isSolidity: boolean;
  readonly texts: readonly SourceText[];
  readonly functions: readonly SourceFunction[];
  readonly contracts: ReadonlyMap<
    string,
    { readonly bases: readonly string[]; readonly stateVariables: readonly string[] }
  >;
  /** Every name in the code, in lower case. */
  readonly names: ReadonlySet<string>;
  /** Every word of its comments and strings too, in lower case. */
  readonly words: ReadonlySet<string>;
  /** Names in what it imports, as far as that is installed here, in lower case. */
  readonly borrowed: ReadonlySet<string>;
  /** Whether nothing that it imports is unknown here: a name that is nowhere is then certainly made up. */
  readonly isComplete: boolean;
  /** False: a file did not parse, so that only its names and lines are known. */
  readonly isParsed: boolean;
  /** Imports that were not sent and whose names nobody here knows. */
  readonly hasForeignImports: boolean;
}

let last: { readonly key: string; readonly model: AuditedSource } | null = null;

/** The source that an audit is about; `null` when the request has none. Four checks ask for the same. */
export async function auditedSource(
  subject: Pick<Subject, "prompt" | "files" | "notes">,
): Promise<AuditedSource | null> {
  const solidity = givenSources(subject);
  const isSolidity = solidity.length > 0;
  const sources = isSolidity ? solidity : otherSources(subject);
  if (sources.length === 0) return null;
  const around = [subject.prompt, ...subject.notes];
  const key = JSON.stringify([sources, around.map((text) => text.length)]);
  if (last?.key === key) return last.model;
  const parse = await loadSolidityParser();
  const texts = sources.map(({ path, content }): SourceText => {
    const unified = content.replaceAll("\r\n", "\n");
    const holder = around.find((text) => text.includes(content)) ?? content;
    const linesAbove = holder.slice(0, holder.indexOf(content)).split("\n").length - 1;
    const lineCount = unified.trimEnd().split("\n").length;
    return { path, content: unified, code: isSolidity ? blanked(unified) : unified, lineCount, linesAbove };
  });
  const units = isSolidity ? texts.map((text) => ({ text, parsed: parse(text.content) })) : [];
  const borrowed = isSolidity ? borrowedNames(texts) : { names: new Set<string>(), isComplete: false };
  const known = units.flatMap(({ text, parsed }) => (parsed.state === "parsed" ? [{ text, unit: parsed.unit }] : []));
  const isParsed = isSolidity && known.length === units.length;
  const model: AuditedSource = {
    isSolidity,
    texts,
    functions: known.flatMap(({ text, unit }) => functionsOf(unit, text.code)),
    contracts: new Map(known.flatMap(({ unit }) => contractsIn(unit))),
    names: new Set(texts.flatMap(({ code }) => namesIn(code))),
    words: new Set(texts.flatMap(({ content }) => namesIn(content))),
    borrowed: borrowed.names,
    isComplete: isParsed && borrowed.isComplete,
    isParsed,
    hasForeignImports: texts.some((text) => importsOf(text.content).some((path) => isForeign(path, texts))),
  };
  last = { key, model };
  return model;
}

/** In lower case. */
function namesIn(text: string): readonly string[] {
  return (text.match(/[A-Za-z_$][\w$]*/g) ?? []).map((name) => name.toLowerCase());
}

function functionsOf(unit: SourceUnit, code: string): readonly SourceFunction[] {
  const lines = code.split("\n");
  return unit.children.flatMap((child): readonly SourceFunction[] => {
    if (child.type === "FunctionDefinition") return [functionOf(child, "", false, lines)];
    if (child.type !== "ContractDefinition") return [];
    const { name, kind, subNodes } = child;
    return subNodes.flatMap((node): readonly SourceFunction[] => {
      if (node.type === "FunctionDefinition") {
        return [functionOf(node as FunctionDefinition, name, kind === "interface", lines)];
      }
      if (node.type !== "ModifierDefinition") return [];
      const signature = { visibility: "internal", mutability: null, modifiers: [], addressParameters: [] };
      const modifier = node as typeof node & { readonly name: string };
      return [{ ...signature, name: modifier.name, isModifier: true, contract: name, ...placeOf(node, lines) }];
    });
  });
}

function functionOf(
  node: FunctionDefinition,
  contract: string,
  isInterface: boolean,
  lines: readonly string[],
): SourceFunction {
  return { contract, ...placeOf(node, lines), ...signatureOf(node, isInterface) };
}

function placeOf(
  node: Pick<FunctionDefinition, "loc">,
  lines: readonly string[],
): Pick<SourceFunction, "firstLine" | "lastLine" | "code"> {
  const [firstLine, lastLine] = [node.loc?.start.line ?? 1, node.loc?.end.line ?? 1];
  return { firstLine, lastLine, code: lines.slice(firstLine - 1, lastLine).join("\n") };
}

type Signature = Omit<SourceFunction, "contract" | "firstLine" | "lastLine" | "code">;

function signatureOf(node: FunctionDefinition, isInterface: boolean): Signature {
  const special = node.isConstructor ? "constructor" : node.isReceiveEther ? "receive" : "fallback";
  const isAddress = (type: unknown): boolean =>
    typeof type === "object" && type !== null && (type as { readonly name?: unknown }).name === "address";
  return {
    name: node.name ?? special,
    isModifier: false,
    visibility: node.visibility === "default" ? (isInterface ? "external" : "public") : node.visibility,
    mutability: node.stateMutability,
    modifiers: node.modifiers.map((modifier) => modifier.name),
    addressParameters: node.parameters.flatMap((each) =>
      isAddress(each.typeName) && each.name !== null ? [each.name] : [],
    ),
  };
}

function contractsIn(
  unit: SourceUnit,
): readonly (readonly [string, { readonly bases: readonly string[]; readonly stateVariables: readonly string[] }])[] {
  return unit.children.flatMap((child) => {
    if (child.type !== "ContractDefinition") return [];
    const { name, baseContracts, subNodes } = child;
    const bases = baseContracts.map((base) => base.baseName.namePath);
    const stateVariables = subNodes.flatMap((node) => {
      if (node.type !== "StateVariableDeclaration") return [];
      const { variables } = node as typeof node & { readonly variables: readonly { readonly name: string | null }[] };
      return variables.flatMap((variable) => variable.name ?? []);
    });
    return [[name, { bases, stateVariables }] as const];
  });
}

function isForeign(path: string, texts: readonly SourceText[]): boolean {
  if (KNOWN_PACKAGE.test(path)) return false;
  return !texts.some((text) => text.path !== null && baseOf(text.path) === baseOf(path));
}

/** The file name of a path, in lower case. */
export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).toLowerCase();
}
