import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { graded, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { judgedOf } from "../run-rules.ts";
import { readUi } from "../read/read-ui.ts";
import { asksResponsive, responsiveOf } from "../rules/responsive.ts";

/** The page holds on a small screen: a viewport, a layout that flows, no fixed widths. */
export const uiResponsive = legacy({
  name: "ui_responsive",
  kind: "graded",
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 10_000,
  async run({ text, prompt }) {
    const ui = await readUi(text);
    if (ui.pages.length === 0 && ui.styles.length === 0)
      return notChecked(ui.unread[0] ?? "no page and no component to look at");
    const found = responsiveOf(ui, await judgedOf(ui));
    const asked = asksResponsive(prompt);
    if (!found.styled && found.viewport !== false) return notChecked("the styles are not in the answer");
    if (found.viewport === null && !asked && found.fixed.length === 0)
      return notChecked("a part of a page, for no size that the request names");
    const faults: readonly (readonly [boolean, number, string])[] = [
      [found.viewport === false, 0.5, 'no <meta name="viewport" content="width=device-width, initial-scale=1">'],
      [found.fixed.length > 0, found.adapts ? 0.3 : 0.6, `fixed widths: ${listed(found.fixed)}`],
      [found.styled && !found.flows && !found.adapts, 0.3, "the layout does not flow"],
      [
        asked && found.styled && !found.adapts,
        0.5,
        "nothing adapts to the screen: no media query, breakpoint or wrapping grid",
      ],
    ];
    const made = faults.filter(([holds]) => holds);
    const problems = made.map(([, , problem]) => problem);
    const score = 1 - made.reduce((sum, [, cost]) => sum + cost, 0);
    return problems.length === 0
      ? pass("holds on small screens")
      : graded(score, listed(problems), { repair: problems.join("\n") });
  },
});
