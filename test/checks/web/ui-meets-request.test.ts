import { describe, expect, it } from "vitest";
import { fenced, run, said } from "../../verify/subject.ts";
import { FORM, PAGE } from "./pages.ts";

const ask = async (prompt: string, code: string, tag = "html"): Promise<string> =>
  said(await run("ui_meets_request", fenced(tag, code), { prompt }));

describe("ui_meets_request", () => {
  it.each([
    ["a field", "A form with email and phone fields", PAGE, "a field for phone"],
    ["a quoted label", 'A card form with a button labelled "Subscribe"', FORM, '"Subscribe"'],
    ["a list of quotes", 'Tabs named "Card number" and "Invoices"', FORM, '"Invoices"'],
    ["a framework", "A React payment form", FORM, "React"],
    ["Tailwind", "A payment form, styled with Tailwind CSS", FORM, "Tailwind"],
    ["a part", "A payment form and a sidebar", FORM, "a side bar"],
    ["dark mode", "A payment form with light and dark mode", FORM, "dark mode"],
    ["sections", "Landing page with sections: pricing, FAQ, footer", FORM, "an FAQ"],
    ["a count", "Show four cards", "<ul><li>a</li><li>b</li><li>c</li></ul>", "4 cards"],
  ])("misses %s", async (_name, prompt, code, what) => {
    expect(await ask(prompt, code)).toMatch(/^fail: missing/);
    expect(await ask(prompt, code)).toContain(what);
  });

  it.each([
    ["what is denied", "A payment form. No navbar, no footer and without a sidebar. Not React."],
    ["a quote in other marks", "A payment form with a button labelled “Pay now”"],
    ["either of two frameworks", "A payment form in React or plain HTML"],
  ])("does not ask for %s", async (_name, prompt) => {
    expect(await ask(prompt, FORM)).not.toMatch(/^fail/);
  });

  it("finds a text over the markup within it", async () => {
    expect(await ask('A heading that says "Hello big world"', "<h1>Hello <em>big</em> world</h1>")).toMatch(/^pass/);
  });

  it("does not look for what the prompt does not name", async () => {
    expect(await ask("Make something pretty", "<p>Hi</p>")).toMatch(/^not checked/);
  });
});
