import { graded, listed, notChecked, PARSE_MAX_CHARS, pass, type Check } from "../check.ts";
import { placeIn } from "../ui/files.ts";
import { findingsOf, judgedOf, scoreOf } from "../ui/judge.ts";
import { readUi } from "../ui/read.ts";
import { sentence, type Finding } from "../ui/rules/finding.ts";
import { STRUCTURE_RULES } from "../ui/rules/structure.ts";
import { readStyles } from "../ui/styles.ts";
import { validated } from "../ui/validate.ts";

/** It is valid and put together well: head, landmarks, headings, nesting, ids, tables, style sheets that parse. */
export const uiStructure: Check = {
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
};
