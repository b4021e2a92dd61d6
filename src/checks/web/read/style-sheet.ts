import type { CssNode } from "css-tree";
import { withinMs } from "../../kit/time-limit.ts";
import type { Comment } from "./script.ts";

/** The parts of a style sheet that the rules use. */
export interface StyleSheet {
  readonly comments: readonly Comment[];
  /** Selectors of rules that hide what they match, under whatever condition. */
  readonly hiding: readonly string[];
}

const TIME_LIMIT_MS = 1000;
const MOST_SELECTORS = 200;

/** Reads a style sheet; an empty result if the parser cannot finish it. */
export async function readStyleSheet(css: string, firstLine = 1): Promise<StyleSheet> {
  const { parse, walk, generate } = await import("css-tree");
  const comments: Comment[] = [];
  const hiding: string[] = [];
  withinMs(TIME_LIMIT_MS, () => {
    const tree = parse(css, {
      positions: true,
      parseValue: false,
      parseCustomProperty: false,
      onComment: (text, loc) => comments.push({ line: firstLine + loc.start.line - 1, text }),
    });
    walk(tree, (node: CssNode) => {
      if (node.type !== "Rule" || node.prelude.type !== "SelectorList" || hiding.length >= MOST_SELECTORS) return;
      const hides = node.block.children
        .toArray()
        .some((each) => each.type === "Declaration" && isHiding(each.property, generate(each.value)));
      if (hides) hiding.push(...node.prelude.children.toArray().map((each) => generate(each)));
    });
  });
  return { comments, hiding };
}

/** Whether a declaration takes an element away from every reader. */
export function isHiding(property: string, value: string): boolean {
  const word = value.toLowerCase().replace("!important", "").trim();
  const name = property.toLowerCase().trim();
  return (name === "display" && word === "none") || (name === "visibility" && /^(?:hidden|collapse)$/.test(word));
}
