import { describe, expect, it } from "vitest";
import type { CheckOutcome } from "../../../src/checks/kit/check.ts";
import { fenced, run, said } from "../../verify/subject.ts";
import { FORM, PAGE } from "./pages.ts";

const check = (html: string): Promise<CheckOutcome> => run("ui_structure", fenced("html", html));

describe("ui_structure", () => {
  it.each([
    ["a page with everything", PAGE],
    ["a piece, without asking it for a title", FORM],
    ["headings of two sections", "<h2>A</h2><h3>B</h3><h2>C</h2>"],
  ])("finds nothing to say about %s", async (_name, html) => {
    expect(said(await check(html))).toBe("pass: well structured");
  });

  it.each([
    ["no doctype", PAGE.replace("<!DOCTYPE html>\n", ""), "no doctype"],
    ["an empty title", PAGE.replace("Sign in · Harbour", ""), "no <title>"],
    [
      "a title that is only in an SVG",
      PAGE.replace(/<title>.*<\/title>/, "").replace("<path", "<title>Eye</title><path"),
      "no <title>",
    ],
    ["no main", PAGE.replaceAll(/<\/?main>/g, ""), "no <main>"],
    ["two mains", PAGE.replace("<h2>Plans</h2>", "<h2>Plans</h2><div role='main'></div>"), "more than one <main>"],
    ["no h1", PAGE.replaceAll("h1>", "h3>"), "no <h1>"],
    ["skipped levels", PAGE.replaceAll("h2>", "h4>"), "headings skip a level"],
    ["an id twice", PAGE.replace("<h2>", '<h2 id="mail">'), "id used twice: mail"],
    ["an empty heading", PAGE.replace("<h2>Plans</h2>", "<h2> </h2>"), "empty heading"],
    ["a link in a button", PAGE.replace(">Sign in</button>", '><a href="/">Sign in</a></button>'), "a control within"],
    ["a style that does not parse", PAGE.replace("#123; }", "#123; } b { color red; }"), "style:"],
    ["a block where only text may stand", "<h2>A</h2><span><div>x</div></span>", "is not permitted as content"],
  ])("takes points for %s", async (_name, html, why) => {
    const outcome = await check(html);
    expect(said(outcome)).toContain(why);
    expect(outcome.checked && outcome.score).toBeLessThan(1);
  });

  it("reads components too", async () => {
    const outcome = await run("ui_structure", fenced("jsx", "export const A = () => <div><li>One</li></div>;"));
    expect(said(outcome)).toContain("<li> outside of a list");
  });

  it("does not judge answers without a page", async () => {
    expect(said(await run("ui_structure", "Use a label for every field."))).toMatch(/^not checked/);
  });
});
