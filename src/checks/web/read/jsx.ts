import { DYNAMIC, element, type OpenElement, type UiElement } from "./element.ts";
import { isNode, nodesIn, type ScriptNode } from "./script.ts";

const NAMES: Readonly<Record<string, string>> = { htmlfor: "for", classname: "class" };
const MAX_NODES = 200_000;

/** All elements of a file's JSX. Components that wrap one host element by style alone (`styled.button`) count as that. */
export function fromJsx(program: ScriptNode, source: string): readonly UiElement[] {
  const styled = new Map<string, string>();
  for (const [, name, tag] of source.matchAll(
    /\b(?:const|let|var)\s{1,5}(\w{1,80})\s{0,5}=\s{0,5}styled\.([a-z]\w{0,15})/g,
  )) {
    styled.set(name ?? "", tag ?? "");
  }
  const made: UiElement[] = [];
  const work: [ScriptNode, OpenElement | null][] = [[program, null]];
  let seen = 0;
  for (let next = work.pop(); next !== undefined && seen < MAX_NODES; next = work.pop(), seen += 1) {
    const [node, parent] = next;
    if (node.type === "JSXElement") {
      const own = open(node, parent, styled);
      made.push(own);
      parent?.children.push(own);
      const opening = node["openingElement"] as ScriptNode;
      const inAttributes = nodesIn(opening).filter((each) => each.type === "JSXAttribute");
      // Elements within attributes (`icon={<X />}`) are shown somewhere, not necessarily here.
      for (const each of inAttributes) work.push([each, null]);
      const children = node["children"] as readonly ScriptNode[];
      work.push(...[...children].reverse().map((child): [ScriptNode, OpenElement] => [child, own]));
    } else {
      if (parent !== null) addText(node, parent);
      work.push(...[...nodesIn(node)].reverse().map((child): [ScriptNode, OpenElement | null] => [child, parent]));
    }
  }
  return made;
}

/** Text, and what an expression may turn into. */
function addText(node: ScriptNode, parent: OpenElement): void {
  if (node.type === "JSXText") parent.children.push({ kind: "text", text: String(node["value"]) });
  if (node.type !== "JSXExpressionContainer" && node.type !== "JSXSpreadChild") return;
  const expression = node["expression"];
  if (!isNode(expression) || expression.type === "JSXEmptyExpression") return;
  const text = stringOf(expression);
  if (text !== null) parent.children.push({ kind: "text", text });
  else parent.children.push(DYNAMIC);
}

function open(node: ScriptNode, parent: UiElement | null, styled: ReadonlyMap<string, string>): OpenElement {
  const opening = node["openingElement"] as ScriptNode;
  const attrs = new Map<string, string | null>();
  let spread = false;
  for (const each of opening["attributes"] as readonly ScriptNode[]) {
    if (each.type === "JSXAttribute") attrs.set(attributeName(each["name"] as ScriptNode), valueOf(each["value"]));
    else spread = true;
  }
  const name = tagName(opening["name"] as ScriptNode);
  const tag = styled.get(name) ?? name.replace(/^(?:motion|m|animated)\.(?=[a-z])/, "");
  const own = element(tag, attrs, parent, node.loc?.start.line ?? 1, spread);
  if (attrs.has("dangerouslysetinnerhtml")) own.children.push(DYNAMIC);
  return own;
}

function tagName(node: ScriptNode): string {
  if (node.type === "JSXMemberExpression") {
    return `${tagName(node["object"] as ScriptNode)}.${tagName(node["property"] as ScriptNode)}`;
  }
  if (node.type === "JSXNamespacedName") return "x:namespaced";
  return String(node["name"]);
}

function attributeName(node: ScriptNode): string {
  if (node.type === "JSXNamespacedName") return "xlink:namespaced";
  const name = String(node["name"]).toLowerCase();
  return NAMES[name] ?? name;
}

function valueOf(value: unknown): string | null {
  if (!isNode(value)) return "true";
  if (value.type === "JSXExpressionContainer")
    return isNode(value["expression"]) ? stringOf(value["expression"]) : null;
  return stringOf(value);
}

/** The value of an expression, if it is certain. */
function stringOf(node: ScriptNode): string | null {
  if (node.type === "StringLiteral" || node.type === "NumericLiteral") return String(node["value"]);
  if (node.type === "BooleanLiteral") return String(node["value"]);
  if (node.type === "UnaryExpression" && node["operator"] === "-" && isNode(node["argument"])) {
    const inner = stringOf(node["argument"]);
    return inner === null ? null : `-${inner}`;
  }
  const quasis = node["quasis"];
  if (node.type === "TemplateLiteral" && Array.isArray(quasis) && quasis.length === 1) {
    const cooked = (quasis[0] as { readonly value: { readonly cooked?: string } }).value.cooked;
    return cooked ?? null;
  }
  return null;
}
