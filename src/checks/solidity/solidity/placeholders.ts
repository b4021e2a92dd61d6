import { segmentsOf } from "./scan.ts";

/** Comments that stand for code which was left out. Short comments only: a sentence may well speak of logic and dots. */
const LEFT_OUT = [
  /^(?:\.{3}|…)$/,
  /^(?:\.{3}|…) ?(?:(?:the )?(?:rest|existing|remaining|other|previous|same|more|omitted|implementation|code|unchanged))\b/i,
  /^(?:the )?(?:rest|remainder) of (?:the |your |this )?(?:\w+ )?(?:code|contract|function|implementation|logic|file)\b/i,
  /^(?:existing|remaining|other|previous) (?:\w+ )?(?:code|functions|logic|implementation)\b.{0,20}(?:\.{3}|…|here|unchanged|above|below|same)/i,
  /^(?:todo|fixme):? ?(?:implement|add|write|fill|complete)\b/i,
  /^(?:your|add|insert|put|implement(?:ation)?|function|the)(?: \w+){0,3} (?:code|logic|implementation)(?: goes)? here\b/i,
  /^implementation (?:goes )?here\b/i,
  /^(?:same as (?:above|before|original)|unchanged from)\b/i,
];
const MAX_COMMENT_CHARS = 120;

/** Comments in place of code, each with its line. */
export function leftOutComments(source: string): readonly string[] {
  return segmentsOf(source)
    .filter((segment) => segment.kind === "comment" && segment.text.length <= MAX_COMMENT_CHARS)
    .map((segment) => ({ line: segment.line, text: bareComment(segment.text) }))
    .filter(({ text }) => LEFT_OUT.some((pattern) => pattern.test(text)))
    .map(({ line, text }) => `line ${line}: "${text}" stands in for code`);
}

function bareComment(comment: string): string {
  return comment
    .replace(/^\/[/*]+/, "")
    .replace(/(?<!\*)\*+\/$/, "")
    .replace(/[[\](){}]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
