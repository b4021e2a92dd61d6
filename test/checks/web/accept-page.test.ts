import { describe, expect, it } from "vitest";
import type { CheckReport } from "../../../src/checks/kit/check.ts";
import type { PageCriterion } from "../../../src/checks/kit/criterion.ts";
import { acceptPage } from "../../../src/checks/web/accept-page.ts";

async function report(html: string, criterion: PageCriterion, tag = "html"): Promise<CheckReport> {
  const text = `\`\`\`${tag}\n${html}\n\`\`\``;
  const context = { system: null, files: [], notes: [], tests: [] };
  const rest = { taskId: "ui_design", checks: [], prompt: "", context, files: [], notes: [], responseSchema: null };
  const outcome = await acceptPage.run({ ...rest, text, criterion }, new AbortController().signal);
  if (outcome === null) throw new Error("no report");
  return outcome;
}

const formatted = ({ evidence, findings, unmade }: CheckReport): string =>
  unmade === undefined ? (findings[0]?.message ?? `met: ${evidence[0]?.summary ?? ""}`) : `unmade: ${unmade}`;
const element = (role: string, text: string | null = null, count: number | null = null): PageCriterion => ({
  kind: "element",
  name: "c",
  role,
  text,
  count,
});

describe("element", () => {
  const PAGE = `<main><h1>Tea</h1><label for="n">Cups</label><input id="n" type="number"><button aria-label="Close"><svg></svg></button>
    <button hidden>Secret</button><button style="display: none">Gone</button><a href="/">Home</a><a>No link</a></main>`;

  it.each([
    [element("spinbutton", "cups"), 'met: 1 elements of the role spinbutton named "cups"'],
    [element("button", "Close"), 'met: 1 elements of the role button named "Close"'],
    [element("button", null, 1), "met: 1 elements of the role button"],
    [element("link", null, 1), "met: 1 elements of the role link"],
    [
      element("button", "Secret"),
      'c: 0 elements of the role button named "Secret" instead of at least 1; of that role: "Close"',
    ],
    [element("button", null, 2), 'c: 1 elements of the role button instead of 2; of that role: "Close"'],
    [element("textbox"), "c: 0 elements of the role textbox instead of at least 1"],
  ])("%o", async (criterion, expected) => {
    expect(formatted(await report(PAGE, criterion))).toBe(expected);
  });

  it("leaves open what a script may build, and says how to find out", async () => {
    const html = "<main id='m'></main><script>m.innerHTML = '<button>Brew</button>';</script>";
    expect(formatted(await report(html, element("button", "Brew")))).toMatch(
      /^unmade: only a run tells: set checks\.browser/,
    );
    expect(formatted(await report(html, element("button", "Pour")))).toMatch(/^c: 0 elements/);
  });

  it("reads components, and leaves open what another component shows", async () => {
    const tsx =
      "import { Button } from './b';\nexport const Tea = () => <form><input aria-label='Cups' /><Button>Brew</Button></form>;";
    expect(formatted(await report(tsx, element("textbox", "Cups"), "tsx"))).toMatch(/^met/);
    expect(formatted(await report(tsx, element("button", "Brew"), "tsx"))).toMatch(/^unmade/);
    const vue = '<template><form><button type="submit">Brew</button></form></template>';
    expect(formatted(await report(vue, element("button", "brew"), "vue"))).toMatch(/^met/);
  });

  it.each([
    ["<template><button>Save</button></template>", "html"],
    ["<details><summary>More</summary><button>Save</button></details>", "html"],
    ["<dialog><button>Save</button></dialog>", "html"],
    ["<div popover id=p><button>Save</button></div>", "html"],
    ["<style>main { button { display: none } }</style><main><button>Save</button></main>", "html"],
    ["<style>main { @media (width > 1px) { display: none } }</style><main><button>Save</button></main>", "html"],
    ["<style>.x { opacity: 0 }</style><button class=x>Save</button>", "html"],
    ["<button style='transform: scale(0)'>Save</button>", "html"],
    ["<button style='position: absolute; left: -9999px'>Save</button>", "html"],
    ["<button style='clip-path: inset(50%)'>Save</button>", "html"],
    ["<button style='content-visibility: hidden'>Save</button>", "html"],
    ["<button id=b>Save</button><script>document.querySelector('#b').remove()</script>", "html"],
    [
      "<main><button>Save</button></main><script>document.querySelector('button').style.display = 'none'</script>",
      "html",
    ],
    ["<button hidden id=b>Save</button><script>b.hidden = false</script>", "html"],
    ['<template><button v-if="a">Save</button></template>', "vue"],
    ['<template><div v-show="a"><button>Save</button></div></template>', "vue"],
    ['<template><template v-if="a"><button>Save</button></template></template>', "vue"],
    ["{#if a}<button>Save</button>{/if}", "svelte"],
    ["export default () => <main>{a && <button>Save</button>}</main>;", "jsx"],
    ["export default () => <main>{a ? <button>Save</button> : null}</main>;", "jsx"],
    ["export default () => <button style={{ display: a }}>Save</button>;", "jsx"],
    ["export default () => <Modal><button>Save</button></Modal>;", "jsx"],
    ["export default () => <button hidden={a}>Save</button>;", "jsx"],
    ["export default function A() { if (a) return null; return <button>Save</button>; }", "jsx"],
    ["<button class:hidden={a}>Save</button>", "svelte"],
    ["<button style:display={a}>Save</button>", "svelte"],
    ["<button>Save</button><script>document.body.innerHTML = '';</script>", "html"],
    ["const Bar = () => <button>Save</button>;\nexport default () => <main>Tea</main>;", "jsx"],
  ])("leaves open what may be hidden: %s", async (code, tag) => {
    for (const count of [null, 0, 1]) {
      expect(formatted(await report(code, element("button", "Save", count), tag))).toMatch(
        /^unmade: .*checks\.browser/,
      );
    }
  });

  it.each([
    ["<style>p { opacity: 0 }</style><button style='color: red'>Save</button>", "html"],
    ["<button>Save</button><p id=out></p><script>out.textContent = 'x'</script>", "html"],
    ["<details open><summary>More</summary><button>Save</button></details>", "html"],
    ["export default () => <button style={{ color: a, opacity: 0.5 }}>Save</button>;", "jsx"],
    ["const Bar = () => <button>Save</button>;\nexport default () => <main><Bar /></main>;", "jsx"],
    ['<button><svg role="img"><title>Save</title></svg></button>', "html"],
    ["<button>Save all</button>", "html"],
    ["export default () => <button hidden={false}>Save</button>;", "jsx"],
  ])("finds what is shown: %s", async (code, tag) => {
    expect(formatted(await report(code, element("button", "save"), tag))).toMatch(/^met/);
  });

  it.each(["Unsaved", "Don't save", "Saved"])("does not take %s for Save", async (name) => {
    expect(formatted(await report(`<button>${name}</button>`, element("button", "Save")))).toMatch(/^c: 0 elements/);
  });

  it("does not find what a style hides for certain", async () => {
    const jsx = "export default () => <button style={{ display: 'none' }}>Save</button>;";
    expect(formatted(await report(jsx, element("button", "Save"), "jsx"))).not.toMatch(/^met/);
  });

  it("wants a page", async () => {
    expect(formatted(await report("print('tea')", element("button"), "python"))).toBe(
      "c: the answer holds no page and no component",
    );
  });
});

describe("section", () => {
  const section = (name: string): PageCriterion => ({ kind: "section", name: "c", section: name });
  const PAGE =
    '<header><h1>Tea</h1></header><main><h2>Our prices</h2><section aria-label="Opening hours"></section></main><footer>Tea</footer>';

  it.each(["Prices", "opening hours", "footer", "Tea"])("finds %s", async (name) => {
    expect(formatted(await report(PAGE, section(name)))).toMatch(/^met/);
  });

  it("says which headings there are", async () => {
    expect(formatted(await report(PAGE, section("Contact")))).toBe(
      'c: no heading or landmark "Contact"; the headings are "Tea"; "Our prices"',
    );
  });
});

describe("no_script_errors", () => {
  const criterion: PageCriterion = { kind: "no_script_errors", name: "c" };

  it("needs a browser, unless there is nothing to run or it does not parse", async () => {
    const start = "<!doctype html><html><body><p>Tea</p>";
    expect(formatted(await report(`${start}</body></html>`, criterion))).toBe("met: there is no script");
    for (const live of [
      "<a href='java\nscript:a()'>b</a>",
      "<iframe srcdoc='<p>'></iframe>",
      "<object data='a.svg'></object>",
    ]) {
      expect(formatted(await report(`${start}${live}</body></html>`, criterion))).toMatch(/^unmade/);
    }
    expect(formatted(await report(`${start}<script>const = 1;</script></body></html>`, criterion))).toMatch(
      /^c: line 1: script: /,
    );
    expect(formatted(await report(`${start}<script>const a = 1;</script></body></html>`, criterion))).toMatch(
      /^unmade: .*checks\.browser/,
    );
  });
});
