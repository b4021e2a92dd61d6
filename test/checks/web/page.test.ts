import { describe, expect, it } from "vitest";
import { findingsIn } from "../../../src/checks/kit/rule-tester.ts";
import type { Example } from "../../../src/checks/kit/rule.ts";
import { page } from "../../../src/checks/web/page.ts";

const fenced = (tag: string, code: string): string => `\`\`\`${tag}\n${code}\n\`\`\``;

async function facts(example: Example | string): Promise<readonly string[]> {
  const found = await findingsIn(page, typeof example === "string" ? { answer: example } : example);
  return found.filter(({ certainty }) => certainty === "fact").map(({ rule, message }) => `${rule}: ${message}`);
}

const document = (body: string, head = ""): string =>
  `<!doctype html>\n<html lang="en"><head><title>Tea</title>${head}</head>\n<body>\n${body}\n</body></html>`;

describe("a page that holds together has no facts against it", () => {
  it.each([
    ["two slashes in a text", document("<p>Green // black // white</p>")],
    [
      "a type with a star and a slash",
      document('<input type="file" accept="image/*" aria-label="Photo"><b>*/ Send</b>'),
    ],
    [
      "end tags within scripts, comments and attributes",
      document(`<div title="</b>"><!-- </div> --><script>const a = "<\\/div>";</script></div>`),
    ],
    [
      "end tags that HTML lets authors leave out",
      document("<ul><li>a<li>b</ul><table><tr><td>x</table><p>one<p>two<dl><dt>a<dd>b</dl>"),
    ],
    ["a piece of a table", "<tr><td>Green</td><td>2</td></tr>"],
    ["branches of a template engine", "{% if a %}<div class='a'>{% else %}<div>{% endif %}<p>Tea</p></div>"],
    ["formatting that overlaps", document("<p><b>Green <i>and</b> black</i></p>")],
    [
      "a field hidden by a style and opened by a script",
      document(
        '<button id="b">Open</button><input type="file" id="f"><script>const f = document.getElementById("f"); b.onclick = () => f.click();</script>',
        "<style>#f { display: none }</style>",
      ),
    ],
    [
      "functions of the browser",
      document(
        '<button onclick="print()">Print</button><script>requestAnimationFrame(() => matchMedia("print"));</script>',
      ),
    ],
    [
      "functions that a script of elsewhere may bring",
      document('<script src="https://cdn.example.com/p5.js"></script><script>createCanvas(4, 4);</script>'),
    ],
    [
      "an element of a script's own making",
      document(
        '<div id="a"></div><script>for (const n of [1, 2]) a.innerHTML += `<p id="row-${n}"></p>`; document.getElementById("row-1").remove();</script>',
      ),
    ],
    [
      "an element that is asked for with care",
      document(
        '<script>const t = document.querySelector("#tea"); t?.focus(); document.getElementById("x")?.remove();</script>',
      ),
    ],
  ])("%s", async (_name, html) => {
    expect(await facts({ prompt: "A page about tea.", answer: fenced("html", html) })).toEqual([]);
  });

  it("when a component is given in parts", async () => {
    const answer = `${fenced("tsx", "import { Leaf } from './Leaf';\nexport const Tea = () => <Leaf />;")}\n\nLeaf.tsx:\n${fenced("tsx", "export const Leaf = () => <p>Green</p>;")}`;
    expect(await facts(answer)).toEqual([]);
  });

  it("when a framework is what the page is about", async () => {
    const answer = fenced("html", document("<h1>Svelte evening</h1>"));
    expect(
      await facts({ prompt: "A plain landing page for our Svelte evening, with a sign-up link.", answer }),
    ).toEqual([]);
  });

  it("when two languages stand side by side", async () => {
    const answer = fenced(
      "html",
      document("<dl><dt>Buenos días, ¿qué desea?</dt><dd>Good morning, what would you like?</dd></dl>"),
    );
    expect(await facts({ prompt: "A page with a dialog in Spanish and its English translation.", answer })).toEqual([]);
  });

  it("when files of the caller's are changed", async () => {
    const answer = fenced("html", "<!-- ... rest of the page ... -->\n<footer>Tea</footer>");
    expect(await facts({ answer, files: [{ path: "index.html", content: document("") }] })).toEqual([]);
  });
});

describe("what is certain is a fact", () => {
  it.each([
    ["a page cut off in a style", document("", "<style>body { margin: 0;").split("</head>")[0] ?? "", "web/cut-off"],
    [
      "a script that is all comment",
      document("<p id='n'>0</p><script>\n// ... game logic as described above ...\n</script>"),
      "web/left-out-code",
    ],
    [
      "styles that the answer calls unchanged",
      document("<p>Tea</p>", "<style>/* ... existing styles ... */</style>"),
      "web/left-out-code",
    ],
    [
      "a call of nothing",
      document("<button id='b'>Roll</button><script>b.onclick = () => { b.textContent = pickNumber(1, 6); };</script>"),
      "web/undefined-function",
    ],
    [
      "a listener that is nowhere",
      document("<button id='b'>Roll</button><script>b.addEventListener('click', rollDice);</script>"),
      "web/undefined-function",
    ],
    [
      "an id through a helper",
      document(
        "<p id='a'></p><script>const $ = (id) => document.getElementById(id); $('b').textContent = 'Tea';</script>",
      ),
      "web/missing-element",
    ],
    [
      "an id in a table of elements",
      document(
        "<p id='a'></p><script>const els = { tea: document.querySelector('#tea') }; els.tea.hidden = true;</script>",
      ),
      "web/missing-element",
    ],
  ])("%s", async (_name, html, rule) => {
    const found = await facts({ prompt: "A page about tea.", answer: fenced("html", html) });
    expect(found.map((each) => each.split(":")[0])).toContain(rule);
  });

  it("accessibility where it was asked for by name, and only there", async () => {
    const answer = fenced("html", document("<main><h1>Tea</h1><button><svg></svg></button></main>"));
    expect(await facts({ prompt: "An accessible page (WCAG AA) about tea.", answer })).toEqual([
      "web/no-accessible-name: no accessible name (answer:5 <button>)",
    ]);
    expect(await facts({ prompt: "A page that is accessible from the menu.", answer })).toEqual([]);
  });

  it("a local file where one HTML file was asked for", async () => {
    const answer = fenced("html", document("<h1>Tea</h1>", '<link rel="stylesheet" href="styles.css">'));
    expect(await facts({ prompt: "A single HTML file about tea.", answer })).toHaveLength(1);
    expect(await facts({ prompt: "A page about tea.", answer })).toEqual([]);
  });
});

describe("what cannot be read", () => {
  it("is nothing for this check where there is no page", async () => {
    expect(await facts("I would use two columns.")).toEqual([]);
  });

  it.each([
    ["tags that nest", "<div>".repeat(60_000)],
    ["quotes without an end", `<a ${'"'.repeat(100_000)}`],
    ["comments without an end", `<p>${"<!--".repeat(50_000)}`],
    ["styles without an end", `<style>${"a{".repeat(50_000)}`],
    ["ids that are looked up again and again", `<script>${"document.getElementById('a').b;".repeat(8_000)}</script>`],
    ["many elements without a name", `<main>${"<button></button>".repeat(9_000)}</main>`],
  ])("does not take long: %s", async (_name, html) => {
    const startedMs = performance.now();
    await facts(fenced("html", html)).catch(() => []);
    expect(performance.now() - startedMs).toBeLessThan(20_000);
  });
});
