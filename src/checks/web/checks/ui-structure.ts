import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { graded, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { placeIn } from "../read/files.ts";
import { findingsOf, judgedOf, scoreOf } from "../run-rules.ts";
import { readUi } from "../read/read-ui.ts";
import { sentence, type Finding } from "../rules/rule.ts";
import { STRUCTURE_RULES } from "../rules/structure.ts";
import { readStyles } from "../styles/style-sheet.ts";
import { validated } from "../rules/html-validate.ts";

/** It is valid and put together well: head, landmarks, headings, nesting, ids, tables, style sheets that parse. */
export const uiStructure = legacy({
  name: "ui_structure",
  kind: "graded",
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 10_000,
  async run({ text }) {
    const ui = await readUi(text);
    if (ui.pages.length === 0 && ui.styles.length === 0)
      return notChecked(ui.unread[0] ?? "no page and no component to look at");
    const judged = await judgedOf(ui);
    const own = findingsOf(judged, STRUCTURE_RULES);
    if (own === null) return notChecked("there are too many elements to look at");
    const validations = await Promise.all(ui.pages.map(validated));
    const sheets = ui.styles.filter((file) => file.language === "css");
    const css: Finding[] = [];
    for (const file of sheets) {
      const { errors } = await readStyles([file.content]);
      if (errors.length > 0)
        css.push({
          weight: "medium",
          problem: `style sheet: ${errors[0]}`,
          places: errors.map(() => placeIn(file, 1)),
        });
    }
    for (const { sheet, view } of judged) {
      if (sheet.errors.length > 0 && view.styles.length > 0)
        css.push({ weight: "medium", problem: `style: ${sheet.errors[0]}`, places: [placeIn(view.file, 1)] });
    }
    const findings = [...own, ...validations.flatMap(({ structure }) => structure), ...css];
    const skipped = validations.find((each) => each.skipped !== null)?.skipped;
    const note = skipped == null ? "" : ` (${skipped})`;
    if (findings.length === 0) return pass(`well structured${note}`);
    const problems = findings.map(sentence);
    return graded(scoreOf(findings), `${listed(problems, 6)}${note}`, { repair: problems.slice(0, 25).join("\n") });
  },
});
