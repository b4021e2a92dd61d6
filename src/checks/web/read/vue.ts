import type { SFCBlock } from "@vue/compiler-sfc";
import { DYNAMIC, element, type OpenElement, type UiElement } from "./element.ts";
import { normal } from "./html.ts";
import type { Comment } from "./script.ts";

/** A component, read by its framework's own compiler. */
export interface ReadComponent {
  readonly elements: readonly UiElement[];
  readonly styles: readonly SourceBlock[];
  readonly scripts: readonly SourceBlock[];
  /** Those of its template. */
  readonly comments: readonly Comment[];
  /** What keeps it from compiling, each with its line in the file. */
  readonly errors: readonly { readonly line: number; readonly problem: string }[];
  /** What the compiler says about accessibility. */
  readonly warnings: readonly { readonly line: number; readonly problem: string }[];
}

/** A part of a file in a language of its own, and the line that it begins on. */
export interface SourceBlock {
  readonly code: string;
  readonly line: number;
}

interface VueNode {
  readonly type: number;
  readonly tag?: string;
  readonly content?: unknown;
  readonly props?: readonly VueProp[];
  readonly children?: readonly VueNode[];
  readonly loc: { readonly start: { readonly line: number } };
}

interface VueProp {
  readonly type: number;
  readonly name: string;
  readonly rawName?: string;
  readonly value?: { readonly content: string };
  readonly exp?: { readonly content?: string };
  readonly arg?: { readonly content?: string; readonly isStatic?: boolean };
}

const ELEMENT = 1;
const TEXT = 2;
const COMMENT = 3;
const INTERPOLATION = 5;
const ATTRIBUTE = 6;
/** Directives that hide, remove or repeat an element. */
const CONDITIONS = /^(?:if|else|else-if|show|for|slot)$/;

export async function readVue(source: string): Promise<ReadComponent> {
  const compiler = await import("@vue/compiler-sfc");
  const errors: { line: number; problem: string }[] = [];
  const note = (error: unknown, offset = 0): void => {
    const { message, loc } = error as { message?: string; loc?: { start?: { line?: number }; line?: number } };
    const problem = (typeof error === "string" ? error : (message ?? "it does not compile")).split("\n", 1)[0] ?? "";
    errors.push({ line: (loc?.start?.line ?? loc?.line ?? 1) + offset, problem });
  };
  const { descriptor, errors: parsing } = compiler.parse(source, {
    sourceMap: false,
    ignoreEmpty: false,
    templateParseOptions: { comments: true },
  });
  for (const error of parsing) note(error);
  const { template, script, scriptSetup, styles } = descriptor;
  if (parsing.length === 0 && template !== null && template.lang === undefined) {
    const result = compiler.compileTemplate({ source: template.content, filename: "Component.vue", id: "x" });
    for (const error of result.errors) note(error, template.loc.start.line - 1);
  }
  if (parsing.length === 0 && (script !== null || scriptSetup !== null)) {
    try {
      compiler.compileScript(descriptor, { id: "x" });
    } catch (error) {
      // Types that are imported from elsewhere cannot be resolved here; that says nothing about the answer.
      if (!/resolve|fs option|@vue\/compiler-sfc\] Failed/i.test(String(error)))
        note(error, startOf(scriptSetup ?? script));
    }
  }
  const root = template?.ast as VueNode | undefined;
  return {
    elements: root === undefined ? [] : elementsOf(root),
    styles: styles.filter((each) => each.lang === undefined || each.lang === "css").map(blockOf),
    scripts: [script, scriptSetup].filter((each) => each !== null).map(blockOf),
    comments: root === undefined ? [] : commentsOf(root),
    errors,
    warnings: [],
  };
}

function startOf(block: SFCBlock | null): number {
  return block === null ? 0 : block.loc.start.line - 1;
}

function blockOf({ content, loc }: SFCBlock): SourceBlock {
  return { code: content, line: loc.start.line };
}

function commentsOf(root: VueNode): readonly Comment[] {
  const found: Comment[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === COMMENT) found.push({ line: node.loc.start.line, text: String(node.content) });
    for (const child of node.children ?? []) open.push(child);
  }
  return found;
}

function elementsOf(root: VueNode): readonly UiElement[] {
  const made: UiElement[] = [];
  const work: [VueNode, OpenElement | null, string | null][] = [...(root.children ?? [])]
    .reverse()
    .map((each) => [each, null, null]);
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const [node, parent, outer] = next;
    const directive = node.props?.find(({ name, type }) => type !== ATTRIBUTE && CONDITIONS.test(name));
    const condition = directive === undefined ? outer : `it stands in a v-${directive.name}`;
    if (node.type === TEXT) parent?.children.push({ kind: "text", text: String(node.content) });
    if (node.type === INTERPOLATION) parent?.children.push(DYNAMIC);
    if (node.type !== ELEMENT) continue;
    // `<template v-if>` renders its children and nothing else.
    const own = node.tag === "template" ? parent : openElement(node, parent, condition);
    if (own !== null && own !== parent) {
      made.push(own);
      parent?.children.push(own);
    }
    work.push(
      ...[...(node.children ?? [])]
        .reverse()
        .map((child): [VueNode, OpenElement | null, string | null] => [child, own, condition]),
    );
  }
  return made;
}

function openElement(node: VueNode, parent: UiElement | null, condition: string | null): OpenElement {
  const attrs = new Map<string, string | null>();
  let spread = false;
  for (const prop of node.props ?? []) {
    if (prop.type === ATTRIBUTE) {
      attrs.set(...normal(prop.name.toLowerCase(), prop.value?.content ?? ""));
      continue;
    }
    if (prop.name === "bind" && prop.arg === undefined) spread = true;
    else if ((prop.name === "bind" || prop.name === "on") && prop.arg?.isStatic !== false) {
      const [name, value] = normal(`v-${prop.name}:${prop.arg?.content ?? ""}`, prop.exp?.content ?? "");
      if (!attrs.has(name)) attrs.set(name, value);
    } else attrs.set(`v-${prop.name}`, prop.exp?.content ?? "");
  }
  const own = element(node.tag ?? "", attrs, parent, node.loc.start.line, spread, condition);
  if (attrs.has("v-html") || attrs.has("v-text")) own.children.push(DYNAMIC);
  return own;
}
