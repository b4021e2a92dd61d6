import { withinMs } from "../../kit/time-limit.ts";
import { PARSE_ERRORS, structuralProblems, type HtmlElement, type HtmlNode, type Problem } from "./html-problems.ts";
import type { Comment } from "./script.ts";

/** A page or a piece of one, parsed as browsers do, with its mistakes. */
export interface HtmlTree {
  readonly elements: readonly HtmlElement[];
  /** A whole document (doctype or `<html>`), not a piece to be put into one. */
  readonly isDocument: boolean;
  readonly comments: readonly Comment[];
  readonly problems: readonly Problem[];
}

const TIME_LIMIT_MS = 2000;
const MOST_PROBLEMS = 100;

/** Loads the parser (some 20 ms) and gives the function that uses it. */
export async function loadHtmlParser(): Promise<(html: string) => HtmlTree> {
  const { parse, parseFragment } = await import("parse5");
  return (html) => {
    const isDocument = isHtmlDocument(html);
    const problems: Problem[] = [];
    const options = {
      sourceCodeLocationInfo: true,
      onParseError: (error: { readonly code: string; readonly startLine: number }) => {
        const known = PARSE_ERRORS.get(error.code);
        if (known !== undefined && problems.length < MOST_PROBLEMS) problems.push({ line: error.startLine, ...known });
      },
    };
    const root = withinMs(TIME_LIMIT_MS, () => (isDocument ? parse(html, options) : parseFragment(html, options)));
    const nodes = descendants(root);
    // A tag that is cut off comes first: it is why others are open.
    problems.push(...structuralProblems(nodes, html, isDocument).slice(0, MOST_PROBLEMS));
    return {
      elements: nodes.filter((node): node is HtmlElement => "tagName" in node),
      isDocument,
      comments: nodes.flatMap((node) =>
        "data" in node ? [{ line: node.sourceCodeLocation?.startLine ?? 1, text: node.data }] : [],
      ),
      problems,
    };
  };
}

export function isHtmlDocument(html: string): boolean {
  return /<(?:!doctype html|html[\s>])/i.test(html);
}

/** All nodes in document order, without recursion: pages may nest deeper than the stack. */
function descendants(root: HtmlNode): readonly HtmlNode[] {
  const found: HtmlNode[] = [];
  const stack: HtmlNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    found.push(node);
    const children = childrenOf(node);
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child !== undefined) stack.push(child);
    }
  }
  return found;
}

function childrenOf(node: HtmlNode): readonly HtmlNode[] {
  if ("content" in node) return [node.content];
  return "childNodes" in node ? node.childNodes : [];
}
