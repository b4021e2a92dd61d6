import { defineRule } from "../../kit/rule.ts";
import { placeOf, type View } from "../read/read-ui.ts";
import { ANY_ID, lookupsIn } from "./element-lookups.ts";
import { scriptsOf, type PageInput } from "./page-input.ts";

/** A script that looks an element up by an id that is nowhere, and uses what it found without asking whether it is there. */
export const missingElement = defineRule<PageInput>({
  id: "web/missing-element",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "A script uses the element of an id that neither the page nor a script makes",
    why: "The lookup gives null, and using it throws a TypeError that ends the script.",
    references: ["https://developer.mozilla.org/docs/Web/API/Document/getElementById#return_value"],
  },
  good: [
    { answer: "```html\n<p id=\"tea\"></p><script>document.getElementById('tea').textContent = 'Tea';</script>\n```" },
    {
      answer: "```html\n<script>const t = document.getElementById('tea'); if (t) t.textContent = 'Tea';</script>\n```",
    },
    {
      answer:
        "```html\n<div id=\"box\"></div><script>box.innerHTML = '<p id=\"tea\"></p>'; document.getElementById('tea').textContent = 'Tea';</script>\n```",
    },
  ],
  bad: [
    {
      answer: "```html\n<p id=\"coffee\"></p><script>document.getElementById('tea').textContent = 'Tea';</script>\n```",
    },
    {
      answer:
        "```html\n<button id=\"go\">Go</button><script>const stop = document.getElementById('stop');\nstop.addEventListener('click', () => alert('Stopped'));</script>\n```",
    },
  ],
  run(input) {
    if (input.files.length > 0) return [];
    const { ui } = input;
    const ids = new Set(ui.pages.flatMap(({ elements }) => elements.flatMap(({ attrs }) => attrs.get("id") ?? [])));
    const texts = scriptsOf(input).flatMap(({ program }) => lookupsIn(program).texts);
    return ui.pages.filter(isWhole).flatMap((view) => {
      const missing = view.scripts
        .flatMap(({ program }) => lookupsIn(program).unguarded)
        .filter(({ id }) => !ids.has(id) && !texts.some((text) => mayMake(text, id)));
      return [...new Map(missing.map((each) => [each.id, each])).values()].map(({ id, line }) => ({
        message: `${placeOf(view, line)}: the script uses the element with the id "${id}", and there is none`,
      }));
    });
  },
});

/** Elements that another file or a template engine adds to the page are unknown here. */
function isWhole(view: View): boolean {
  return (
    view.framework === "html" &&
    !view.elements.some((each) => each.tag === "script" && each.attrs.has("src")) &&
    !/\{\{|\{%|<%/.test(view.file.content)
  );
}

/** The end of a template part after which an id is filled in. */
const OPEN_ID = /\bid\s{0,3}=\s{0,3}\\?["']?([\w-]*)$/;

/** Whether a text of a script may be what gives an element that id. */
function mayMake(text: string, id: string): boolean {
  if (text === ANY_ID || text.includes(id)) return true;
  const begun = OPEN_ID.exec(text.slice(-200))?.[1];
  return begun !== undefined && id.startsWith(begun);
}
