import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { isStyleAnswer } from "../asked-styles.ts";
import { leftOut } from "../placeholders.ts";
import { readUi } from "../read/read-ui.ts";

/** Pages and components parse, by the parser of their own language; nothing is cut off, left open, left out or empty. */
export const markupParses = legacy({
  name: "markup_parses",
  kind: "gate",
  cap: 0.4,
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 10_000,
  async run({ text, prompt, files }) {
    const ui = await readUi(text);
    if (ui.views.length === 0) {
      if (ui.unknown.length > 0) return notChecked(`there is no parser here for ${ui.unknown.join(" and ")}`);
      return isStyleAnswer(ui, prompt)
        ? pass("style sheets alone, as asked for")
        : fail("no HTML and no component found");
    }
    const problems = [...ui.errors];
    if (
      ui.pages.length > 0 &&
      ui.unread.length === 0 &&
      problems.length === 0 &&
      ui.pages.every((page) => page.elements.length === 0)
    ) {
      problems.push("nothing is shown: there is not one element");
    }
    if (files.length === 0) problems.push(...leftOut(ui));
    if (problems.length > 0) return fail(listed(problems), { repair: problems.slice(0, 20).join("\n") });
    if (ui.unread.length > 0) return notChecked(listed([...new Set(ui.unread)]));
    return pass("well formed");
  },
});
