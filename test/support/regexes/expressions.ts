import { parse } from "@babel/parser";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** A regular expression of a source file. */
export interface Expression {
  readonly line: number;
  readonly pattern: string;
  readonly flags: string;
}

/** A node of a parsed file, as Babel makes it. */
interface Syntax {
  readonly type: string;
  readonly loc?: { readonly start: { readonly line: number } };
  readonly [key: string]: unknown;
}

/** Stands for what only a run knows, such as a name from an answer. */
const UNKNOWN = "unknown";

/**
 * Every regular expression of a file: the literals, and each `new RegExp(…)` with its constants filled in. What only a run knows
 * is filled in as a word: it has to be escaped and short, which no reader of the source can see.
 */
export function expressionsIn(path: string): readonly Expression[] {
  const scope = scopeOf(path);
  const found: Expression[] = [];
  walk(scope.program, (node) => {
    const line = node.loc?.start.line ?? 0;
    if (node.type === "RegExpLiteral") {
      found.push({ line, pattern: String(node["pattern"]), flags: String(node["flags"]) });
    } else if (/^(?:New|Call)Expression$/.test(node.type) && (node["callee"] as Syntax)["name"] === "RegExp") {
      const [pattern, flags] = node["arguments"] as readonly Syntax[];
      if (pattern === undefined) throw new Error(`${path}:${line}: RegExp without a pattern`);
      found.push({
        line,
        pattern: textOf(pattern, scope, new Map()),
        flags: flags === undefined ? "" : textOf(flags, scope, new Map()).replace(UNKNOWN, ""),
      });
    }
  });
  return found;
}

interface Scope {
  readonly path: string;
  readonly program: Syntax;
}

const scopes = new Map<string, Scope>();

function scopeOf(path: string): Scope {
  const known = scopes.get(path);
  if (known !== undefined) return known;
  const { program } = parse(readFileSync(path, "utf8"), { sourceType: "module", plugins: ["typescript"] });
  const scope = { path, program: program as unknown as Syntax };
  scopes.set(path, scope);
  return scope;
}

function walk(node: Syntax, visit: (node: Syntax) => void): void {
  visit(node);
  for (const [key, value] of Object.entries(node)) {
    if (key === "loc") continue;
    for (const each of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (typeof each === "object" && each !== null && "type" in each) walk(each as Syntax, visit);
    }
  }
}

/** What an expression of the source comes to as text. */
function textOf(node: Syntax, scope: Scope, bound: ReadonlyMap<string, string>): string {
  switch (node.type) {
    case "StringLiteral":
      return String(node["value"]);
    case "RegExpLiteral":
      return String(node["pattern"]);
    case "TemplateLiteral":
      return templateText(node, "cooked", scope, bound);
    case "TaggedTemplateExpression":
      return templateText(node["quasi"] as Syntax, "raw", scope, bound);
    case "BinaryExpression":
      return textOf(node["left"] as Syntax, scope, bound) + textOf(node["right"] as Syntax, scope, bound);
    case "ArrayExpression":
      return (node["elements"] as readonly Syntax[]).map((each) => textOf(each, scope, bound)).join("|");
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return textOf(node["expression"] as Syntax, scope, bound);
    case "Identifier":
      return bound.get(String(node["name"])) ?? namedText(String(node["name"]), scope);
    case "MemberExpression":
      return (node["property"] as Syntax)["name"] === "source"
        ? textOf(node["object"] as Syntax, scope, bound)
        : UNKNOWN;
    case "CallExpression":
      return callText(node, scope, bound);
    default:
      return UNKNOWN;
  }
}

function templateText(node: Syntax, form: string, scope: Scope, bound: ReadonlyMap<string, string>): string {
  const texts = node["quasis"] as readonly { readonly value: Readonly<Record<string, string>> }[];
  const holes = node["expressions"] as readonly Syntax[];
  return texts
    .map(({ value }, at) => (value[form] ?? "") + (holes[at] ? textOf(holes[at], scope, bound) : ""))
    .join("");
}

/** `list.join("|")`, or a function of the file that returns text. */
function callText(node: Syntax, scope: Scope, bound: ReadonlyMap<string, string>): string {
  const callee = node["callee"] as Syntax;
  const given = node["arguments"] as readonly Syntax[];
  if (callee.type === "MemberExpression" && (callee["property"] as Syntax)["name"] === "join") {
    return textOf(callee["object"] as Syntax, scope, bound);
  }
  const made = (scope.program["body"] as readonly Syntax[]).find(
    ({ type, id }) => type === "FunctionDeclaration" && (id as Syntax)["name"] === callee["name"],
  );
  const returned = ((made?.["body"] as Syntax | undefined)?.["body"] as readonly Syntax[] | undefined)?.find(
    ({ type }) => type === "ReturnStatement",
  );
  if (made === undefined || returned === undefined) return UNKNOWN;
  const names = (made["params"] as readonly Syntax[]).map(({ name }) => String(name));
  const inner = new Map(names.map((name, at) => [name, given[at] ? textOf(given[at], scope, bound) : UNKNOWN]));
  return textOf(returned["argument"] as Syntax, scope, inner);
}

/** The text of a constant of this file, or of the file that it is imported from. */
function namedText(name: string, scope: Scope): string {
  for (const statement of scope.program["body"] as readonly Syntax[]) {
    const declaration =
      statement.type === "ExportNamedDeclaration" ? (statement["declaration"] as Syntax | null) : statement;
    if (declaration?.type === "VariableDeclaration") {
      for (const { id, init } of declaration["declarations"] as readonly {
        readonly id: Syntax;
        readonly init?: Syntax;
      }[]) {
        if (id["name"] === name && init) return textOf(init, scope, new Map());
      }
    }
    if (statement.type !== "ImportDeclaration") continue;
    const from = String((statement["source"] as Syntax)["value"]);
    const isHere = (statement["specifiers"] as readonly Syntax[]).some(
      ({ local }) => (local as Syntax)["name"] === name,
    );
    if (isHere && from.startsWith(".")) return namedText(name, scopeOf(resolve(scope.path, "..", from)));
  }
  return UNKNOWN;
}
