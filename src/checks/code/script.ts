import { stripTypeScriptTypes } from "node:module";
import type { ParseResult } from "@babel/parser";
import type { CodeFile } from "../kit/answer/code-files.ts";
import { missingGlobal, missingModule } from "./missing-globals.ts";

/** Code made ready to run as one script, or why it cannot be run here. `broken`: it does not parse. */
export type Script =
  | {
      readonly kind: "script";
      readonly code: string;
      /** What some of it needs and the sandbox does not have: that it fails then says nothing. `null`: nothing. */
      readonly lacks: string | null;
    }
  | { readonly kind: "broken"; readonly problem: string }
  | { readonly kind: "not_runnable"; readonly reason: string };

export type Program = ParseResult["program"];

/** JavaScript and TypeScript files as one script: types gone, exports global, imports of each other resolved by order. */
export async function scriptOf(files: readonly CodeFile[]): Promise<Script> {
  const { parse } = await import("@babel/parser");
  const parts: string[] = [];
  const declared = new Set<string>();
  let lacks: string | null = null;
  for (const file of files) {
    const plain = file.language === "typescript" ? withoutTypes(file.content) : { code: file.content };
    if ("reason" in plain) return { kind: "not_runnable", reason: plain.reason };
    let program: Program;
    try {
      program = parse(plain.code, { sourceType: "unambiguous", allowReturnOutsideFunction: true }).program;
    } catch (error) {
      return { kind: "broken", problem: messageOf(error) };
    }
    const names = namesDeclared(program);
    // How it is called, or the same again in another way.
    if (parts.length > 0 && (isDemonstration(program) || names.some((name) => declared.has(name)))) continue;
    for (const name of names) declared.add(name);
    const reason = missingModule(program, files.length > 1);
    if (reason !== null) return { kind: "not_runnable", reason };
    lacks ??= missingGlobal(program);
    parts.push(asScript(plain.code, program.body));
  }
  return { kind: "script", code: parts.join("\n;\n"), lacks };
}

type Statement = Program["body"][number];

function declarationOf(statement: Statement): unknown {
  const isExport = statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration";
  return isExport ? statement.declaration : statement;
}

/** Functions, classes and constants of a file's top. */
function namesDeclared(program: Program): readonly string[] {
  return program.body.flatMap((statement) => {
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

/** Only calls what others define: no function, no class, no export. */
function isDemonstration(program: Program): boolean {
  return program.body.every((statement) => {
    if (statement.type === "VariableDeclaration")
      return statement.declarations.every(({ init }) => !/Function|Class/.test(init?.type ?? ""));
    if (statement.type === "ExpressionStatement" && statement.expression.type === "AssignmentExpression") return false;
    return /^(?:ImportDeclaration|ExpressionStatement|ForOfStatement|ForStatement|TryStatement|IfStatement|BlockStatement|EmptyStatement)$/.test(
      statement.type,
    );
  });
}

function withoutTypes(code: string): { readonly code: string } | { readonly reason: string } {
  let problem = "";
  // Enums and the like have no place in the first mode; the second one is not in every runtime.
  for (const mode of ["strip", "transform"] as const) {
    try {
      return { code: stripTypeScriptTypes(code, { mode }) };
    } catch (error) {
      problem = messageOf(error);
    }
  }
  return { reason: `its types cannot be taken out: ${problem}` };
}

/** The same code, line for line, without its imports and with its exports as plain declarations. */
function asScript(code: string, statements: Program["body"]): string {
  let script = code;
  for (const statement of statements.toReversed()) {
    const [start, end] = [statement.start ?? 0, statement.end ?? 0];
    if (statement.type === "ImportDeclaration" || statement.type === "ExportAllDeclaration") {
      script = replaced(script, start, end, "");
    } else if (statement.type === "ExportNamedDeclaration") {
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
