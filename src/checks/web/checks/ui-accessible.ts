import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { graded, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { findingsOf, judgedOf, scoreOf } from "../run-rules.ts";
import { readUi } from "../read/read-ui.ts";
import { ARIA_RULES } from "../rules/aria.ts";
import { sentence, type Finding } from "../rules/rule.ts";
import { KEYBOARD_RULES } from "../rules/keyboard.ts";
import { NAME_RULES } from "../rules/names.ts";
import { POINTER_RULES } from "../rules/pointer.ts";
import { READING_RULES } from "../rules/text-alternatives-and-headings.ts";
import { SIGHT_RULES } from "../rules/contrast.ts";
import { validated } from "../rules/html-validate.ts";

const RULES = [...NAME_RULES, ...KEYBOARD_RULES, ...POINTER_RULES, ...READING_RULES, ...SIGHT_RULES, ...ARIA_RULES];
const ORDER: readonly Finding["weight"][] = ["serious", "heavy", "medium", "light"];

/**
 * People of any ability can use it, as far as the source tells: names, labels, keyboard, contrast, ARIA. One defect that is certain
 * and shuts somebody out fails the answer; the others take points.
 */
export const uiAccessible = legacy({
  name: "ui_accessible",
  kind: "gate",
  cap: 0.5,
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 10_000,
  async run({ text }) {
    const ui = await readUi(text);
    if (ui.pages.length === 0) return notChecked(ui.unread[0] ?? "no page and no component to look at");
    const judged = await judgedOf(ui);
    const own = findingsOf(judged, RULES);
    if (own === null) return notChecked("there are too many elements to look at");
    const validations = await Promise.all(ui.pages.map(validated));
    const warned = ui.pages
      .flatMap((page) => page.warnings)
      .map((problem): Finding => ({ weight: "light", problem, places: [] }));
    const all = [...own, ...validations.flatMap(({ access }) => access), ...warned];
    const findings = all.toSorted((a, b) => ORDER.indexOf(a.weight) - ORDER.indexOf(b.weight));
    const skipped = [...validations, ...judged.map(({ utilities }) => utilities)].find(
      (each) => each.skipped !== null,
    )?.skipped;
    const note = skipped == null ? "" : ` (${skipped})`;
    if (findings.length === 0) return pass(`no defect found in ${countOf(judged)} elements${note}`);
    const problems = findings.map(sentence);
    const serious = findings.some(({ weight }) => weight === "serious");
    const outcome = graded(scoreOf(findings), `${listed(problems, 6)}${note}`, {
      repair: problems.slice(0, 25).join("\n"),
    });
    // Points alone never fail the answer here: the verdict's mean weighs them.
    return { ...outcome, passed: !serious } as typeof outcome;
  },
});

function countOf(judged: readonly { readonly elements: readonly unknown[] }[]): number {
  return judged.reduce((sum, { elements }) => sum + elements.length, 0);
}
