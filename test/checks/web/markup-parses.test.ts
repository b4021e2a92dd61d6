import { describe, expect, it } from "vitest";
import { fenced, run, said } from "../../verify/subject.ts";
import { FORM, PAGE } from "./pages.ts";

const check = async (text: string): Promise<string> => said(await run("markup_parses", text));
const body = (html: string): string => PAGE.replace("<h1>Sign in</h1>", html);

describe("markup_parses", () => {
  it.each([
    ["a page in a fence", `Here is the page:\n\n${fenced("html", PAGE)}\n\nOpen it in a browser.`],
    ["a page as the whole answer", PAGE],
    ["a page in an untagged fence", fenced("", PAGE)],
    ["a page in tildes", `~~~html\n${PAGE}\n~~~`],
    ["a piece", fenced("html", FORM)],
    [
      "a page beside CSS and JS",
      `${fenced("html", PAGE)}\n${fenced("css", "a{")}\n${fenced("js", "const a = '<div>'")}`,
    ],
    [
      "a page beside a careless snippet",
      `${fenced("html", PAGE)}\n\nAdd this:\n\n${fenced("html", '<div class="x">')}`,
    ],
    ["JSON with files", JSON.stringify({ files: { "index.html": PAGE, "style.css": "a{}" } })],
    [
      "end tags left out where HTML allows it",
      fenced("html", "<ul><li>a<li>b</ul><table><tr><td>x</table><p>one<p>two<dl><dt>a<dd>b</dl>"),
    ],
    [
      "custom elements, templates and SVG",
      fenced("html", "<my-el></my-el><template><p>x</p></template><svg><g><path d='M0'/></g></svg>"),
    ],
    ["a less-than sign in text", fenced("html", "<p>a < b and c &amp; d</p>")],
    [
      "end tags within scripts and comments",
      fenced("html", "<div><script>const a = '</div>';</script><!-- </div> --></div>"),
    ],
    ["an end tag within an attribute", fenced("html", `<div data-t="</b>" title='</i>'>x</div>`)],
    ["a select with options", fenced("html", "<label>x <select><option>a<option selected>b</select></label>")],
    ["inline conditional attributes", fenced("html", "<input disabled required value=a><button hidden>x</button>")],
  ])("passes %s", async (_name, text) => {
    expect(await check(text)).toBe("pass: well formed");
  });

  it.each([
    ["a div left open", fenced("html", body("<div><h1>Sign in</h1>")), "<div> is not closed"],
    [
      "a page that is cut off in the body",
      fenced("html", PAGE.slice(0, PAGE.indexOf("<h2>Plans"))),
      "answer:13: <body> is not closed",
    ],
    [
      "a page that is cut off in a tag",
      fenced("html", PAGE.slice(0, PAGE.indexOf("autocomplete") + 6)),
      "ends within a tag",
    ],
    [
      "a page that is cut off in a style",
      fenced("html", PAGE.slice(0, PAGE.indexOf("a > b"))),
      "a script, style, title or textarea is not closed",
    ],
    [
      "a page that is cut off in a script",
      fenced("html", PAGE.slice(0, PAGE.indexOf("document.title"))),
      "a script, style, title or textarea is not closed",
    ],
    [
      "a page that is cut off in a comment",
      fenced("html", PAGE.slice(0, PAGE.indexOf("is no end tag"))),
      "ends within a comment",
    ],
    [
      "tags in the wrong order",
      fenced("html", body("<h1><b><i>Sign in</b></i></h1>")),
      "<i> is not closed, or closed in the wrong order",
    ],
    ["an end tag too many", fenced("html", body("<h1>Sign in</h1></div>")), "</div> closes nothing"],
    ["a stray quote in a tag", fenced("html", body(`<h1 class="a"">Sign in</h1>`)), "a stray quote"],
    ["an unclosed quote", fenced("html", body(`<h1 class="a>Sign in</h1>`)), "answer:2"],
    ["an attribute twice", fenced("html", body(`<h1 class="a" class="b">Sign in</h1>`)), "an attribute stands twice"],
    ["a title left open", fenced("html", PAGE.replace("</title>", "")), "not closed"],
    ["an unclosed button in a piece", fenced("html", FORM.replace("</button>", "")), "<button> is not closed"],
    ["prose", "A good login form has two fields and a button.", "no HTML and no component found"],
    ["CSS alone", fenced("css", "a { color: red; }"), "no HTML and no component found"],
  ])("fails on %s", async (_name, text, why) => {
    const outcome = await check(text);
    expect(outcome).toMatch(/^fail/);
    expect(outcome).toContain(why);
  });

  it.each([
    ["JSX", fenced("jsx", "export function Login() { return <form><input /></form>; }")],
    ["TSX", fenced("tsx", "export const A = ({ a }: { a: string }) => <p>{a}</p>;")],
    ["JSX in a JavaScript fence", fenced("js", "function A() {\n  return (\n    <div>Hi</div>\n  );\n}")],
    ["pieces of JSX side by side", fenced("jsx", "<Button />\n<Button kind='b' />")],
    ["Vue", fenced("vue", "<template><p v-if='a'>Hi</p><p v-else>Ho</p></template>")],
    ["Svelte", fenced("svelte", "<script>let { name } = $props();</script>\n<p>{name}</p>")],
    ["a component by its file name", fenced("src/App.tsx", "export const A = () => <p>Hi</p>;")],
  ])("passes %s", async (_name, text) => {
    expect(await check(text)).toBe("pass: well formed");
  });

  it.each([
    [
      "JSX",
      fenced("jsx", "export const A = () => (\n  <div>\n    <p>Hi</div>\n);"),
      "answer:4: Unterminated JSX contents",
    ],
    [
      "a named file",
      `**src/A.tsx**\n${fenced("tsx", "export const A = () => {\n  return <p>Hi</p>;\n")}`,
      "src/A.tsx:",
    ],
    ["Vue", fenced("vue", "<template>\n<div><p>Hi</div>\n</template>"), "Element is missing end tag"],
    ["Svelte", fenced("svelte", "<p>{name}</p>\n{#if a}"), "Block was left open"],
    ["a script", fenced("html", "<p>Hi</p>\n<script>const = 1;</script>"), "answer:3: script: Unexpected token"],
    ["content left out", fenced("html", "<ul><li>One</li><!-- more items here --></ul>"), "stands in for content"],
    ["a component without an element", fenced("jsx", "export function A() { return (<></>) }"), "not one element"],
  ])("fails on %s that is wrong", async (_name, text, why) => {
    expect(await check(text)).toMatch(/^fail/);
    expect(await check(text)).toContain(why);
  });

  it("says which framework it cannot read", async () => {
    expect(await check(fenced("astro", "<Layout><p>Hi</p></Layout>"))).toBe(
      "not checked: there is no parser here for astro",
    );
  });

  it("parses pages that nest deeper than the stack", async () => {
    expect(await check(fenced("html", `${"<div>".repeat(30_000)}x${"</div>".repeat(30_000)}`))).toBe(
      "pass: well formed",
    );
  });
});
