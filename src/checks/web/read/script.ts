/** A node of the script parser's tree, by the fields that every node has. */
export interface ScriptNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly loc?: { readonly start: { readonly line: number } };
  readonly [field: string]: unknown;
}

/** A comment of any of the languages, without its marks. */
export interface Comment {
  readonly line: number;
  readonly text: string;
}

export type ParsedScript =
  | { readonly ok: true; readonly program: ScriptNode; readonly comments: readonly Comment[] }
  | { readonly ok: false; readonly line: number; readonly problem: string };

export interface ScriptOptions {
  readonly jsx: boolean;
  readonly typescript: boolean;
}

/** Loads the script parser and gives the function that uses it. Nothing is run. */
export async function loadScriptParser(): Promise<(code: string, options: ScriptOptions) => ParsedScript> {
  const { parse } = await import("@babel/parser");
  return (code, { jsx, typescript }) => {
    try {
      const file = parse(code, {
        sourceType: "unambiguous",
        allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: true,
        allowUndeclaredExports: true,
        plugins: [
          ...(jsx ? (["jsx"] as const) : []),
          ...(typescript ? (["typescript"] as const) : []),
          "decorators-legacy",
        ],
      });
      const comments = (file.comments ?? []).map(({ value, loc }) => ({ line: loc?.start.line ?? 1, text: value }));
      return { ok: true, program: file.program as unknown as ScriptNode, comments };
    } catch (error) {
      const line = (error as { readonly loc?: { readonly line?: number } }).loc?.line ?? 1;
      const problem = error instanceof Error ? error.message.replace(/ \(\d+:\d+\)$/, "").split("\n", 1)[0] : null;
      return { ok: false, line, problem: problem ?? "it does not parse" };
    }
  };
}

export function isNode(value: unknown): value is ScriptNode {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

const NOT_CHILDREN = new Set(["loc", "extra", "leadingComments", "trailingComments", "innerComments", "errors"]);

/** The nodes right below a node, in source order. */
export function nodesIn(node: ScriptNode): readonly ScriptNode[] {
  return Object.entries(node)
    .filter(([field]) => !NOT_CHILDREN.has(field))
    .flatMap(([, value]) => (Array.isArray(value) ? (value as readonly unknown[]) : [value]))
    .filter(isNode);
}

/** The node and everything in it, in no particular order, without recursion. */
export function* nodesWithin(root: ScriptNode): Generator<ScriptNode> {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    for (const child of nodesIn(node)) open.push(child);
  }
}
