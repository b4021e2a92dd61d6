import { defineRule, type Violation } from "../../kit/rule.ts";
import { attr, isOpaque, textOf, word } from "../read/element.ts";
import { isNode, nodesWithin, type ScriptNode } from "../read/script.ts";
import { placeOf, rawText, type View } from "../read/read-ui.ts";
import { filesOf, type PageInput } from "./page-input.ts";

/** Comments that say that code was left out. Matched after brackets, dots and spaces are normalised. */
const LEFT_OUT = [
  /^\.\.\.$/,
  /^(?:the )?(?:rest|remainder) of (?:the |your |this |my )?(?:\w+ ){0,2}(?:page|code|content|html|markup|form|sections?|styles?|css|components?|jsx|template|file|layout|cards?|items?|script|logic|app|functions?)\b/i,
  /^\.\.\. ?(?:the )?(?:rest|existing|remaining|omitted|unchanged)\b/i,
  /^\.\.\. .{0,120}\b(?:logic|code|styles?|markup|content|implementation|sections?|rules|functions?)\b.{0,60} ?\.\.\.$/i,
  /^(?:existing|remaining|previous|original|your existing) (?:\w+ )?(?:code|content|markup|styles?|sections?|logic|functions?|fields?|rows?|items?|cards?)\b.{0,30}(?:\.\.\.|\bhere\b|\bunchanged\b|\bomitted\b|\bas (?:above|before)\b)/i,
  /^(?:code|content|markup|styles?|script|implementation|logic)?,? ?(?:is |are )?(?:omitted|left out|truncated) (?:for|to save) (?:brevity|clarity|space|length)\b/i,
  /^(?:same as (?:above|before)|repeat (?:this |the |for )?(?:above|other)\b)/i,
];
/** As the only content of a function, these comments say that it is not implemented. */
const UNWRITTEN =
  /^(?:\.\.\.$|todo:? ?(?:implement|add|write|fill|complete|build|create|finish)\b|(?:add |put |insert |place |write )?(?:your |the |actual )?(?:\w+ ){0,3}(?:code|logic|implementation) (?:goes )?here\b|implement(?:ation)?\b|to be implemented\b|(?:code|logic) (?:goes|to) )/i;

/** Code that the answer leaves out and says so. */
export const leftOutCode = defineRule<PageInput>({
  id: "web/left-out-code",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary:
      "A comment stands where code should: it says that the rest is left out, or is all that a script or function holds",
    why: "The page does not do what was asked until a person writes what is missing.",
  },
  good: [
    {
      answer:
        "```html\n<main><!-- the menu --><h1>Tea</h1></main>\n<script>\n// ask first\nconfirm('Tea?');\n</script>\n```",
    },
    {
      answer:
        '```html\n<form><label>Photo <input type="file" accept="image/*"></label><button>Send /* now */</button></form>\n```',
    },
    {
      prompt: "Add a footer.",
      files: [{ path: "a.html", content: "<p>a</p>" }],
      answer: "```html\n<!-- rest of the page -->\n<footer>Tea</footer>\n```",
    },
  ],
  bad: [
    { answer: "```html\n<main><h1>Tea</h1><!-- rest of the page --></main>\n```" },
    { answer: "```html\n<main><h1>Tea</h1></main><script>\n// brewing happens here\n</script>\n```" },
    {
      answer:
        "```tsx\nexport function Tea() {\n  const brew = () => {\n    // TODO: implement\n  };\n  return <button onClick={brew}>Brew</button>;\n}\n```",
    },
    { answer: "```html\n<!doctype html><html><head><title>Tea</title></head><body></body></html>\n```" },
  ],
  run(input) {
    // A change to files of the caller's may leave out what stays.
    if (input.files.length > 0) return [];
    return [
      ...filesOf(input).flatMap((file) =>
        file.comments
          .filter(({ text }) => LEFT_OUT.some((pattern) => pattern.test(plain(text))))
          .map(({ line, text }) => ({ message: `${placeOf(file, line)}: "${plain(text)}" stands in for code` })),
      ),
      ...input.ui.pages.flatMap((view) => [...emptyScripts(view), ...unwritten(view), ...emptyPage(view)]),
    ].slice(0, 10);
  },
});

function plain(comment: string): string {
  return comment
    .slice(0, 400)
    .replaceAll("…", "...")
    .replace(/[[\](){}*#=\-–—\s]+/g, " ")
    .trim();
}

/** Scripts that hold nothing but a comment. */
function emptyScripts(view: View): readonly Violation[] {
  return view.elements
    .filter((each) => each.tag === "script" && !each.attrs.has("src") && view.framework === "html")
    .filter((each) => {
      const text = rawText(each);
      const script = view.scripts.find(({ code }) => code.endsWith(text));
      return text.trim() !== "" && script !== undefined && isEmpty(script.program) && script.comments.length > 0;
    })
    .map((each) => ({ message: `${placeOf(view, each.line)}: the script holds nothing but a comment` }));
}

function isEmpty(program: ScriptNode): boolean {
  return Array.isArray(program["body"]) && program["body"].length === 0;
}

/** Functions whose body is a comment that says so. */
function unwritten(view: View): readonly Violation[] {
  return view.scripts.flatMap(({ program }) =>
    [...nodesWithin(program)]
      .filter((node) => /Function|Method/.test(node.type) && isNode(node["body"]))
      .flatMap((node) => {
        const body = node["body"] as ScriptNode;
        const inner = body["innerComments"];
        const comments = Array.isArray(inner) ? (inner as readonly { readonly value?: unknown }[]) : [];
        const says = comments.map(({ value }) => plain(String(value))).find((text) => UNWRITTEN.test(text));
        if (body.type !== "BlockStatement" || says === undefined) return [];
        return [{ message: `${placeOf(view, body.loc?.start.line ?? 1)}: a function holds nothing but "${says}"` }];
      }),
  );
}

const SHOWN = /^(?:img|svg|input|button|canvas|video|audio|iframe|picture|object|progress|meter|hr|select|textarea)$/;

/** A page with nothing in it, and no script that could put something there. */
function emptyPage(view: View): readonly Violation[] {
  if (!view.isPage || view.elements.some((each) => each.tag === "script" || isOpaque(each))) return [];
  const shows = view.elements.some((each) => {
    if (SHOWN.test(each.tag) || word(each, "style").includes("url(")) return true;
    const { text, dynamic } = each.tag === "body" ? textOf(each) : { text: "", dynamic: false };
    return text !== "" || dynamic || (each.tag === "body" && attr(each, "background") !== "");
  });
  const draws = view.elements.some((each) => each.tag === "style" && /content:|background/.test(rawText(each)));
  return shows || draws ? [] : [{ message: `${placeOf(view, 1)}: the page shows nothing` }];
}
