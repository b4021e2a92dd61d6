import type * as CssTree from "css-tree";
import type { CssNode } from "css-tree";
import { withinMs } from "../../kit/time-limit.ts";
import type { Comment } from "./script.ts";

/** The parts of a style sheet that the rules use. */
export interface StyleSheet {
  readonly comments: readonly Comment[];
  /** Selectors of rules that hide what they match, under any condition. */
  readonly hiding: readonly string[];
}

const TIME_LIMIT_MS = 1000;
const MOST_SELECTORS = 200;

/** Of a style sheet that could not be read nothing is known: it may hide everything. */
const UNREAD: StyleSheet = { comments: [], hiding: ["*"] };

/** Reads a style sheet; where the parser cannot finish it, it may hide everything. Rejects when there is no parser. */
export async function readStyleSheet(css: string, firstLine = 1): Promise<StyleSheet> {
  const parser = await import("css-tree");
  try {
    return readWith(parser, css, firstLine);
  } catch {
    return UNREAD;
  }
}

function readWith({ parse, walk, generate }: typeof CssTree, css: string, firstLine: number): StyleSheet {
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
      const hides = node.block.children.toArray().some(
        (each) =>
          (each.type === "Declaration" && mayHide(each.property, generate(each.value))) ||
          // Nested rules: what they match is within what the outer one matches.
          (/^(?:Atrule|Rule|Raw)$/.test(each.type) && HIDING_TEXT.test(generate(each).replace(/\s/g, ""))),
      );
      if (hides) hiding.push(...node.prelude.children.toArray().map((each) => generate(each).replaceAll("&", "*")));
    });
  });
  return { comments, hiding };
}

const HIDING_TEXT = /display:none|visibility:(?:hidden|collapse)|opacity:0(?![.\d])|content-visibility:hidden/i;

/** Whether a declaration may take an element out of sight, in any way. */
export function mayHide(property: string, value: string): boolean {
  if (isHiding(property, value)) return true;
  const word = value.toLowerCase().replace("!important", "").trim();
  switch (property.toLowerCase().trim()) {
    case "content-visibility":
      return word === "hidden";
    case "opacity":
      return /^\.?0(?:\.0*)?%?$/.test(word);
    case "scale":
      return /^0(?:\.0*)?(?:%|\s|$)/.test(word);
    case "transform":
      return /scale[xy3d]{0,4}\(\s{0,9}0?\.?0{0,9}\s{0,9}[,)]|translate[xy3d]{0,4}\([^)]{0,100}(?:100%|\d{4,}px|100v[wh])/.test(
        word,
      );
    case "clip-path":
      return /inset|(?:circle|ellipse)\(\s{0,9}0|polygon\(\s{0,9}0\S{0,9}\s{1,9}0\S{0,9}\s{0,9},\s{0,9}0\S{0,9}\s{1,9}0\S{0,9}\s{0,9}[,)]/.test(
        word,
      );
    case "clip":
      return word.startsWith("rect(");
    case "height":
    case "width":
    case "max-height":
    case "max-width":
      return /^0(?:px|%|rem|em)?$/.test(word);
    case "left":
    case "top":
    case "right":
    case "bottom":
    case "margin-left":
    case "margin-top":
    case "text-indent":
    case "translate":
      return /^-(?:\d{3,}(?:\.\d+)?(?:px|%|v[wh]|r?em)?|\d{2}(?:\.\d+)?r?em)/.test(word);
    default:
      return false;
  }
}

/** Whether a declaration takes an element away from every reader. */
export function isHiding(property: string, value: string): boolean {
  const word = value.toLowerCase().replace("!important", "").trim();
  const name = property.toLowerCase().trim();
  return (name === "display" && word === "none") || (name === "visibility" && /^(?:hidden|collapse)$/.test(word));
}
