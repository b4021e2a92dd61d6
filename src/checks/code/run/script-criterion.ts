import { openSandbox, type Evaluated } from "./quickjs.ts";

/** Names that a criterion has as they were before the answer was run, whatever the answer makes of them. */
const ALWAYS_BOUND =
  "assert expect require Object Array JSON Math Reflect Number String Boolean Symbol BigInt parseInt parseFloat isNaN isFinite RegExp".split(
    " ",
  );
/** The same, unless the answer defines something of that name. */
const BOUND_UNLESS_DEFINED = "Error TypeError RangeError Map Set Promise Date".split(" ");
const TEST_CALL = /\b(?:test|it|describe)\s*\(\s*["'`]/;

/** Runs an assertion of the caller against a script: statements that must not throw, or an expression that must be true. */
export async function judgeScript(code: string, defined: ReadonlySet<string>, assertion: string): Promise<Evaluated> {
  const source = await functionOf(assertion);
  if (source === null) return { ok: false, error: "is no JavaScript" };
  const sandbox = await openSandbox();
  sandbox.harden();
  const loaded = sandbox.run(code);
  const names = [
    ...ALWAYS_BOUND,
    ...BOUND_UNLESS_DEFINED.filter((name) => !defined.has(name)),
    ...(TEST_CALL.test(assertion) ? ["test", "it", "describe"] : []),
  ];
  const outcome = sandbox.judge(`async (${names.join(", ")}) => {\n${source}\n}`, names);
  if (!outcome.ok) return loaded.ok ? outcome : { ok: false, error: `${outcome.error} (the code ${loaded.error})` };
  return outcome.encoded === "false" ? { ok: false, error: "is false" } : outcome;
}

/** The body of an async function: each statement's promise is awaited, and a lone expression that is no call of a helper gives whether it is true. */
async function functionOf(assertion: string): Promise<string | null> {
  const { parse } = await import("@babel/parser");
  try {
    const { body } = parse(assertion, { allowAwaitOutsideFunction: true, allowReturnOutsideFunction: true }).program;
    const [only] = body;
    if (only?.type === "ExpressionStatement" && body.length === 1 && !isCallOfHelper(only.expression, assertion)) {
      return `return !!(await (${assertion.slice(only.expression.start ?? 0, only.expression.end ?? 0)}\n));`;
    }
    let source = assertion;
    for (const statement of body.toReversed()) {
      if (statement.type !== "ExpressionStatement") continue;
      const [start, end] = [statement.expression.start ?? 0, statement.expression.end ?? 0];
      source = `${source.slice(0, start)}await (${source.slice(start, end)}\n)${source.slice(end)}`;
    }
    return source;
  } catch {
    return null;
  }
}

/** A call that judges by throwing: `assert.equal(…)`, `expect(…).toBe(…)`, `test("…", …)`. */
function isCallOfHelper(expression: unknown, assertion: string): boolean {
  let each = expression as Readonly<Record<string, unknown>> | undefined;
  if (each?.["type"] !== "CallExpression" && each?.["type"] !== "AwaitExpression") return false;
  while (each !== undefined && each["type"] !== "Identifier") {
    each = (each["argument"] ?? each["callee"] ?? each["object"]) as Readonly<Record<string, unknown>> | undefined;
  }
  const name = String(each?.["name"]);
  return name === "assert" || name === "expect" || (/^(?:test|it|describe)$/.test(name) && TEST_CALL.test(assertion));
}
