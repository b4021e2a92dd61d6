import { PARSE_MAX_CHARS } from "../kit/check.ts";
import { ruleCheck } from "../kit/rule-check.ts";
import { accessibleView } from "./read/dom.ts";
import { readUi } from "./read/read-ui.ts";
import { asksForAccessibility } from "./read/request.ts";
import { noAccessibleName, tableWithoutHeaders } from "./rules/accessibility.ts";
import { compilerWarning, noViewport } from "./rules/hints.ts";
import { htmlValidate } from "./rules/html-validate.ts";
import { leftOutCode } from "./rules/left-out.ts";
import { missingElement } from "./rules/missing-element.ts";
import { missingFile } from "./rules/missing-file.ts";
import { otherFramework } from "./rules/other-framework.ts";
import { otherLanguage } from "./rules/other-language.ts";
import { pageIdentity } from "./rules/page-identity.ts";
import type { PageInput } from "./rules/page-input.ts";
import { cutOff, doesNotParse, forgivenMarkup } from "./rules/parses.ts";
import { undefinedComponent, undefinedFunction } from "./rules/undefined-names.ts";

/** Pages and components, by their source: they parse, are complete, and define everything that they use. No code is run. */
export const page = ruleCheck<PageInput>({
  name: "page",
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 10_000,
  async read({ text, prompt, files }) {
    const ui = await readUi(text);
    if (ui.pages.length === 0) {
      const [why] = ui.unread;
      if (why !== undefined) return { unmade: why };
      return ui.unknown.length === 0 ? null : { unmade: `there is no parser here for ${ui.unknown.join(" and ")}` };
    }
    const accessible = [];
    for (const view of ui.pages) accessible.push(await accessibleView(view, ui));
    const found = accessible.filter((each) => each !== null);
    return { input: { ui, prompt, files, accessible: found, asksForAccessibility: asksForAccessibility(prompt) } };
  },
  rules: [
    doesNotParse,
    cutOff,
    leftOutCode,
    undefinedComponent,
    undefinedFunction,
    missingElement,
    missingFile,
    otherFramework,
    otherLanguage,
    noAccessibleName,
    tableWithoutHeaders,
    pageIdentity,
    forgivenMarkup,
    noViewport,
    compilerWarning,
    htmlValidate,
  ],
  conclude: ({ ui, accessible }, findings) => {
    const unmade = [
      ...new Set(ui.unread),
      ...(accessible.length < ui.pages.length ? ["there are too many elements to look at all of them"] : []),
    ];
    return {
      ...(findings.some(({ certainty }) => certainty === "fact") ? {} : { looked: "parses and is whole" }),
      ...(unmade.length === 0 ? {} : { unmade: unmade.join("; ") }),
    };
  },
});
