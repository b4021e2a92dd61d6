import type { DefaultTreeAdapterTypes, Token } from "parse5";

export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlNode = DefaultTreeAdapterTypes.Node;

/**
 * A mistake in the markup. `cut`: the text ends in the middle of it. `lost`: a browser shows something else than was written, or leaves
 * some of it out. `forgiven`: every browser shows what was meant.
 */
export interface Problem {
  readonly line: number;
  readonly problem: string;
  readonly kind: "cut" | "lost" | "forgiven";
}

type Known = Omit<Problem, "line">;
const cut = (problem: string): Known => ({ problem, kind: "cut" });
const lost = (problem: string): Known => ({ problem, kind: "lost" });

/** Tokenizer errors that are reported. The others are harmless: all browsers handle them alike. */
export const PARSE_ERRORS: ReadonlyMap<string, Known> = new Map([
  ["eof-in-tag", cut("the text ends within a tag")],
  ["eof-in-comment", cut("the text ends within a comment")],
  ["eof-in-cdata", cut("the text ends within a CDATA section")],
  ["eof-in-doctype", cut("the text ends within the doctype")],
  ["eof-before-tag-name", cut("the text ends within a tag")],
  ["eof-in-element-that-can-contain-only-text", cut("a script, style, title or textarea is not closed")],
  ["eof-in-script-html-comment-like-text", cut("the text ends within a script")],
  ["duplicate-attribute", lost("an attribute stands twice in one tag")],
  ["unexpected-character-in-attribute-name", lost("a stray quote or bracket within a tag")],
  ["unexpected-equals-sign-before-attribute-name", lost("a stray equals sign within a tag")],
  [
    "unexpected-character-in-unquoted-attribute-value",
    { problem: "a stray quote or bracket in an attribute without quotes", kind: "forgiven" },
  ],
  ["missing-attribute-value", { problem: "an attribute has an equals sign and no value", kind: "forgiven" }],
]);

const HTML_NAMESPACE = "http://www.w3.org/1999/xhtml";
const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
/** Elements whose end tag HTML lets authors leave out. */
const OPTIONAL_END = new Set(
  "li dt dd p rt rp optgroup option colgroup caption thead tbody tfoot tr td th head body html".split(" "),
);
/** Elements that browsers put in order again when they overlap. */
const FORMATTING = new Set("a b big code em font i nobr s small strike strong tt u".split(" "));
/** `</p>` makes an empty paragraph, `</body>` may come early: neither hides anything. */
const HARMLESS_END = /^(?:p|br|body|html|head)$/;
/** The parser drops these tags from a piece of a table that stands alone. */
const OF_TABLES = /^(?:tr|td|th|tbody|thead|tfoot|caption|col|colgroup)$/;
/** Each branch of a template may open an element that is closed only once. */
const TEMPLATE_ENGINE = /\{%|<%|\{\{[#^/]|<\?php|^[ \t]{0,80}@(?:if|foreach|section)\b/m;

/** Elements that are not closed, and end tags that close nothing, in order. */
export function structuralProblems(nodes: readonly HtmlNode[], html: string, isDocument: boolean): readonly Problem[] {
  const elements = nodes.filter((node): node is HtmlElement => "tagName" in node);
  const stray = strayEndTags(nodes, html, isDocument);
  const end = isDocument ? endOf(html) : [];
  const problems = [...unclosed(elements, html), ...stray].sort((a, b) => a.line - b.line).concat(end);
  return TEMPLATE_ENGINE.test(html) ? problems.map((each) => ({ ...each, kind: "forgiven" })) : problems;
}

/** A document that opens `<html>` and ends within a text, without `</body>` or `</html>`. */
function endOf(html: string): readonly Problem[] {
  const end = html.trimEnd();
  if (end.endsWith(">") || !/<html[\s>]/i.test(html) || /<\/(?:body|html)/i.test(html)) return [];
  return [{ line: end.split("\n").length, problem: "the page ends within a text", kind: "cut" }];
}

function unclosed(elements: readonly HtmlElement[], html: string): readonly Problem[] {
  return elements.flatMap((element): readonly Problem[] => {
    const { sourceCodeLocation: place, tagName: tag } = element;
    const start = place?.startTag;
    const namespace: string = element.namespaceURI;
    if (place === undefined || place === null || start === undefined || place.endTag !== undefined) return [];
    if (VOID.has(tag) || OPTIONAL_END.has(tag)) return [];
    const closesItself = html.slice(start.startOffset, start.endOffset).endsWith("/>");
    if (closesItself && namespace !== HTML_NAMESPACE) return [];
    // `<my-card />` means something in the templates of several frameworks.
    const isForgiven = FORMATTING.has(tag) || (closesItself && (tag.includes("-") || /<[A-Z]/.test(html)));
    const problem = `<${tag}> is not closed, or closed in the wrong order`;
    return [{ line: start.startLine, problem, kind: isForgiven ? "forgiven" : "lost" }];
  });
}

/** End tags that close nothing: those in the source that no element claims. */
function strayEndTags(nodes: readonly HtmlNode[], html: string, isDocument: boolean): readonly Problem[] {
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
  const stray: Problem[] = [];
  let next = 0;
  for (const match of html.matchAll(/<\/([a-z][a-z0-9-]*)/gi)) {
    for (let place = hidden[next]; place !== undefined && place.endOffset <= match.index; place = hidden[next])
      next += 1;
    const place = hidden[next];
    const isHidden = place !== undefined && place.startOffset <= match.index;
    if (isHidden || claimed.has(match.index) || stray.length >= 100) continue;
    const tag = (match[1] ?? "").toLowerCase();
    if (HARMLESS_END.test(tag) || (!isDocument && OF_TABLES.test(tag))) continue;
    const line = html.slice(0, match.index).split("\n").length;
    const kind = FORMATTING.has(tag) ? "forgiven" : "lost";
    stray.push({ line, problem: `</${tag}> closes nothing`, kind });
  }
  return stray;
}

/** Text of a script, style, textarea or title, where `</x` is no tag. */
function isRawText(node: HtmlNode): boolean {
  return (
    node.nodeName === "#text" &&
    "parentNode" in node &&
    node.parentNode !== null &&
    /^(?:script|style|textarea|title|noscript|iframe|xmp|noembed|noframes)$/.test(node.parentNode.nodeName)
  );
}
