import type { CssNode } from "css-tree";
import { selectorOf, type Selector } from "./selector.ts";

/** One rule of a style sheet, for one of its selectors. */
export interface StyleRule {
  readonly selectorText: string;
  /** `null`: beyond what is resolved here. */
  readonly selector: Selector | null;
  readonly declarations: ReadonlyMap<string, string>;
  /** Texts of the conditions around it, lower case; empty: always. */
  readonly conditions: readonly string[];
  readonly line: number;
}

/** Style sheets, read together in their order. */
export interface StyleSheet {
  readonly rules: readonly StyleRule[];
  readonly errors: readonly string[];
  readonly text: string;
}

const MAX_RULES = 5_000;

export async function readStyles(texts: readonly string[]): Promise<StyleSheet> {
  const { parse, walk, generate } = await import("css-tree");
  const rules: StyleRule[] = [];
  const errors: string[] = [];
  for (const text of texts) {
    const note = (error: { readonly message: string; readonly line?: number }): void => {
      if (errors.length < 50) errors.push(`line ${error.line ?? 1}: ${error.message}`);
    };
    const tree = parse(text, { positions: true, parseValue: false, parseCustomProperty: false, onParseError: note });
    const conditions: string[] = [];
    walk(tree, {
      enter(node: CssNode) {
        if (node.type === "Atrule")
          conditions.push(`@${node.name} ${node.prelude === null ? "" : generate(node.prelude)}`.toLowerCase());
        if (node.type !== "Rule" || rules.length > MAX_RULES) return;
        const declarations = new Map<string, string>();
        for (const each of node.block.children.toArray()) {
          if (each.type === "Declaration") declarations.set(each.property.toLowerCase(), generate(each.value).trim());
        }
        const selectors =
          node.prelude.type === "SelectorList" ? node.prelude.children.toArray().map((each) => generate(each)) : [];
        for (const selectorText of selectors) {
          const line = node.loc?.start.line ?? 1;
          rules.push({
            selectorText,
            selector: selectorOf(selectorText),
            declarations,
            conditions: [...conditions],
            line,
          });
        }
      },
      leave(node: CssNode) {
        if (node.type === "Atrule") conditions.pop();
      },
    });
  }
  return { rules, errors, text: texts.join("\n") };
}

/** Declarations of a style attribute. */
export function inlineStyle(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const part of text.slice(0, 5_000).split(";")) {
    const colon = part.indexOf(":");
    if (colon > 0) found.set(part.slice(0, colon).trim().toLowerCase(), part.slice(colon + 1).trim());
  }
  return found;
}
