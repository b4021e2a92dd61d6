import { describe, expect, it } from "vitest";
import type { CheckOutcome } from "../../../src/checks/kit/check.ts";
import { fenced, run, said } from "../../verify/subject.ts";
import { PAGE } from "./pages.ts";

const check = (code: string, tag = "html"): Promise<CheckOutcome> => run("ui_accessible", fenced(tag, code));
const styled = (css: string, html: string): string =>
  PAGE.replace(/<style>[^]*<\/style>/, () => `<style>${css}</style>`).replace(
    "<h1>Sign in</h1>",
    () => `<h1>Sign in</h1>${html}`,
  );

describe("ui_accessible", () => {
  it.each([
    ["a field named by its label's id", `<label for="a">A</label><div><input id="a"></div>`],
    ["a decorative image", `<img src="a.png" alt="">`],
    ["a clickable backdrop", `<div class="overlay" onclick="close()"></div><p>x</p>`],
    ["a custom control with keys", `<div role="button" tabindex="0" onclick="a()" onkeydown="b()">Go</div>`],
    ["hidden things", `<img aria-hidden="true" src="x.png"><div hidden><input></div>`],
    ["a button named by its picture", `<button><img src="x.png" alt="Close"></button>`],
    [
      "a script-filled button",
      `<button id="b"></button><script>document.getElementById("b").textContent = "Go"</script>`,
    ],
    ["an outline replaced", `<style>a{outline:none} a:focus-visible{box-shadow:0 0 0 2px}</style><a href="/">x</a>`],
    ["large text at 3.5:1", styled("h1{color:#888;background:#fff}", "")],
    ["text on a picture", styled("p{color:#fff;background:url(a.png)}", "<p>Over a photo</p>")],
    ["text in a state", styled("p{color:#222} p:hover{color:#eee}", "<p>Text</p>")],
    ["an unknown class system", styled("", `<p class="text-gray-300">Text</p>`)],
    ["headings one level apart", `<h1>A</h1><h3>B</h3><footer><h6>C</h6></footer>`],
    ["a table for layout", `<table width="600"><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>`],
    [
      "a key handler that moves the focus",
      `<button>x</button><script>addEventListener("keydown", (e) => { if (e.key === "Tab") { e.preventDefault(); first.focus(); } })</script>`,
    ],
  ])("lets %s pass", async (_name, html) => {
    expect(await check(html)).toMatchObject({ passed: true });
  });

  it.each([
    ["#aaa on white by a class", styled(".x{color:#aaa}", `<p class="x">Read me</p>`), "contrast 2.32:1"],
    [
      "white on yellow by two rules",
      styled(".a{background:yellow} .a p{color:#fff}", `<div class="a"><p>Read me</p></div>`),
      "contrast 1.07",
    ],
    [
      "a colour by a chain of variables",
      styled(":root{--a:#ccc;--b:var(--a)} p{color:var(--b)}", "<p>Read me</p>"),
      "#cccccc on #ffffff",
    ],
    ["an inline colour", styled("", `<p style="color: hsl(0, 0%, 75%)">Read me</p>`), "contrast"],
    ["a placeholder for a label", `<input placeholder="Name">`, "form field without a label"],
    ["an empty label", `<label for="a"></label><input id="a">`, "form field without a label"],
    ["an unnamed link", `<a href="/x"><svg></svg></a>`, "button or link without a name"],
    ["a mouse-only span", `<span onclick="go()">Go</span>`, "keyboard cannot reach"],
    ["a page without a language", PAGE.replace(' lang="en"', ""), "<html> has no lang"],
    ["a table of cells alone", PAGE.replaceAll("<th>", "<td>").replaceAll("</th>", "</td>"), "without header cells"],
    ["headings three levels apart", "<h1>A</h1><h4>B</h4>", "headings skip"],
    [
      "a div that a script makes clickable",
      `<div class="burger" id="b"><i></i></div><script>document.getElementById("b").addEventListener("click", open)</script>`,
      "keyboard cannot reach",
    ],
    [
      "a handler that swallows every key",
      `<input aria-label="a"><script>document.addEventListener("keydown", (e) => { e.preventDefault(); })</script>`,
      "swallows Tab",
    ],
    ["a picture of a sign for a name", `<button>☰</button>`, "a picture of a sign alone"],
    ["a role without a tab stop", `<span role="checkbox" aria-checked="true">x</span>`, "without tabindex"],
  ])("fails on %s", async (_name, html, why) => {
    const outcome = await check(html);
    expect(said(outcome)).toMatch(/^fail/);
    expect(said(outcome)).toContain(why);
  });

  it.each([
    ["a role that does not exist", `<div role="buton">x</div>`, "a role that does not exist"],
    ["an aria name that does not exist", `<p aria-labeledby="x">x</p>`, "an aria- attribute that does not exist"],
    ["a bad aria value", `<button aria-expanded="open">x</button>`, "a value that its aria- attribute"],
    ["a positive tabindex", `<button tabindex="3">x</button>`, "positive tabindex"],
    ["a frame without a title", `<iframe src="/x"></iframe>`, "iframe without a title"],
    ["hidden focus", `<button aria-hidden="true">x</button>`, "hidden from assistive technology"],
    ["sound by itself", `<video src="a.mp4" autoplay></video>`, "plays with sound"],
    ["a symbol for a name", `<button>×</button>`, "a symbol alone"],
    ["fake headings", `<div class="heading">About us</div><p>x</p>`, "a heading in looks alone"],
    ["contrast that is nearly enough", styled("p{color:#808080}", "<p>Read me</p>"), "contrast 3.95"],
  ])("takes points for %s and lets it pass", async (_name, html, why) => {
    const outcome = await check(html);
    expect(outcome).toMatchObject({ passed: true });
    expect(outcome.checked && outcome.score).toBeLessThan(1);
    expect(said(outcome)).toContain(why);
  });

  it.each([
    [
      "jsx",
      "export const A = ({ id, ...rest }) => <><label htmlFor={id}>x</label><input id={id} /><input {...rest} /><img alt={rest.a} /></>;",
    ],
    ["jsx", "export const A = ({ t }) => <button aria-label={t('x')}><svg /></button>;"],
    ["vue", `<template><img :alt="a" :src="b"><button :aria-label="c"><svg /></button></template>`],
    ["svelte", `<script>let { a } = $props();</script><img src={a} alt={a} /><button onclick={a}>{a}</button>`],
  ])("takes what only a run tells for present in %s", async (tag, code) => {
    expect(await check(code, tag)).toMatchObject({ passed: true, score: 1 });
  });

  it("names the place and hands the model a list to mend by", async () => {
    const outcome = await run(
      "ui_accessible",
      `**form.html**\n${fenced("html", "<form>\n<input>\n<img src=a>\n</form>")}`,
    );
    expect(said(outcome)).toContain("form.html:2 <input>");
    expect(outcome.checked && outcome.repair).toContain("image without alt (form.html:3 <img>)");
  });

  describe("utility classes", () => {
    const card = (text: string, outer = '"bg-white"'): string =>
      `export const Card = ({ isOn, isDone }) => (
  <div className={"mx-auto max-w-md gap-4 rounded-lg p-6 items-center " + (${outer})}>
    <p className=${text}>Read me</p>
  </div>
);`;

    it.each([
      ["pale grey on white", card('"text-gray-300"'), "contrast 1.47:1 of #d1d5dc on #ffffff"],
      ["a colour of its own", card('"text-[#ccc]"', '"bg-slate-50"'), "of #cccccc on #f8fafc"],
      ["a state of a condition", card('{`${isOn ? "text-gray-900" : "text-gray-200"}`}'), "of #e5e7eb on #ffffff"],
      [
        "classes put together by a helper",
        card('{cn("text-sm", isOn && "text-gray-50", "p-1")}', '"bg-white"'),
        "on #ffffff",
      ],
    ])("fails on %s", async (_name, code, why) => {
      const outcome = await check(code, "jsx");
      expect(said(outcome)).toMatch(/^fail/);
      expect(said(outcome)).toContain(why);
    });

    it.each([
      ["dark grey on white", card('"text-gray-700"')],
      ["a middle grey, which costs points", card('"text-gray-400"')],
      ["large pale text", card('"text-3xl text-gray-400"')],
      ["a background that nobody tells", card('"text-gray-300"', '"shadow-md"')],
      ["a gradient", card('"text-white"', '"bg-gradient-to-r from-blue-700 to-indigo-800"')],
      ["a colour of the project's own theme", card('"text-gray-300"', '"bg-brand"')],
      ["classes that come from outside", card("{props.className}")],
      [
        "a condition that both colours follow",
        card('{isOn ? "text-white" : "text-gray-900"}', 'isOn ? "bg-gray-900" : "bg-white"'),
      ],
      [
        "two conditions that may exclude each other",
        card('{isDone ? "text-white" : "text-gray-900"}', 'isOn ? "bg-gray-900" : "bg-white"'),
      ],
    ])("lets %s pass", async (_name, code) => {
      expect(await check(code, "jsx")).toMatchObject({ passed: true });
    });
  });
});
