import type { DefaultTreeAdapterTypes, Token } from "parse5";
import { withinMs } from "../../kit/time-limit.ts";

export type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/** A page or a piece of one, parsed as browsers do, with what its author got wrong. */
export interface HtmlTree {
  readonly elements: readonly Element[];
  /** A whole document (doctype or `<html>`), not a piece to be put into one. */
  readonly isDocument: boolean;
  readonly hasDoctype: boolean;
  /** Errors that change what a browser shows. */
  readonly problems: readonly { readonly line: number; readonly problem: string }[];
}

const TIME_LIMIT_MS = 2000;
const HTML_NAMESPACE = "http://www.w3.org/1999/xhtml";
/** Errors of the tokenizer that lose or garble content. The others are matters of taste that every browser agrees on. */
const GRAVE: ReadonlyMap<string, string> = new Map([
  ["eof-in-tag", "the text ends within a tag"],
  ["eof-in-comment", "the text ends within a comment"],
  ["eof-in-cdata", "the text ends within a CDATA section"],
  ["eof-in-doctype", "the text ends within the doctype"],
  ["eof-before-tag-name", "the text ends within a tag"],
  ["eof-in-element-that-can-contain-only-text", "a script, style, title or textarea is not closed"],
  ["eof-in-script-html-comment-like-text", "the text ends within a script"],
  ["duplicate-attribute", "an attribute stands twice in one tag"],
  ["unexpected-character-in-attribute-name", "a stray quote or bracket within a tag"],
  ["unexpected-equals-sign-before-attribute-name", "a stray equals sign within a tag"],
  ["unexpected-character-in-unquoted-attribute-value", "a stray quote or bracket in an attribute without quotes"],
  ["missing-attribute-value", "an attribute has an equals sign and no value"],
]);

const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
/** Elements whose end tag HTML lets authors leave out. */
const OPTIONAL_END = new Set(
  "li dt dd p rt rp optgroup option colgroup caption thead tbody tfoot tr td th head".split(" "),
);

/** Loads the parser (some 20 ms) and gives the function that uses it. */
export async function loadHtmlParser(): Promise<(html: string) => HtmlTree> {
  const { parse, parseFragment } = await import("parse5");
  return (html) => {
    const isDocument = isHtmlDocument(html);
    const problems: { readonly line: number; readonly text: string }[] = [];
    const options = {
      sourceCodeLocationInfo: true,
      onParseError: (error: { readonly code: string; readonly startLine: number }) => {
        const text = GRAVE.get(error.code);
        if (text !== undefined && problems.length < 100) problems.push({ line: error.startLine, text });
      },
    };
    const root = withinMs(TIME_LIMIT_MS, () => (isDocument ? parse(html, options) : parseFragment(html, options)));
    const nodes = descendants(root);
    const elements = nodes.filter((node): node is Element => "tagName" in node);
    // A tag that is cut off comes first: it is why others are open.
    const structural = [...unclosed(elements, html), ...strayEndTags(nodes, html)].sort((a, b) => a.line - b.line);
    problems.push(...structural);
    return {
      elements,
      isDocument,
      hasDoctype: nodes.some((node) => node.nodeName === "#documentType"),
      problems: problems.map(({ line, text }) => ({ line, problem: text })),
    };
  };
}

export function isHtmlDocument(html: string): boolean {
  return /<(?:!doctype html|html[\s>])/i.test(html);
}

/** All nodes in document order, without recursion: pages may nest deeper than the stack. */
function descendants(root: Node): readonly Node[] {
  const found: Node[] = [];
  const stack: Node[] = [root];
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

function childrenOf(node: Node): readonly Node[] {
  if ("content" in node) return [node.content];
  return "childNodes" in node ? node.childNodes : [];
}

function unclosed(elements: readonly Element[], html: string): readonly { line: number; text: string }[] {
  return elements.flatMap((element) => {
    const place = element.sourceCodeLocation;
    const start = place?.startTag;
    const namespace: string = element.namespaceURI;
    if (place === undefined || place === null || start === undefined || place.endTag !== undefined) return [];
    if (VOID.has(element.tagName) || OPTIONAL_END.has(element.tagName)) return [];
    if (namespace !== HTML_NAMESPACE && html.slice(start.startOffset, start.endOffset).endsWith("/>")) return [];
    return [{ line: start.startLine, text: `<${element.tagName}> is not closed, or closed in the wrong order` }];
  });
}

/** End tags that close nothing: those in the source that no element claims. */
function strayEndTags(nodes: readonly Node[], html: string): readonly { line: number; text: string }[] {
  const claimed = new Set<number>();
  const hidden: Token.Location[] = [];
  for (const node of nodes) {
    const place = node.sourceCodeLocation;
    if (place === undefined || place === null) continue;
    if (node.nodeName === "#comment" || isRawText(node)) hidden.push(place);
    if ("tagName" in node && "endTag" in place && place.endTag !== undefined) claimed.add(place.endTag.startOffset);
    if ("tagName" in node && "startTag" in place && place.startTag !== undefined) hidden.push(place.startTag);
  }
  hidden.sort((a, b) => a.startOffset - b.startOffset);
  const stray: { line: number; text: string }[] = [];
  let next = 0;
  for (const match of html.matchAll(/<\/([a-z][a-z0-9-]*)/gi)) {
    for (let place = hidden[next]; place !== undefined && place.endOffset <= match.index; place = hidden[next])
      next += 1;
    const place = hidden[next];
    const isHidden = place !== undefined && place.startOffset <= match.index;
    if (isHidden || claimed.has(match.index) || stray.length >= 100) continue;
    const line = html.slice(0, match.index).split("\n").length;
    // `</p>` makes an empty paragraph, `</body>` may be said early: neither hides anything.
    if (!/^(?:p|br|body|html|head)$/i.test(match[1] ?? "")) stray.push({ line, text: `</${match[1]}> closes nothing` });
  }
  return stray;
}

/** Text of a script, style, textarea or title, where `</x` is no tag. */
function isRawText(node: Node): boolean {
  return (
    node.nodeName === "#text" &&
    "parentNode" in node &&
    node.parentNode !== null &&
    /^(?:script|style|textarea|title|noscript|iframe|xmp|noembed|noframes)$/.test(node.parentNode.nodeName)
  );
}
