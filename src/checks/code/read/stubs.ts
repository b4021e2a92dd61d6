import type { CodeBlock } from "./blocks.ts";
import { isScript } from "./blocks.ts";

/** The functions at the top of an answer's code, with whether each has nothing in it. */
export interface TopFunction {
  readonly name: string;
  readonly isStub: boolean;
}

/** Functions that code defines at its top; `null` where there are classes, whose empty methods can be meant, or no parser here. */
export async function topFunctionsOf(block: CodeBlock): Promise<readonly TopFunction[] | null> {
  if (block.language === "python") return pythonFunctions(block.content);
  return isScript(block) ? scriptFunctions(block) : null;
}

const EMPTY_PYTHON = /^(?:PassStatement|pass|ExpressionStatement|RaiseStatement|Comment|:|;)$/;

async function pythonFunctions(code: string): Promise<readonly TopFunction[] | null> {
  const { parser } = await import("@lezer/python");
  const found: TopFunction[] = [];
  for (let node = parser.parse(code).topNode.firstChild; node !== null; node = node.nextSibling) {
    // A decorator may give a function its meaning.
    if (node.name === "ClassDefinition" || node.name === "DecoratedStatement") return null;
    if (node.name !== "FunctionDefinition") continue;
    const body = node.getChild("Body");
    const statements: string[] = [];
    let isEmpty = body !== null;
    for (let each = body?.firstChild ?? null; each !== null; each = each.nextSibling) {
      const text = code.slice(each.from, each.to);
      if (!EMPTY_PYTHON.test(each.name) || each.type.isError) isEmpty = false;
      if (each.name === "ExpressionStatement" && !/^(?:\.\.\.|[rRuU]?(?:"|'))/.test(text)) isEmpty = false;
      if (each.name === "RaiseStatement" && !/^raise NotImplementedError\b/.test(text)) isEmpty = false;
      if (each.name !== ":" && each.name !== "Comment" && !/^[rRuU]?["']/.test(text)) statements.push(text);
    }
    const name = node.getChild("VariableName");
    found.push({ name: name === null ? "" : code.slice(name.from, name.to), isStub: isEmpty && statements.length > 0 });
  }
  return found;
}

interface Node extends Readonly<Record<string, unknown>> {
  readonly type: string;
}

async function scriptFunctions({ content, language }: CodeBlock): Promise<readonly TopFunction[] | null> {
  const { parse } = await import("@babel/parser");
  const plugins = language === "javascript" ? (["jsx"] as const) : (["typescript"] as const);
  try {
    const { body } = parse(content, {
      sourceType: "unambiguous",
      plugins: [...plugins],
      allowReturnOutsideFunction: true,
    }).program;
    const found: TopFunction[] = [];
    for (const statement of body) {
      const each = ("declaration" in statement && statement.declaration != null
        ? statement.declaration
        : statement) as unknown as Node;
      if (each.type === "ClassDeclaration") return null;
      if (each.type === "FunctionDeclaration") found.push({ name: nameOf(each["id"]), isStub: isStub(each) });
      if (each.type !== "VariableDeclaration") continue;
      for (const declarator of each["declarations"] as readonly Node[]) {
        const init = declarator["init"] as Node | null;
        if (init?.type === "ArrowFunctionExpression" || init?.type === "FunctionExpression")
          found.push({ name: nameOf(declarator["id"]), isStub: isStub(init) });
      }
    }
    return found;
  } catch {
    return null;
  }
}

function nameOf(id: unknown): string {
  const name = (id as { readonly name?: unknown } | null)?.name;
  return typeof name === "string" ? name : "";
}

/** Nothing but comments, or an error that says so. */
function isStub(node: Node): boolean {
  const body = node["body"] as Node;
  if (body.type !== "BlockStatement") return false;
  const [first, ...others] = body["body"] as readonly Node[];
  // An empty function can be meant; one that holds a note in place of its code is not finished.
  if (first === undefined) return Array.isArray(body["innerComments"]) && body["innerComments"].length > 0;
  if (first.type !== "ThrowStatement" || others.length > 0) return false;
  const thrown = first["argument"] as Node;
  const [message] = (thrown["arguments"] ?? []) as readonly { readonly value?: unknown }[];
  return (
    typeof message?.value === "string" && /\b(?:not (?:yet )?implemented|unimplemented|todo)\b/i.test(message.value)
  );
}
