import { fail, listed, notChecked, pass, PARSE_MAX_CHARS, type Check } from "../check.ts";
import { uiOf, whyNotHtml } from "../html/answer.ts";
import { loadHtmlParser } from "../html/tree.ts";

/** The HTML of the answer is well formed: nothing cut off, left open or closed in the wrong order. */
export const markupParses: Check = {
  name: "markup_parses",
  kind: "gate",
  cap: 0.4,
  maxChars: PARSE_MAX_CHARS,
  async run({ text }) {
    const ui = uiOf(text);
    if (ui.html.length === 0) return ui.components.length > 0 ? notChecked(whyNotHtml(ui)) : fail("no HTML found");
    const parse = await loadHtmlParser();
    const problems = ui.html.flatMap((file) => {
      const name = file.path ?? `the HTML at line ${file.firstLine} of the answer`;
      return parse(file.content).problems.map((problem) => `${name}, ${problem}`);
    });
    return problems.length === 0 ? pass("well formed") : fail(listed(problems));
  },
};
