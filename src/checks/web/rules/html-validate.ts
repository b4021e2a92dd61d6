import { defineRule } from "../../kit/rule.ts";
import { placeOf, type View } from "../read/read-ui.ts";
import { at, type PageInput } from "./page-input.ts";

/** Findings of the HTML validator, by those of its rules that are no matter of taste. */
export const htmlValidate = defineRule<PageInput>({
  id: "web/html-validate",
  severity: "minor",
  certainty: "hint",
  docs: {
    summary: "A finding of html-validate, with the name of its rule",
    why: "Invalid markup works by luck, and some of it shuts people out. Each rule says why on its own page.",
    references: ["https://html-validate.org/rules/", "https://www.w3.org/TR/WCAG22/"],
  },
  good: [{ answer: "```html\n<ul><li>Green</li></ul>\n```" }],
  bad: [
    { answer: "```html\n<ul><div>Green</div></ul>\n```" },
    { answer: '```html\n<p id="a">Green</p><p id="a">Black</p>\n```' },
    { answer: '```html\n<!-- [html-validate-disable no-dup-id] -->\n<p id="a">Green</p><p id="a">Black</p>\n```' },
    { answer: '```html\n<!-- [html-validate-disable-next no-dup-id] -->\n<p id="a">Green</p><p id="a">Black</p>\n```' },
  ],
  async run({ ui }) {
    const found = await Promise.all(ui.pages.map(validate));
    return found.flat();
  },
});

const RULES = [
  "element-permitted-content",
  "element-permitted-parent",
  "element-permitted-occurrences",
  "element-required-ancestor",
  "element-name",
  "no-dup-id",
  "no-deprecated-attr",
  "void-content",
  "script-element",
  "map-id-name",
  "deprecated",
  "hidden-focusable",
  "heading-level",
  "multiple-labeled-controls",
  "aria-hidden-body",
  "no-abstract-role",
  "no-missing-references",
  "valid-autocomplete",
  "wcag/h36",
];
/** With larger pages, the validator takes seconds. */
const MAX_CHARS = 100_000;
const MAX_ELEMENTS = 2_500;
/** The validator reads template languages and bound attributes as they stand. */
const TEMPLATE = /\{\{|\{%|<%|\s(?:v-|x-|:|@)[a-z]/;

/** An answer does not say what its validator may report. Places stay what they were. */
function withoutDirectives(content: string): string {
  return content.replaceAll("[html-validate-", "(html-validate-");
}

async function validate(view: View): Promise<readonly { readonly message: string }[]> {
  const { content } = view.file;
  if (view.framework !== "html" || content.length > MAX_CHARS || view.elements.length > MAX_ELEMENTS) return [];
  if (TEMPLATE.test(content)) return [];
  try {
    const { HtmlValidate, StaticConfigLoader } = await import("html-validate/browser");
    const rules = Object.fromEntries(RULES.map((name) => [name, "error"]));
    const validator = new HtmlValidate(new StaticConfigLoader({ root: true, rules, elements: ["html5"] } as never));
    const messages = validator
      .validateStringSync(withoutDirectives(content))
      .results.flatMap((result) => result.messages);
    return [...Map.groupBy(messages, ({ ruleId }) => ruleId)].map(([ruleId, all]) => ({
      message: at(
        `${all[0]?.message ?? ruleId} [${ruleId}]`,
        all.map(({ line }) => placeOf(view, line)),
      ),
    }));
  } catch {
    // It fails on markup that browsers accept. These are hints: without them the page still counts as checked.
    return [];
  }
}
