import type { ParserPlugin } from "@babel/parser";
import type { File, Node } from "@babel/types";

export type { Node } from "@babel/types";

export type Dialect = "javascript" | "jsx" | "typescript" | "tsx";

/** The tree of a script, or where it breaks. */
export type ParsedScript =
  | { readonly ok: true; readonly file: File; readonly dialect: Dialect }
  | { readonly ok: false; readonly message: string; readonly line: number };

const PLUGINS = {
  javascript: [],
  jsx: ["jsx"],
  typescript: ["typescript"],
  tsx: ["typescript", "jsx"],
} as const satisfies Record<Dialect, readonly ParserPlugin[]>;

/** Decorators and explicit resource management are what today's compilers take. */
const COMMON: readonly ParserPlugin[] = ["decorators-legacy", "decoratorAutoAccessors", "explicitResourceManagement"];

/** What a file may be read as: models tag JSX as JavaScript and TypeScript as either. The first error is the one to tell. */
const READINGS: Readonly<Record<Dialect, readonly Dialect[]>> = {
  javascript: ["javascript", "jsx"],
  jsx: ["jsx"],
  typescript: ["typescript", "tsx"],
  tsx: ["tsx"],
};

export async function parseScript(code: string, dialect: Dialect): Promise<ParsedScript> {
  const { parse } = await import("@babel/parser");
  let first: ParsedScript | null = null;
  for (const reading of READINGS[dialect]) {
    try {
      const file = parse(code, {
        sourceType: "unambiguous",
        allowAwaitOutsideFunction: true,
        allowReturnOutsideFunction: false,
        allowImportExportEverywhere: false,
        allowNewTargetOutsideFunction: false,
        plugins: [...COMMON, ...PLUGINS[reading]],
      });
      return { ok: true, file, dialect: reading };
    } catch (error) {
      first ??= problemOf(error);
    }
  }
  return first ?? { ok: false, message: "cannot be read", line: 1 };
}

/** Throws what is not a syntax error: the parser's own stack has limits. */
function problemOf(error: unknown): ParsedScript {
  const { loc, message } = error as { readonly loc?: { readonly line: number }; readonly message?: string };
  if (loc === undefined) throw error;
  return { ok: false, line: loc.line, message: (message ?? "").replace(/ \(\d+:\d+\)$/, "") };
}

/** The expression that a text is; `null` when it is none. Locations are kept. */
export async function parseExpression(code: string): Promise<Node | null> {
  const babel = await import("@babel/parser");
  try {
    return babel.parseExpression(code, { plugins: ["typescript"], sourceType: "module", allowAwaitOutsideFunction: true });
  } catch {
    return null;
  }
}

/** Every node below, parents first. */
export function* nodesOf(root: Node): Generator<Node> {
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    for (const [key, value] of Object.entries(node)) {
      if (key === "loc" || key === "extra" || key.endsWith("Comments")) continue;
      if (Array.isArray(value)) open.push(...(value as readonly unknown[]).filter(isNode));
      else if (isNode(value)) open.push(value);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

/** Names that a pattern binds. */
export function boundNames(pattern: Node): readonly string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((each) =>
        boundNames(each.type === "RestElement" ? each.argument : (each.value as Node)),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((each) => (each === null ? [] : boundNames(each)));
    case "AssignmentPattern":
      return boundNames(pattern.left);
    case "RestElement":
      return boundNames(pattern.argument);
    // Other nodes bind nothing.
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check
    default:
      return [];
  }
}
