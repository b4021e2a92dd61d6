import { describe, expect, it } from "vitest";
import type { CheckOutcome } from "../../../src/quality/check.ts";
import { fenced, run, said } from "../subject.ts";
import { FORM, PAGE } from "./pages.ts";

const check = (html: string): Promise<CheckOutcome> => run("ui_structure", fenced("html", html));

describe("ui_structure", () => {
  it.each([
    ["a page with everything", PAGE],
    ["a piece, without asking it for a title", FORM],
    ["a decorative image", `<img src="a.png" alt=""><h2>Team</h2>`],
    ["a field named by aria", `<input aria-label="Search"><button title="Go"></button>`],
    ["a field labelled by its id", `<label for="a">A</label><div><input id="a"></div>`],
    ["what is hidden", `<h2>A</h2><input hidden><img aria-hidden="true" src="x.png">`],
  ])("finds nothing to say about %s", async (_name, html) => {
    const outcome = await check(html);
    expect(outcome).toMatchObject({ passed: true, score: 1 });
    expect(said(outcome)).toMatch(/^pass: (\d+) of \1 rules hold$/);
  });

  it.each([
    ["no doctype", PAGE.replace("<!DOCTYPE html>\n", ""), "no doctype"],
    ["no language", PAGE.replace(' lang="en"', ""), "<html> has no lang"],
    ["an empty title", PAGE.replace("Sign in · Harbour", ""), "no <title>"],
    [
      "a title that is only in an SVG",
      PAGE.replace(/<title>.*<\/title>/, "").replace("<path", "<title>Eye</title><path"),
      "no <title>",
    ],
    ["no viewport", PAGE.replace(/<meta name="viewport".*>/, ""), "no viewport"],
    ["zoom forbidden", PAGE.replace("initial-scale=1", "user-scalable=no"), "viewport forbids zoom"],
    ["no main", PAGE.replaceAll(/<\/?main>/g, ""), "not exactly one <main>"],
    ["two mains", PAGE.replace("<h2>Plans</h2>", "<h2>Plans</h2><div role='main'></div>"), "not exactly one <main>"],
    ["no h1", PAGE.replaceAll("h1>", "h3>"), "not exactly one <h1>"],
    ["skipped levels", PAGE.replaceAll("h2>", "h4>"), "headings skip a level"],
    [
      "a field with a placeholder only",
      PAGE.replace('<label for="mail">E-mail</label>', "").replace('id="mail"', 'placeholder="mail"'),
      "form field without a label, first at line 28",
    ],
    ["a label for another id", PAGE.replace('for="mail"', 'for="email"'), "form field without a label"],
    ["an image without alt", PAGE.replace(' alt="Harbour"', ""), "image without alt"],
    ["an icon button without a name", PAGE.replace(' aria-label="Show password"', ""), "button or link without a name"],
    ["an id twice", PAGE.replace("<h2>", '<h2 id="mail">'), "id used twice: mail"],
    [
      "a clickable div",
      PAGE.replace("<h2>Plans</h2>", '<h2>Plans</h2><div onclick="go()">Go</div>'),
      "clickable element that is no control",
    ],
    [
      "a positive tabindex",
      PAGE.replace('<button type="submit"', '<button tabindex="3" type="submit"'),
      "positive tabindex",
    ],
    [
      "a table without header cells",
      PAGE.replaceAll("<th>", "<td>").replaceAll("</th>", "</td>"),
      "table without header cells",
    ],
    ["an empty heading", PAGE.replace("<h2>Plans</h2>", "<h2> </h2>"), "empty heading"],
  ])("takes points for %s", async (_name, html, why) => {
    const outcome = await check(html);
    expect(said(outcome)).toContain(why);
    expect(outcome.checked && outcome.score).toBeLessThan(1);
    expect(outcome.checked && outcome.score).toBeGreaterThan(0.8);
  });

  it("fails a page that cares for nobody", async () => {
    const html = `<html><body><div onclick="a()">Menu</div><h4>Hi</h4><img src="a.png"><input placeholder="Name"><a href="/"></a></body></html>`;
    const outcome = await check(html);
    expect(outcome).toMatchObject({ passed: false });
    expect(outcome.checked && outcome.score).toBeLessThan(0.3);
  });

  it("counts the share of fields that lack a label", async () => {
    const field = (n: number): string => `<input name="n${n}">`;
    const half = await check(`<label>x<input></label>${field(1)}`);
    const most = await check(`<label>x<input></label>${[1, 2, 3, 4].map(field).join("")}`);
    expect([half, most].map((outcome) => outcome.checked && outcome.score)).toEqual([0.5, expect.closeTo(0.2)]);
  });

  it.each([
    ["components", fenced("jsx", "export const A = () => <p>Hi</p>;"), "the answer is jsx"],
    ["answers without HTML", "Use a label for every field.", "no HTML found"],
    ["text alone", fenced("html", "<p>Hello</p>"), "to judge"],
  ])("does not judge %s", async (_name, text, why) => {
    expect(said(await run("ui_structure", text))).toMatch(/^not checked/);
    expect(said(await run("ui_structure", text))).toContain(why);
  });
});
