import { stripTypeScriptTypes } from "node:module";
import type { CodeBlock } from "../read/blocks.ts";
import { missingGlobal, missingModule } from "./missing-globals.ts";
import type { ScriptProgram, ScriptStatement } from "./script-program.ts";

/** JavaScript or TypeScript of an answer, read. */
export interface ScriptBlock {
  readonly block: CodeBlock;
  /** As a script: types gone, exports global. */
  readonly code: string;
  /** What it defines at its top. */
  readonly names: readonly string[];
  /** Calls what others define, and defines no function, class or export itself. */
  readonly isDemonstration: boolean;
  /** A module that it loads and the sandbox does not have; `null`: none. */
  readonly missingModule: string | null;
  /** What some of it needs and the sandbox does not have: that it fails then says nothing. `null`: nothing. */
  readonly lacks: string | null;
}

/** What is no plain JavaScript or TypeScript, but parses with more than the sandbox runs; `null`: it does not parse either. */
export async function beyondScript({ content, language }: CodeBlock): Promise<string | null> {
  if (language === "jsx" || language === "tsx") return "it is a component";
  const { parse } = await import("@babel/parser");
  for (const plugins of [["jsx"], ["typescript", "decorators"], ["typescript", "jsx", "decorators"]] as const) {
    try {
      parse(content, { sourceType: "unambiguous", allowReturnOutsideFunction: true, plugins: [...plugins] });
      return "it holds JSX, decorators or types that cannot be taken out";
    } catch {
      // The next ones, or none.
    }
  }
  return null;
}

/** Its export has no name that a criterion could call. */
export function hasNamelessExport(code: string): boolean {
  return /\b(?:var __default|module\.exports) = (?:async\s*)?(?:function\s*(?:\*\s*)?\(|class\s*(?:extends\b[^{]{0,200})?\{|\(|\w+\s*=>)/.test(
    code,
  );
}

/** Reads a block; `null`: it does not parse, or its types cannot be taken out. */
export async function readScript(block: CodeBlock, severalFiles: boolean): Promise<ScriptBlock | null> {
  const { parse } = await import("@babel/parser");
  const plain = block.language === "typescript" ? withoutTypes(block.content) : block.content;
  if (plain === null) return null;
  try {
    const { program } = parse(plain, { sourceType: "unambiguous", allowReturnOutsideFunction: true });
    return {
      block,
      code: asScript(plain, program.body),
      names: namesDeclared(program),
      isDemonstration: isDemonstration(program),
      missingModule: missingModule(program, severalFiles),
      lacks: missingGlobal(program, namesDeclared(program)),
    };
  } catch {
    return null;
  }
}

/**
 * Blocks as one script, in their order. Those that define what is wanted are in it; of the others those that only show how it is
 * called are not, nor those that define a name again or load what is not there.
 */
export function joined(blocks: readonly ScriptBlock[], wanted: ReadonlySet<string>): string {
  const isCarrier = ({ names }: ScriptBlock): boolean => names.some((name) => wanted.has(name));
  const taken = new Set(blocks.filter(isCarrier).flatMap(({ names }) => names));
  const parts = blocks.filter((each) => {
    if (isCarrier(each) || blocks.length === 1) return true;
    if (each.isDemonstration || each.missingModule !== null || each.names.some((name) => taken.has(name))) return false;
    for (const name of each.names) taken.add(name);
    return true;
  });
  return parts.map(({ code }) => code).join("\n;\n");
}

function declarationOf(statement: ScriptStatement): unknown {
  const isExport = statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration";
  return isExport ? statement.declaration : statement;
}

/** Functions, classes and constants of a file's top. */
function namesDeclared(program: ScriptProgram): readonly string[] {
  return program.body.flatMap((statement) => {
    if (statement.type === "ExportNamedDeclaration" && statement.declaration == null)
      return statement.source == null ? exportedAs(statement).map(([, exported]) => exported) : [];
    const each = declarationOf(statement) as {
      type?: string;
      id?: { name?: string } | null;
      declarations?: unknown;
    } | null;
    if (each?.type === "FunctionDeclaration" || each?.type === "ClassDeclaration") return each.id?.name ?? [];
    if (each?.type !== "VariableDeclaration") return [];
    return (each.declarations as readonly { readonly id: { readonly name?: string } }[]).flatMap(
      ({ id }) => id.name ?? [],
    );
  });
}

/** `export { a as b }`: what is exported under another name. */
function exportedAs(
  statement: Extract<ScriptStatement, { type: "ExportNamedDeclaration" }>,
): readonly (readonly [local: string, exported: string])[] {
  return statement.specifiers.flatMap((each) => {
    if (each.type !== "ExportSpecifier" || each.exported.type !== "Identifier") return [];
    const [local, exported] = [each.local.name, each.exported.name];
    return local === exported || exported === "default" ? [] : [[local, exported] as const];
  });
}

/** Only calls what others define: no function, no class, no export. */
function isDemonstration(program: ScriptProgram): boolean {
  return program.body.every((statement) => {
    if (statement.type === "VariableDeclaration")
      return statement.declarations.every(({ init }) => !/Function|Class/.test(init?.type ?? ""));
    if (statement.type === "ExpressionStatement" && statement.expression.type === "AssignmentExpression") return false;
    return /^(?:ImportDeclaration|ExpressionStatement|ForOfStatement|ForStatement|TryStatement|IfStatement|BlockStatement|EmptyStatement)$/.test(
      statement.type,
    );
  });
}

function withoutTypes(code: string): string | null {
  // Enums and the like have no place in the first mode; the second one is not in every runtime.
  for (const mode of ["strip", "transform"] as const) {
    try {
      return stripTypeScriptTypes(code, { mode });
    } catch {
      // The next mode, or none.
    }
  }
  return null;
}

/** The same code, line for line, without its imports and with its exports as plain declarations. */
function asScript(code: string, statements: ScriptProgram["body"]): string {
  let script = code;
  for (const statement of statements.toReversed()) {
    const [start, end] = [statement.start ?? 0, statement.end ?? 0];
    if (statement.type === "ImportDeclaration" || statement.type === "ExportAllDeclaration") {
      script = replaced(script, start, end, "");
    } else if (statement.type === "ExportNamedDeclaration") {
      if (statement.source == null)
        for (const [local, exported] of exportedAs(statement)) script += `\n;globalThis.${exported} ??= ${local};`;
      script = replaced(script, start, statement.declaration?.start ?? end, "");
    } else if (statement.type === "ExportDefaultDeclaration") {
      const { declaration } = statement;
      const named = "id" in declaration && declaration.id != null;
      script = replaced(script, start, declaration.start ?? end, named ? "" : "var __default = ");
    }
  }
  return script;
}

/** Line breaks stay, so that a line in an error is a line of the answer. */
function replaced(code: string, start: number, end: number, by: string): string {
  return code.slice(0, start) + by + code.slice(start, end).replace(/[^\n]/g, "") + code.slice(end);
}
