import { missingGlobal } from "./missing-globals.ts";
import { openSandbox, type Evaluated } from "./quickjs.ts";
import type { ScriptProgram, ScriptStatement } from "./script-program.ts";

/** Names that a criterion has as they were before the answer was run: the answer cannot change them. */
const ALWAYS_BOUND =
  "__holds __isTrue assert expect require Object Array JSON Math Reflect Number String Boolean Symbol BigInt parseInt parseFloat isNaN isFinite RegExp".split(
    " ",
  );
/** The same, unless the answer defines something of that name. */
const BOUND_UNLESS_DEFINED = "Error TypeError RangeError Map Set Promise Date".split(" ");
const TEST_CALL = /\b(?:test|it|describe)\s*\(\s*["'`]/;

/** An assertion as the body of an async function. */
interface Body {
  readonly source: string;
  /** It holds something that judges without a helper: a `throw`, a `return`. */
  readonly judgesItself: boolean;
  /** It calls a helper somewhere, or compares at its top. */
  readonly asserts: boolean;
  /** What it uses and the sandbox does not have. */
  readonly lacks: string | null;
}

/** Runs an assertion of the caller against a script: statements that must not throw, or an expression that must be true. */
export async function judgeScript(code: string, defined: ReadonlySet<string>, assertion: string): Promise<Evaluated> {
  const body = await bodyOf(assertion);
  if (body === null) return { ok: false, error: "is no JavaScript", isUnmade: true };
  const sandbox = await openSandbox();
  sandbox.harden();
  const loaded = sandbox.run(code);
  const names = [
    ...ALWAYS_BOUND,
    ...BOUND_UNLESS_DEFINED.filter((name) => !defined.has(name)),
    ...(TEST_CALL.test(assertion) ? ["test", "it", "describe"] : []),
  ];
  const outcome = sandbox.judge(`async (${names.join(", ")}) => {\n${body.source}\n}`, names);
  if (!outcome.ok) {
    if (body.lacks !== null && !defined.has(body.lacks.split(" ").at(-1) ?? ""))
      return { ok: false, error: body.lacks, isUnmade: true };
    return loaded.ok ? outcome : { ...outcome, error: `${outcome.error} (the code ${loaded.error})` };
  }
  if (outcome.encoded === "false") return { ok: false, error: "is false" };
  if (outcome.asserted > 0 || body.judgesItself) return outcome;
  const error = body.asserts ? "none of its assertions was reached" : "it asserts nothing";
  return { ok: false, error, isUnmade: true };
}

type SyntaxPart = Readonly<Record<string, unknown>> & { readonly type: string };

/** Each statement's promise is awaited; a comparison must be true, and so must a lone expression that calls no helper. */
async function bodyOf(assertion: string): Promise<Body | null> {
  const { parse } = await import("@babel/parser");
  let program: ScriptProgram;
  try {
    ({ program } = parse(assertion, { allowAwaitOutsideFunction: true, allowReturnOutsideFunction: true }));
  } catch {
    return null;
  }
  const { body } = program;
  const lacks = missingGlobal(program);
  const [only] = body;
  const calls = callsHelper(program);
  if (only?.type === "ExpressionStatement" && body.length === 1 && !calls) {
    const source = `return !!(await (${textOf(only.expression, assertion)}\n));`;
    return { source, judgesItself: true, asserts: true, lacks };
  }
  const compares = body.some((each) => each.type === "ExpressionStatement" && isBoolean(each.expression));
  let source = assertion;
  for (const [at, statement] of [...body.entries()].toReversed()) {
    if (statement.type !== "ExpressionStatement") continue;
    const { expression } = statement;
    const text = textOf(expression, assertion);
    const isLast = at === body.length - 1 && !calls && !compares;
    const helper = isBoolean(expression) ? "__holds" : isLast ? "__isTrue" : null;
    const awaited = `await (${text}\n)`;
    const judged = helper === null ? awaited : `${helper}(${awaited}, ${JSON.stringify(text.slice(0, 120))})`;
    source = `${source.slice(0, expression.start ?? 0)};${judged}${source.slice(expression.end ?? 0)}`;
  }
  const judgesItself = body.some((each) => each.type === "ReturnStatement") || holdsThrow(body);
  return { source, judgesItself, asserts: calls || compares, lacks };
}

function textOf(
  { start, end }: { readonly start?: number | null; readonly end?: number | null },
  text: string,
): string {
  return text.slice(start ?? 0, end ?? 0);
}

const COMPARES = /^(?:[=!]==?|[<>]=?|in|instanceof)$/;

/** An expression that can only be meant to be true: a comparison, a negation, or such things joined. */
function isBoolean(expression: unknown): boolean {
  const each = expression as SyntaxPart;
  if (each.type === "BinaryExpression") return COMPARES.test(String(each["operator"]));
  if (each.type === "UnaryExpression") return each["operator"] === "!";
  if (each.type === "AwaitExpression") return isBoolean(each["argument"]);
  if (each.type === "LogicalExpression") return isBoolean(each["right"]);
  return each.type === "BooleanLiteral";
}

function* nodesOf(root: unknown): Generator<SyntaxPart> {
  const open: unknown[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (Array.isArray(node)) open.push(...(node as readonly unknown[]));
    if (typeof node !== "object" || node === null || !("type" in node)) continue;
    yield node as SyntaxPart;
    for (const [key, value] of Object.entries(node))
      if (key !== "loc" && typeof value === "object" && value !== null) open.push(value);
  }
}

function callsHelper(program: ScriptProgram): boolean {
  for (const node of nodesOf(program.body)) {
    if (node.type === "ThrowStatement") return true;
    if (node.type === "Identifier" && /^(?:assert|expect|require)$/.test(String(node["name"]))) return true;
  }
  return false;
}

function holdsThrow(body: readonly ScriptStatement[]): boolean {
  for (const node of nodesOf(body)) if (node.type === "ThrowStatement") return true;
  return false;
}
