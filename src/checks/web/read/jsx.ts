import { DYNAMIC, element, type OpenElement, type UiElement } from "./element.ts";
import { isNode, nodesIn, type ScriptNode } from "./script.ts";

const NAMES: ReadonlyMap<string, string> = new Map(Object.entries<string>({ htmlfor: "for", classname: "class" }));
const MAX_NODES = 200_000;

/** All elements of a file's JSX. Components that wrap one host element by style alone (`styled.button`) count as that. */
export function fromJsx(program: ScriptNode, source: string): readonly UiElement[] {
  const styled = new Map<string, string>();
  for (const [, name, tag] of source.matchAll(
    /\b(?:const|let|var)\s{1,5}(\w{1,80})\s{0,5}=\s{0,5}styled\.([a-z]\w{0,15})/g,
  )) {
    styled.set(name ?? "", tag ?? "");
  }
  const unused = unusedComponents(program, source);
  const made: UiElement[] = [];
  const work: OpenNode[] = [[program, null, null]];
  let seen = 0;
  for (let next = work.pop(); next !== undefined && seen < MAX_NODES; next = work.pop(), seen += 1) {
    const [node, parent, outer] = next;
    const condition = conditionOf(node, unused) ?? outer;
    if (node.type === "JSXElement") {
      const own = open(node, parent, styled, condition);
      made.push(own);
      parent?.children.push(own);
      const opening = node["openingElement"] as ScriptNode;
      const inAttributes = nodesIn(opening).filter((each) => each.type === "JSXAttribute");
      // Elements within attributes (`icon={<X />}`) are shown somewhere, not necessarily here.
      for (const each of inAttributes) work.push([each, null, "it stands in an attribute"]);
      const children = node["children"] as readonly ScriptNode[];
      work.push(...[...children].reverse().map((child): OpenNode => [child, own, condition]));
    } else {
      if (parent !== null) addText(node, parent);
      work.push(...[...nodesIn(node)].reverse().map((child): OpenNode => [child, parent, condition]));
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

/** A node to look at, the element around it, and the branch that it stands in. */
type OpenNode = [node: ScriptNode, parent: OpenElement | null, condition: string | null];

/** Why what a node holds may never be shown. */
function conditionOf(node: ScriptNode, unused: ReadonlySet<string>): string | null {
  if (/^(?:ConditionalExpression|LogicalExpression|IfStatement|SwitchStatement|CatchClause)$/.test(node.type)) {
    return "it stands in a condition";
  }
  if (node.type === "BlockStatement") {
    const body = node["body"] as readonly ScriptNode[];
    const isLate = body.some((each) => each.type === "IfStatement" && nodesIn(each).some(returns));
    if (isLate && body.some(({ type }) => type === "ReturnStatement")) return "another return may come first";
  }
  const called = node.type === "CallExpression" && isNode(node["callee"]) ? node["callee"]["property"] : null;
  if (isNode(called) && /^(?:map|flatMap|filter|from)$/.test(String(called["name"]))) return "it is made for each item";
  const name = /^(?:FunctionDeclaration|VariableDeclarator|ClassDeclaration)$/.test(node.type) ? nameIn(node) : null;
  return name !== null && unused.has(name) ? `nothing shows ${name}` : null;
}

function returns(node: ScriptNode): boolean {
  return node.type === "ReturnStatement" || (node.type === "BlockStatement" && nodesIn(node).some(returns));
}

function nameIn(node: ScriptNode): string | null {
  return isNode(node["id"]) && typeof node["id"]["name"] === "string" ? node["id"]["name"] : null;
}

/** Names of JSX elements' holders that nothing else mentions; exported ones count as shown where there is no default export. */
function unusedComponents(program: ScriptNode, source: string): ReadonlySet<string> {
  const body = (program["body"] as readonly ScriptNode[] | undefined) ?? [];
  const hasDefault = body.some(({ type }) => type === "ExportDefaultDeclaration");
  const names = body.flatMap((each): readonly string[] => {
    const isExported = each.type.startsWith("Export");
    if (each.type === "ExportDefaultDeclaration" || (isExported && !hasDefault)) return [];
    const declared = isExported && isNode(each["declaration"]) ? each["declaration"] : each;
    const declarators = declared["declarations"];
    const all = Array.isArray(declarators) ? (declarators as readonly ScriptNode[]) : [declared];
    return all.flatMap((one) => nameIn(one) ?? []);
  });
  const isMentioned = (name: string): boolean =>
    source.split(new RegExp(`(?<![\\w$])${name.replaceAll("$", String.raw`\$`)}(?![\\w$])`)).length > 2;
  const unused = names.filter((name) => !isMentioned(name));
  // The only component of a piece is the one to show.
  const isPiece = !body.some(({ type }) => type.startsWith("Export"));
  const components = body.filter((each) => /^(?:Function|Variable|Class)/.test(each.type) && !isLowerCase(each));
  return isPiece && components.length <= 1 ? new Set() : new Set(unused);
}

function isLowerCase(node: ScriptNode): boolean {
  const declarators = node["declarations"];
  const first = Array.isArray(declarators) ? (declarators as readonly ScriptNode[])[0] : node;
  return /^[a-z_$]/.test((first === undefined ? null : nameIn(first)) ?? "");
}

function open(
  node: ScriptNode,
  parent: UiElement | null,
  styled: ReadonlyMap<string, string>,
  condition: string | null,
): OpenElement {
  const opening = node["openingElement"] as ScriptNode;
  const attrs = new Map<string, string | null>();
  let spread = false;
  for (const each of opening["attributes"] as readonly ScriptNode[]) {
    if (each.type !== "JSXAttribute") {
      spread = true;
      continue;
    }
    const attribute = attributeName(each["name"] as ScriptNode);
    attrs.set(attribute, attribute === "style" ? styleOf(each["value"]) : valueOf(each["value"]));
  }
  const name = tagName(opening["name"] as ScriptNode);
  const tag = styled.get(name) ?? name.replace(/^(?:motion|m|animated)\.(?=[a-z])/, "");
  const own = element(tag, attrs, parent, node.loc?.start.line ?? 1, spread, condition);
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
  return NAMES.get(name) ?? name;
}

function valueOf(value: unknown): string | null {
  if (!isNode(value)) return "true";
  if (value.type === "JSXExpressionContainer")
    return isNode(value["expression"]) ? stringOf(value["expression"]) : null;
  return stringOf(value);
}

/** Properties with which a style may hide. */
const MAY_HIDE =
  /^(?:display|visibility|opacity|transform|scale|clip|clip-path|content-visibility|(?:max-)?(?:height|width)|left|top|right|bottom)$/;

/** A style object as the text of a style attribute. What cannot be known is left out, unless it may hide. */
function styleOf(value: unknown): string | null {
  const object = isNode(value) && value.type === "JSXExpressionContainer" ? value["expression"] : null;
  if (!isNode(object) || object.type !== "ObjectExpression") return valueOf(value);
  const parts: string[] = [];
  for (const each of object["properties"] as readonly ScriptNode[]) {
    const key = each["key"];
    if (each.type !== "ObjectProperty" || !isNode(key) || each["computed"] === true) return null;
    const name = String(key["name"] ?? key["value"]).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const known = isNode(each["value"]) ? stringOf(each["value"]) : null;
    if (known === null && MAY_HIDE.test(name)) return null;
    if (known !== null) parts.push(`${name}: ${known}`);
  }
  return parts.join("; ");
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
