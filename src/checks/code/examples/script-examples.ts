import { BEFORE_OF_ANOTHER, canonicalCall } from "./calls.ts";
import { MOST_EXAMPLES, NOT_WANTED, PLAIN, type PromptExample } from "./example.ts";
import { literalOutcome, outcomeAfter, type ExampleOutcome } from "./outcome.ts";

/** A declaration, or a call for its effect alone. */
const SETUP =
  /^(?:(?:const|let|var)\s+[\w${[]|[\w$]+(?:\.[\w$]+)+\(.*\);?$|[\w$]+\s*=\s*new\s|\[.*\]\.forEach\(|for\s?\(|[\w$]+(?:\.[\w$]+|\[[^\]]{1,40}\])+\s*(?:[-+*]?=)(?!=).*;?$)/;
const ASSERT = /^assert\.(?:equal|strictEqual|deepEqual|deepStrictEqual)\((.*)\);?$/;
const EXPECT = /^expect\((.*)\)\.(?:toBe|toEqual|toStrictEqual)\(/;
const MOST_CLOSINGS = 30;

/**
 * Examples whose call is any JavaScript expression: `new Stack().size() // 0`, `uniqueBy(list, (x) => x) // => []`, assertions, and
 * scenarios of statements of which some show what they come to.
 */
export async function scriptExamples(lines: readonly string[]): Promise<readonly PromptExample[]> {
  const { parse, parseExpression } = await import("@babel/parser");
  const isStatement = (text: string): boolean => succeeds(() => parse(text).program.body.length === 1);
  const rootOf = (text: string): string | null => {
    let root: string | null = null;
    succeeds(() => {
      root = rootName(parseExpression(text, { allowAwaitOutsideFunction: true }));
      return true;
    });
    return root;
  };
  const found: PromptExample[] = [];
  let scenario = new Scenario();
  for (const whole of lines) {
    const line = whole
      .trim()
      .replace(/^(?:[-*•]|\d+[.)])\s+/, "")
      .replaceAll("`", " ")
      .trim();
    if (found.length >= MOST_EXAMPLES) break;
    if (/^(?:```|~~~)/.test(whole.trim())) scenario = new Scenario();
    if (NOT_WANTED.test(line)) continue;
    const assertion = fromAssertion(line, rootOf);
    const examples = assertion === null ? fromStarts(line, rootOf) : [assertion];
    if (examples.length > 0) found.push(...examples.map((example) => scenario.completed(example)));
    else if (SETUP.test(line) && isStatement(line)) scenario.add(line);
  }
  return found;
}

/** What the statements of a block have made so far, each of which the next example needs. */
class Scenario {
  #setup: string[] = [];
  /** The class or function that each variable was made with; "" for the last of them. */
  readonly #makers = new Map<string, string>();

  add(statement: string): void {
    this.#setup.push(statement.replace(/^(?:const|let)\b/, "var"));
    const made = /^(?:const|let|var)\s+([\w$]+)\s*=\s*(?:await\s+)?(?:new\s+)?([A-Za-z_$][\w$]*)\(/.exec(statement);
    if (made === null) return;
    this.#makers.set(made[1] ?? "", made[2] ?? "").set("", made[2] ?? "");
  }

  /** The example with the statements before it; it is about what its object was made with. */
  completed(example: PromptExample): PromptExample {
    const setup = this.#setup;
    this.#setup = [];
    const isOwn =
      setup.some((statement) => statement.startsWith(`var ${example.name} `)) || this.#makers.has(example.name);
    const name = this.#makers.get(example.name) ?? (isOwn ? this.#makers.get("") : undefined) ?? example.name;
    return { ...example, setup, name };
  }
}

const START = /(?<![^\s(;,])(?:\[\.\.\.|await\s)?(?:new\s)?[A-Za-z_$][\w$.]*\(/g;
const MOST_STARTS = 8;

/** Examples that begin the line, or stand within a sentence. */
function fromStarts(line: string, rootOf: RootOf): readonly PromptExample[] {
  const starts = [...line.matchAll(START)].slice(0, MOST_STARTS).map(({ index }) => index);
  const found = [0, ...starts.filter((at) => at > 0 && !BEFORE_OF_ANOTHER.test(line.slice(0, at).trimEnd()))].flatMap(
    (at) => fromLine(line.slice(at), rootOf) ?? [],
  );
  return [...new Map(found.map((example) => [example.call, example])).values()];
}

type RootOf = (text: string) => string | null;

function fromAssertion(line: string, rootOf: RootOf): PromptExample | null {
  const expects = EXPECT.exec(line);
  const end = line.endsWith(");") ? -2 : -1;
  if (expects !== null && line.at(end) === ")") {
    return made(expects[1] ?? "", literalOutcome(line.slice(expects[0].length, end), 0), rootOf);
  }
  const [, pair] = ASSERT.exec(line) ?? [];
  if (pair === undefined) return null;
  for (const { index } of [...pair.matchAll(/,/g)].slice(0, MOST_CLOSINGS)) {
    const example = made(pair.slice(0, index), literalOutcome(pair, index + 1), rootOf);
    if (example !== null) return example;
  }
  return null;
}

const CALL_END = /\)(?:\](?=\s))?(?:(?:\.[A-Za-z_$][\w$]*)+(?![\w$(]))?/g;

/** The call ends with one of its closing brackets, or is a property: each end is tried, the nearest first. */
function fromLine(line: string, rootOf: RootOf): PromptExample | null {
  if (!/^(?:[\w$(]|\[\.\.\.)/.test(line)) return null;
  const property = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*|\[[^\][\n]{1,20}\]){1,6}(?=\s*(?:;\s*)?\/\/)/.exec(line);
  if (property !== null) return made(property[0], outcomeAfter(line.slice(property[0].length)), rootOf);
  for (const match of [...line.matchAll(CALL_END)].slice(0, MOST_CLOSINGS)) {
    const end = match.index + match[0].length;
    const call = /^console\.log\((.*)\)$/.exec(line.slice(0, end))?.[1] ?? line.slice(0, end);
    const example = made(call, outcomeAfter(line.slice(end)), rootOf);
    if (example !== null) return example;
  }
  return null;
}

function made(call: string, outcome: ExampleOutcome | null, rootOf: RootOf): PromptExample | null {
  if (outcome === null) return null;
  // A promise is awaited anyway.
  const bare = call.trim().replace(/^await\s+/, "");
  const name = rootOf(bare);
  if (name === null) return null;
  const { expected, anyOrder, isFormula } = outcome;
  return { ...PLAIN, call: canonicalCall(bare, "javascript"), name, expected, anyOrder, isFormula };
}

const BUILT_IN = /^(?:console|Math|Number|Object|Array|JSON|String|process|document|window|Promise|Date|print)$/;

/** The name that a call or a member begins with; `null` for every other expression, and for what is built in. */
function rootName(node: unknown): string | null {
  let each = node as Readonly<Record<string, unknown>> & { readonly type?: string };
  let isUse = false;
  for (let depth = 0; depth < MOST_CLOSINGS; depth += 1) {
    switch (each.type ?? "") {
      case "Identifier":
        return isUse && !BUILT_IN.test(String(each["name"])) ? String(each["name"]) : null;
      case "CallExpression":
      case "NewExpression":
        [isUse, each] = [true, each["callee"] as typeof each];
        break;
      case "MemberExpression":
        [isUse, each] = [true, each["object"] as typeof each];
        break;
      case "ArrayExpression": {
        const [only, more] = each["elements"] as readonly (typeof each | null)[];
        if (more !== undefined || only?.type !== "SpreadElement") return null;
        each = only["argument"] as typeof each;
        break;
      }
      default:
        return null;
    }
  }
  return null;
}

function succeeds(work: () => boolean): boolean {
  try {
    return work();
  } catch {
    return false;
  }
}
