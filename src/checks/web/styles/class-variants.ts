import type { Look } from "../read/element.ts";
import { isNode, nodesIn, type ScriptNode } from "../read/script.ts";

/** More combinations of conditions than a person keeps apart. */
const MAX_LOOKS = 16;
const MAX_DEPTH = 12;
/** Helpers that put classes together. */
const JOINERS = /^(?:cn|clsx|cx|classNames|classnames|twMerge|twJoin)$/;

/** What the file names once and for all: strings (`const inputClass = "…"`), and what it imports CSS modules as. */
export interface NamedStrings {
  readonly strings: ReadonlyMap<string, ScriptNode>;
  readonly modules: ReadonlySet<string>;
}

/** The constants of a file by name; a name that stands for several things stands for none. */
export function namedStrings(program: ScriptNode): NamedStrings {
  const found = new Map<string, ScriptNode>();
  const twice = new Set<string>();
  const modules = new Set<string>();
  const work: ScriptNode[] = [program];
  for (let node = work.pop(), seen = 0; node !== undefined && seen < 50_000; node = work.pop(), seen += 1) {
    if (node.type === "VariableDeclarator" && isNode(node["id"]) && isNode(node["init"])) {
      const name = String(node["id"]["name"]);
      if (found.has(name)) twice.add(name);
      if (/^(?:StringLiteral|TemplateLiteral)$/.test(node["init"].type)) found.set(name, node["init"]);
    }
    if (node.type === "ImportDeclaration" && String((node["source"] as ScriptNode)["value"]).endsWith(".module.css")) {
      const names = (node["specifiers"] ?? []) as readonly { readonly local: { readonly name: string } }[];
      for (const { local } of names) modules.add(local.name);
    }
    work.push(...nodesIn(node));
  }
  for (const name of twice) found.delete(name);
  return { strings: found, modules };
}

/** What an expression for classes may come to, condition by condition; `null` where only a run tells. */
export function looksOf(node: ScriptNode, source: string, names: NamedStrings, depth = 0): readonly Look[] | null {
  if (depth > MAX_DEPTH) return null;
  const inner = (each: unknown): readonly Look[] | null =>
    isNode(each) ? looksOf(each, source, names, depth + 1) : null;
  const list = (field: string): readonly unknown[] => (node[field] ?? []) as readonly unknown[];
  switch (node.type) {
    case "StringLiteral":
      return plain(String(node["value"]));
    case "NullLiteral":
    case "BooleanLiteral":
      return plain("");
    case "Identifier": {
      const name = String(node["name"]);
      return name === "undefined" ? plain("") : inner(names.strings.get(name));
    }
    case "MemberExpression": {
      const [object, property] = [node["object"] as ScriptNode, node["property"] as ScriptNode];
      if (object.type !== "Identifier" || !names.modules.has(String(object["name"]))) return null;
      const name = node["computed"] === true ? property["value"] : property["name"];
      return typeof name === "string" ? plain(name) : null;
    }
    case "TSAsExpression":
    case "TSNonNullExpression":
      return inner(node["expression"]);
    case "TemplateLiteral": {
      const texts = list("quasis").map((each) => (each as { value: { cooked?: string } }).value.cooked ?? "");
      return list("expressions").reduce<readonly Look[] | null>(
        (sum, each, at) => joined(joined(sum, inner(each), ""), plain(texts[at + 1] ?? ""), ""),
        plain(texts[0] ?? ""),
      );
    }
    case "ConditionalExpression": {
      const test = conditionOf(node["test"], source);
      return either(under(inner(node["consequent"]), test, true), under(inner(node["alternate"]), test, false));
    }
    case "LogicalExpression": {
      if (node["operator"] !== "&&") return null;
      const test = conditionOf(node["left"], source);
      return either(under(inner(node["right"]), test, true), under(plain(""), test, false));
    }
    case "BinaryExpression":
      return node["operator"] === "+" ? joined(inner(node["left"]), inner(node["right"]), "") : null;
    case "ArrayExpression":
      return all(list("elements").map(inner));
    case "ObjectExpression":
      return all(list("properties").map((each) => ofProperty(each, source)));
    case "CallExpression": {
      const callee = node["callee"] as ScriptNode;
      if (callee.type === "Identifier" && JOINERS.test(String(callee["name"])))
        return all(list("arguments").map(inner));
      const method = callee.type === "MemberExpression" ? (callee["property"] as ScriptNode)["name"] : null;
      return method === "join" || method === "trim" || method === "filter" ? inner(callee["object"]) : null;
    }
    default:
      return null;
  }
}

/** `{ "text-white": isOn }` */
function ofProperty(property: unknown, source: string): readonly Look[] | null {
  if (!isNode(property) || property.type !== "ObjectProperty" || property["computed"] === true) return null;
  const key = property["key"] as ScriptNode;
  const test = conditionOf(property["value"], source);
  return either(under(plain(String(key["value"] ?? key["name"])), test, true), under(plain(""), test, false));
}

function plain(classes: string): readonly Look[] {
  return [{ when: new Map(), classes }];
}

function all(parts: readonly (readonly Look[] | null)[]): readonly Look[] | null {
  return parts.reduce<readonly Look[] | null>((sum, each) => joined(sum, each, " "), plain(""));
}

interface Condition {
  readonly text: string;
  readonly holds: boolean;
}

function conditionOf(node: unknown, source: string): Condition {
  if (!isNode(node)) return { text: "?", holds: true };
  if (node.type === "UnaryExpression" && node["operator"] === "!") {
    const inner = conditionOf(node["argument"], source);
    return { ...inner, holds: !inner.holds };
  }
  return { text: source.slice(node.start, node.end), holds: true };
}

function under(looks: readonly Look[] | null, { text, holds }: Condition, is: boolean): readonly Look[] | null {
  const value = holds === is;
  return (
    looks
      ?.filter(({ when }) => (when.get(text) ?? value) === value)
      .map(({ when, classes }) => ({
        when: new Map([...when, [text, value]]),
        classes,
      })) ?? null
  );
}

function either(left: readonly Look[] | null, right: readonly Look[] | null): readonly Look[] | null {
  return left === null || right === null ? null : [...left, ...right];
}

function joined(left: readonly Look[] | null, right: readonly Look[] | null, mark: string): readonly Look[] | null {
  if (left === null || right === null || left.length * right.length > MAX_LOOKS * 4) return null;
  const made = left.flatMap((one) =>
    right.flatMap((other): Look[] => {
      const clash = [...other.when].some(([text, value]) => (one.when.get(text) ?? value) !== value);
      if (clash) return [];
      return [{ when: new Map([...one.when, ...other.when]), classes: `${one.classes}${mark}${other.classes}` }];
    }),
  );
  return made.length > MAX_LOOKS ? null : made;
}
