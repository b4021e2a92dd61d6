import { DYNAMIC, element, type OpenElement, type UiElement } from "./element.ts";
import type { Comment } from "./script.ts";
import type { ReadComponent, SourceBlock } from "./vue.ts";

type SvelteNode = Readonly<Record<string, unknown>> & { readonly type: string; readonly start: number };

const ELEMENTS = /^(?:RegularElement|Component|SvelteElement|SvelteComponent|SlotElement|TitleElement)$/;
/** Blocks whose contents are shown under a condition, or not at all. */
const BLOCKS = /^(?:IfBlock|EachBlock|AwaitBlock|SnippetBlock)$/;

/** Reads a Svelte component with its compiler: errors fail it, warnings about accessibility are kept. */
export async function readSvelte(source: string): Promise<ReadComponent> {
  const { compile, parse } = await import("svelte/compiler");
  try {
    const { warnings } = compile(withoutDirectives(source), {
      generate: "client",
      filename: "Component.svelte",
      dev: false,
    });
    const about = warnings.filter((warning) => warning.code.startsWith("a11y"));
    const root = parse(source, { modern: true }) as unknown as Readonly<Record<string, unknown>>;
    const css = root["css"] as { content?: { styles?: string; start?: number } } | null;
    const lineOf = lineCounter(source);
    const style = css?.content?.styles;
    const fragment = root["fragment"] as SvelteNode;
    return {
      elements: elementsOf(fragment, lineOf),
      styles: style === undefined ? [] : [{ code: style, line: lineOf(css?.content?.start ?? 0) }],
      scripts: [root["module"], root["instance"]].flatMap((script) => blocksOf(script, source, lineOf)),
      comments: commentsOf(fragment, lineOf),
      errors: [],
      warnings: about.map(({ start, message }) => ({ line: start?.line ?? 1, problem: firstLine(message) })),
    };
  } catch (error) {
    const { code, message, start } = error as { code?: unknown; message?: string; start?: { line?: number } };
    if (typeof code !== "string") throw error;
    return {
      elements: [],
      styles: [],
      scripts: [],
      comments: [],
      warnings: [],
      errors: [{ line: start?.line ?? 1, problem: firstLine(message ?? code) }],
    };
  }
}

/** An answer does not say what its checkers may report. Places stay what they were. */
function withoutDirectives(source: string): string {
  return source.replaceAll("svelte-ignore", "svelte_ignore");
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? "";
}

function lineCounter(source: string): (offset: number) => number {
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** The content of a script element of the component. */
function blocksOf(script: unknown, source: string, lineOf: (offset: number) => number): readonly SourceBlock[] {
  const content = (script as { readonly content?: { readonly start: number; readonly end: number } } | null)?.content;
  if (content === undefined) return [];
  return [{ code: source.slice(content.start, content.end), line: lineOf(content.start) }];
}

function commentsOf(fragment: SvelteNode, lineOf: (offset: number) => number): readonly Comment[] {
  const found: Comment[] = [];
  const open = [fragment];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === "Comment") found.push({ line: lineOf(node.start), text: String(node["data"]) });
    open.push(...below(node));
  }
  return found;
}

function elementsOf(root: SvelteNode, lineOf: (offset: number) => number): readonly UiElement[] {
  const made: UiElement[] = [];
  const work: [SvelteNode, OpenElement | null, string | null][] = [[root, null, null]];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const [node, parent, outer] = next;
    const condition = BLOCKS.test(node.type) ? `it is in a Svelte ${node.type}` : outer;
    let inside = parent;
    if (node.type === "Text") parent?.children.push({ kind: "text", text: String(node["data"]) });
    else if (/^(?:ExpressionTag|HtmlTag|RenderTag|AwaitBlock)$/.test(node.type)) parent?.children.push(DYNAMIC);
    else if (ELEMENTS.test(node.type)) {
      inside = openElement(node, parent, lineOf(node.start), condition);
      made.push(inside);
      parent?.children.push(inside);
    }
    work.push(
      ...below(node)
        .reverse()
        .map((child): [SvelteNode, OpenElement | null, string | null] => [child, inside, condition]),
    );
  }
  return made;
}

/** The fragments of a block or an element. */
function below(node: SvelteNode): SvelteNode[] {
  if (node.type === "Fragment") return [...(node["nodes"] as readonly SvelteNode[])];
  const fields = ["fragment", "consequent", "alternate", "body", "fallback", "pending", "then", "catch"];
  return fields
    .map((field) => node[field])
    .filter((each): each is SvelteNode => (each as SvelteNode | null)?.type === "Fragment");
}

function openElement(node: SvelteNode, parent: UiElement | null, line: number, condition: string | null): OpenElement {
  const attrs = new Map<string, string | null>();
  let spread = false;
  for (const each of node["attributes"] as readonly SvelteNode[]) {
    const name = (typeof each["name"] === "string" ? each["name"] : "").toLowerCase();
    if (each.type === "SpreadAttribute") spread = true;
    else if (each.type === "OnDirective") attrs.set(`on${name}`, null);
    else if (each.type === "Attribute") attrs.set(name, valueOf(each["value"]));
    else if (each.type === "StyleDirective") attrs.set("style", null);
    else if (each.type === "ClassDirective") {
      attrs.set(`class:${name}`, null);
      attrs.set("class", null);
    } else attrs.set(each.type === "BindDirective" ? `bind:${name}` : name, null);
  }
  const tag = node.type === "SvelteElement" ? "svelte:element" : String(node["name"]);
  const own = element(tag, attrs, parent, line, spread, condition);
  if (attrs.has("bind:innerhtml") || attrs.has("bind:textcontent")) own.children.push(DYNAMIC);
  return own;
}

function valueOf(value: unknown): string | null {
  if (value === true) return "true";
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = parts.map((part) => {
    const { type, data, expression } = part as {
      type?: string;
      data?: string;
      expression?: { type?: string; value?: unknown };
    };
    if (type === "Text") return data ?? "";
    return expression?.type === "Literal" ? String(expression.value) : null;
  });
  return texts.includes(null) ? null : texts.join("");
}
