import { graded, listed, notChecked, PARSE_MAX_CHARS, type Check } from "../check.ts";
import { uiOf, whyNotHtml } from "../html/answer.ts";
import { UI_RULES } from "../html/rules.ts";
import { loadHtmlParser } from "../html/tree.ts";
import { withinMs } from "../time-limit.ts";

const TIME_LIMIT_MS = 1000;

/** The page has what users of any ability need: language, title, labels, names, an order of headings. */
export const uiStructure: Check = {
  name: "ui_structure",
  kind: "graded",
  maxChars: PARSE_MAX_CHARS,
  async run({ text }) {
    const ui = uiOf(text);
    if (ui.html.length === 0) return notChecked(ui.components.length > 0 ? whyNotHtml(ui) : "no HTML found");
    const parse = await loadHtmlParser();
    const trees = ui.html.map((file) => parse(file.content));
    const results = withinMs(TIME_LIMIT_MS, () => trees.flatMap((tree) => UI_RULES.map((rule) => rule(tree))));
    const applied = results.filter((result) => result.applies > 0);
    if (applied.length === 0) return notChecked("the HTML has no field, image, heading, link or button to judge");
    const failed = applied.filter((result) => result.failed > 0);
    const score = applied.reduce((sum, rule) => sum + 1 - rule.failed / rule.applies, 0) / applied.length;
    const counts = `${applied.length - failed.length} of ${applied.length} rules hold`;
    return graded(
      score,
      failed.length === 0
        ? counts
        : `${counts}; ${listed(
            failed.map((rule) => rule.problem),
            8,
          )}`,
    );
  },
};
