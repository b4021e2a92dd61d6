import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { fail, graded, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { amountsAsked } from "../requirements/amounts.ts";
import type { Found } from "../requirements/requirement.ts";
import { countsAsked } from "../requirements/counts.ts";
import { sectionsAsked, thingsAsked } from "../requirements/elements.ts";
import { fieldsAsked } from "../requirements/fields.ts";
import { frameAsked } from "../requirements/framework-and-limits.ts";
import { controlsAsked } from "../requirements/named-controls.ts";
import { namedSectionsAsked } from "../requirements/named-sections.ts";
import { togglesAsked } from "../requirements/toggles.ts";
import { plain, textsAsked } from "../requirements/quoted-texts.ts";
import { judgedOf } from "../run-rules.ts";
import { hasUnknownParts, readUi, type Ui } from "../read/read-ui.ts";

/** What the prompt names and can be looked up is there: framework, fields, parts, texts, counts, limits. */
export const uiMeetsRequest = legacy({
  name: "ui_meets_request",
  kind: "gate",
  cap: 0.5,
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 10_000,
  async run({ text, prompt, files }) {
    const ui = await readUi(text);
    if (ui.views.length === 0 && ui.styles.length === 0) return notChecked("no page and no component to look at");
    const asked = prompt.slice(0, 50_000);
    const demands = [
      ...frameAsked(asked),
      ...fieldsAsked(asked),
      ...thingsAsked(asked),
      ...sectionsAsked(asked),
      ...textsAsked(asked),
      ...controlsAsked(asked),
      ...togglesAsked(asked),
      ...namedSectionsAsked(asked),
      ...amountsAsked(asked),
      ...countsAsked(asked),
    ];
    const found: Found = { ui, judged: await judgedOf(ui), text: plain(ui.source), isStatic: isStatic(ui) };
    // A change to files of the caller's need not show what those hold already.
    const before = plain(files.map((file) => file.content).join("\n"));
    const results = demands.map((ask) => ({ ask, met: ask.isMet(found) ?? null }));
    const told = results.filter(
      ({ ask, met }) =>
        met !== null &&
        !(!met && before !== "" && ask.isMet({ ...found, isStatic: false, text: `${found.text} ${before}` }) === true),
    );
    if (told.length === 0) return notChecked("the request names nothing that could be looked up");
    const missing = told.filter(({ met }) => met === false).map(({ ask }) => ask);
    if (missing.length === 0)
      return pass(
        `all ${told.length} things that the request names are there: ${listed(
          told.map(({ ask }) => ask.what),
          8,
        )}`,
      );
    const names = missing.map(({ what }) => what);
    const extras = {
      repair: `Missing, though the request asks for it:\n${names.map((name) => `- ${name}`).join("\n")}`,
    };
    const detail = `missing: ${listed(names, 8)}`;
    const score = 1 - missing.length / told.length;
    if (missing.some(({ certain }) => certain)) return { ...fail(detail, extras), score } as ReturnType<typeof fail>;
    // A quote that may have been meant as an example.
    return { ...graded(score, detail, extras), passed: true } as ReturnType<typeof fail>;
  },
});

function isStatic(ui: Ui): boolean {
  const scripted =
    ui.scripts.length > 0 ||
    /createElement|innerHTML|insertAdjacent|\.append\(|appendChild|<script[^>]{0,200}\bsrc=/.test(ui.source);
  return ui.unread.length === 0 && !scripted && !ui.pages.some(hasUnknownParts);
}
