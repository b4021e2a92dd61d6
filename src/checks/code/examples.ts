import type { CodeCriterion } from "../kit/criterion.ts";
import { NOT_WANTED, type Example } from "./example.ts";
import { toldExamples } from "./prompt-examples.ts";

const MOST_EXAMPLES = 60;
const MOST_LINE_CHARS = 600;

/** Between a call and what it comes to. */
const ARROWS =
  /\s*(?:\/\/\s*(?:=>|->|→|returns?|should (?:return|be)|==?=?|#)?\s*:?|=>|->|→|===?|⇒|should (?:return|be|equal)|returns?|evaluates to|equals|is|gives|=|#\s*(?:=>|->)?)\s*/;

/**
 * The examples that a prompt gives of a function in JavaScript: `f(1) // 2`, "`f(1)` returns `2`", assertions, `expect(…)`,
 * a session with `>`, and "Input: … Output: …". What cannot be read with certainty is left out.
 */
export async function examplesIn(prompt: string): Promise<readonly Example[]> {
  const { parse: parseProgram, parseExpression } = await import("@babel/parser");
  const parses = (text: string): { readonly type: string } | null => {
    try {
      return parseExpression(text, { allowAwaitOutsideFunction: true });
    } catch {
      return null;
    }
  };
  const isCall = (text: string): boolean => {
    const type = parses(text.replace(SPREAD, "$1"))?.type;
    return type === "CallExpression" || type === "MemberExpression" || type === "AwaitExpression";
  };
  const value = (text: string): string | null => valueAt(text, (each) => isValue(parses(each)));
  const isStatement = (text: string): boolean => {
    try {
      return parseProgram(text).program.body.length === 1;
    } catch {
      return false;
    }
  };
  const found: Example[] = [];
  let setup: string[] = [];
  const lines = prompt.split("\n").map((line) => line.trim().slice(0, MOST_LINE_CHARS));
  for (const [index, line] of lines.entries()) {
    if (found.length >= MOST_EXAMPLES) break;
    // What the code does today, in a report of a bug, is not what it should do.
    if (NOT_WANTED.test(line) || NOT_WANTED.test(headingOf(lines, index))) continue;
    if (/^(?:```|~~~)/.test(line)) setup = [];
    const example =
      fromAssertion(line, isCall, value) ??
      fromLine(line, isCall, value) ??
      fromSession(line, lines[index + 1], isCall, value) ??
      fromTableRow(line, isCall, value) ??
      fromWithin(line, isCall, value);
    if (example === null) {
      if (SETUP.test(line) && isStatement(line)) setup.push(line.replace(/^(?:const|let)\b/, "var"));
    } else if (!CHANCE.test(example.call)) {
      found.push(setup.length > 0 ? { ...example, setup } : example);
      setup = [];
      // "f(1) gives 2; g(2) gives 1"
      const others = line
        .split(FURTHER)
        .slice(1)
        .map((part) => fromLine(part, isCall, value));
      for (const other of others)
        if (other !== null && other.call !== example.call && !CHANCE.test(other.call)) found.push(other);
    }
  }
  found.push(...fromInputOutput(prompt, value), ...toldExamples(prompt, value));
  return agreed(found, prompt).slice(0, MOST_EXAMPLES);
}

/** A declaration, or a call for its effect alone. */
const SETUP =
  /^(?:(?:const|let|var)\s+[\w${[]|[\w$]+(?:\.[\w$]+)+\(.*\);?$|[\w$]+\s*=\s*new\s|\[.*\]\.forEach\(|for\s?\(|[\w$]+(?:\.[\w$]+|\[[^\]]{1,40}\])+\s*(?:[-+*]?=)(?!=).*;?$)/;
/** What a generator gives, spread out. */
const SPREAD = /^\[\.\.\.(.*)\]$/;
/** Where a line goes on to another call. */
const FURTHER = /(?:[;,.]|\s(?:and|but|while))\s+(?:and\s+)?(?=`?(?:await |\[\.\.\.)?[A-Za-z_$][\w$.]*\()/;
/** Nobody knows what these come to. */
const CHANCE = /random|shuffle|uuid|sample\b|Date\.now|pick/i;

/** The line that stands over a block of lines, if it ends as a heading does. */
function headingOf(lines: readonly string[], index: number): string {
  for (let at = index - 1; at >= Math.max(0, index - 6); at -= 1) {
    const line = lines[at] ?? "";
    if (/:\**$/.test(line) && !line.includes("(")) return line;
    if (line !== "" && !/^(?:```|~~~)/.test(line) && !line.includes("(")) return "";
  }
  return "";
}

/** Of a call that is said to come to two things, in a prompt that speaks of a defect, neither can be relied on. */
function agreed(found: readonly Example[], prompt: string): readonly Example[] {
  if (!/\b(?:fix|bug|broken|wrong|incorrect)\b/i.test(prompt)) return found;
  return found.filter((each) => found.every((other) => other.call !== each.call || other.expected === each.expected));
}

/** `| f(1) | 2 |` */
function fromTableRow(line: string, isCall: IsCall, value: Value): Example | null {
  if (!line.startsWith("|")) return null;
  const [call = "", expected = ""] = line
    .split("|")
    .slice(1)
    .map((cell) => cell.replaceAll("`", "").trim());
  return made(call, expected, isCall, value);
}

/** "For example, slugify("A b") should return "a-b"": a call in the middle of a sentence. */
function fromWithin(line: string, isCall: IsCall, value: Value): Example | null {
  for (const match of [...line.matchAll(/[`\s(][`]?((?:await |\[\.\.\.)?[A-Za-z_$][\w$.]*\()/g)].slice(0, 6)) {
    const at = match.index + match[0].length - (match[1] ?? "").length;
    const example = fromLine(line.slice(at), isCall, value);
    if (example !== null) return example;
  }
  return null;
}

/** The caller's own examples as expressions. */
export function exampleOf(test: Extract<CodeCriterion, { kind: "call" }>): Example {
  return { call: test.call, expected: JSON.stringify(test.equals) ?? "undefined" };
}

type IsCall = (text: string) => boolean;
type Value = (text: string) => string | null;

function fromAssertion(line: string, isCall: IsCall, value: Value): Example | null {
  const pair =
    /^assert\.(?:equal|strictEqual|deepEqual|deepStrictEqual)\((.*)\);?$/.exec(line)?.[1] ??
    /^expect\((.*)\)\.(?:toBe|toEqual|toStrictEqual)\((.*)\);?$/.exec(line)?.slice(1).join(" , ") ??
    /^(?:console\.)?assert\((.*)\);?$/.exec(line)?.[1]?.replace(/\s*===?\s*(?=[^=]*$)/, " , ");
  if (pair === undefined) return null;
  return (
    splitAtCommas(pair)
      .map(([call, rest]) => made(call, rest, isCall, value))
      .find((each) => each !== null) ?? null
  );
}

function fromLine(line: string, isCall: IsCall, value: Value): Example | null {
  const plain = line
    .replace(/^(?:[-*•>]|\d+[.)])\s+/, "")
    .replace(/^(?:example|e\.g\.|for example)[\s\d:,]*/i, "")
    .replace(/`/g, " ")
    .trim();
  if (!/^(?:[\w$(]|\[\.\.\.)|^await /.test(plain)) return null;
  const closing = plain.startsWith("[...") ? "]" : "";
  // A property of what the lines before it made.
  const property =
    /^([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*|\[[^\][\n]{1,20}\]){1,6})\s*;?\s*\/\/\s*(?:=>|->|→|===?)?\s*(\S.*)$/.exec(
      plain,
    );
  if (property !== null && !/^(?:Math|Number|console)\./.test(plain))
    return made(property[1] ?? "", property[2] ?? "", isCall, value);
  const open = plain.indexOf("(");
  if (open === -1) return null;
  // The call ends with one of its closing brackets: each is tried, the nearest first.
  for (let at = plain.indexOf(")", open); at !== -1; at = plain.indexOf(")", at + 1)) {
    if (!plain.startsWith(closing, at + 1)) continue;
    const end = at + 1 + closing.length;
    const call = plain.slice(0, end);
    const rest = plain.slice(end).replace(/^\s*;/, "");
    if (/^\s*`?\s*(?:\/\/|#|->|=>|→)?\s*(?:should |must )?throws?\b/i.test(rest) && isCall(call)) {
      return { call: call.replace(/^await\s+/, ""), expected: null };
    }
    const arrow = ARROWS.exec(rest);
    if (arrow?.index !== 0 || arrow[0].trim() === "") continue;
    const printedCall = /^console\.log\((.*)\)$/.exec(call)?.[1] ?? call;
    const example = made(printedCall, rest.slice(arrow[0].length), isCall, value);
    if (example !== null) return example;
  }
  return null;
}

function fromSession(line: string, next: string | undefined, isCall: IsCall, value: Value): Example | null {
  const call = /^>{1,3}\s*(.*?);?$/.exec(line)?.[1];
  if (call === undefined || next === undefined || next.startsWith(">")) return null;
  return made(call, next, isCall, value);
}

const SIGNATURE =
  /\b([A-Za-z_$][\w$]*)\(([A-Za-z_$][\w$]*(?:\s*:[^,()]{1,60})?(?:\s*,\s*[A-Za-z_$][\w$]*(?:\s*:[^,()]{1,60})?){0,7})\)/g;
const INPUT_OUTPUT = /\binput:?\**:?\s*`?([^\n]{1,400}?)`?\s*\n+\s*\**output:?\**:?\s*`?([^\n`]{1,400})/gi;

/** "Input: nums = [2,7], target = 9" above "Output: [0,1]", where the prompt also shows `twoSum(nums, target)`. */
function fromInputOutput(prompt: string, value: Value): readonly Example[] {
  const signatures = [...prompt.slice(0, 20_000).matchAll(SIGNATURE)].slice(0, 20).map(([, name = "", list = ""]) => ({
    name,
    parameters: list.split(",").map((each) => each.replace(/:.*/, "").trim()),
  }));
  return [...prompt.matchAll(INPUT_OUTPUT)].flatMap(([, input = "", output = ""]) => {
    const expected = value(output);
    if (expected === null) return [];
    for (const { name, parameters } of signatures) {
      const values = parameters.map((parameter) => {
        const after = new RegExp(`(?:^|[,\\s])${parameter.replace(/\$/g, "\\$")}\\s*=\\s*`).exec(input);
        return after === null ? null : value(input.slice(after.index + after[0].length));
      });
      if (values.every((each) => each !== null)) return [{ call: `${name}(${values.join(", ")})`, expected }];
    }
    const [only] = signatures;
    const single = only?.parameters.length === 1 ? value(input) : null;
    return single === null ? [] : [{ call: `${only?.name}(${single})`, expected }];
  });
}

function made(call: string, rest: string, isCall: IsCall, value: Value): Example | null {
  // A promise is awaited anyway.
  const bare = call.trim().replace(/^await\s+/, "");
  if (bare.startsWith("console.") || !isCall(bare)) return null;
  const expected = value(rest);
  return expected === null ? null : { call: bare, expected };
}

/** The longest beginning of a text that is a value; what follows must read as a remark. */
function valueAt(text: string, isValue: (text: string) => boolean): string | null {
  const trimmed = text.trim().replace(/[;,]$/, "");
  const ends = [trimmed.length];
  for (const match of trimmed.matchAll(/\s*(?:\/\/|\(|—|–| - |,|\.(?:\s|$)|;|\bbecause\b|\bsince\b|\band\b|\bas\b)/g))
    ends.push(match.index);
  for (const end of [...new Set(ends)].sort((a, b) => b - a)) {
    const candidate = trimmed.slice(0, end).trim();
    // "1, 2, 3" is no 1 with a remark: it is several values, and nobody knows how they are held.
    if (/^\s*,\s*(?:["'`\d[{-]|true\b|false\b|null\b|[A-Z]\w*\s*(?:,|$))/.test(trimmed.slice(end))) continue;
    if (candidate !== "" && isValue(candidate)) return candidate;
  }
  return null;
}

/** A literal, or made of literals alone. */
function isValue(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  const { type, ...rest } = node as Readonly<Record<string, unknown>>;
  const all = (list: unknown): boolean => Array.isArray(list) && list.every((each) => each !== null && isValue(each));
  switch (type) {
    case "NumericLiteral":
    case "StringLiteral":
    case "BooleanLiteral":
    case "NullLiteral":
    case "BigIntLiteral":
      return true;
    case "Identifier":
      return ["undefined", "NaN", "Infinity"].includes(String(rest["name"]));
    case "UnaryExpression":
      return rest["operator"] === "-" && isValue(rest["argument"]);
    case "ArrayExpression":
      return all(rest["elements"]);
    case "ObjectExpression":
      return all(rest["properties"]);
    case "ObjectProperty":
      return rest["computed"] !== true && isValue(rest["value"]);
    case "NewExpression":
      return ["Map", "Set"].includes(String((rest["callee"] as { name?: string }).name)) && all(rest["arguments"]);
    default:
      return false;
  }
}

/** Every way to cut a list of arguments in two. */
function splitAtCommas(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(/,/g)].map(({ index }) => [text.slice(0, index), text.slice(index + 1)] as const);
}
