import { describe, expect, it } from "vitest";
import { fenced, run, said } from "../../verify/subject.ts";
import { PAGE } from "./pages.ts";

const check = async (code: string, prompt = "A page", tag = "html"): Promise<string> =>
  said(await run("ui_responsive", fenced(tag, code), { prompt }));
const css = (style: string): string => PAGE.replace("</style>", () => `${style}</style>`);

describe("ui_responsive", () => {
  it.each([
    ["a page that flows", css(".a{display:flex;flex-wrap:wrap}")],
    ["a limited width", css(".a{width:960px;max-width:100%}")],
    ["a width that a query changes", css(".a{width:960px} @media (max-width:960px){.a{width:auto}}")],
  ])("passes %s", async (_name, page) => {
    expect(await check(page)).toMatch(/^pass/);
  });

  it("passes breakpoints of a utility framework", async () => {
    const card = `export const A = () => <ul className="grid gap-4 md:grid-cols-3"><li>a</li></ul>;`;
    expect(await check(card, "A responsive grid", "jsx")).toMatch(/^pass/);
  });

  it.each([
    ["no viewport", css(".a{display:grid}").replace(/<meta name="viewport".*>/, ""), "viewport", "A page"],
    ["a fixed width", css(".a{width:1200px}"), "fixed widths: .a { width: 1200px }", "A page"],
    ["nothing that adapts where it is asked for", css(".a{display:block}"), "nothing adapts", "A responsive page"],
  ])("takes points for %s", async (_name, page, why, prompt) => {
    expect(await check(page, prompt)).toMatch(/^fail/);
    expect(await check(page, prompt)).toContain(why);
  });

  it.each([
    ["styles from elsewhere", PAGE.replace(/<style>[^]*<\/style>/, '<link rel="stylesheet" href="a.css">'), "html"],
    ["a component without styles", "export const A = () => <p>Hi</p>;", "jsx"],
  ])("does not judge %s", async (_name, code, tag) => {
    expect(await check(code, "A page", tag)).toMatch(/^not checked/);
  });
});
