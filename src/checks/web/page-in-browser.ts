import type { Finding } from "../kit/check-result.ts";
import { listed, unmade, type Check } from "../kit/check.ts";
import { BROWSER_MAX_CHARS } from "./browser/is-for-browser.ts";
import type { AxeViolation, PageVisit } from "./browser/visit.ts";
import { visitAnswer } from "./browser/visit-answer.ts";
import { asksForAccessibility } from "./read/request.ts";

/**
 * The page in a real browser, if the config names one: script errors, the findings of axe-core, and whether the page fits the width of
 * a phone. It waits for another process and runs on the main thread: ending a worker would leave the browser running.
 */
export const pageInBrowser: Check = {
  name: "page_in_browser",
  maxChars: BROWSER_MAX_CHARS,
  applies: ({ browser }) => browser !== undefined,
  async run(subject, signal) {
    const visited = await visitAnswer(subject, signal);
    if (visited === null) return null;
    if ("unmade" in visited) return unmade(visited.unmade);
    const { visit } = visited;
    if (!visit.loaded) return { ...unmade("the page was not done with loading in time"), measured: measuredOf(visit) };
    const findings = [...scriptErrors(visit), ...axeFindings(visit, subject.prompt), ...overflow(visit)];
    const { errors, refused } = visit;
    const looked = `loads in a browser ${errors.length === 0 ? "without errors" : `with ${errors.length} errors`}`;
    return {
      findings,
      evidence: [],
      looked: refused.length === 0 ? looked : `${looked}, without ${refused.length} things from elsewhere`,
      measured: measuredOf(visit),
    };
  },
};

/** An error at load is a fact if the page got everything that it requested; else a missing resource may be the reason. */
function scriptErrors({ errors, refused }: PageVisit): readonly Finding[] {
  if (errors.length === 0) return [];
  const message = `when it is loaded, its script throws: ${listed(errors)}`;
  return [
    { rule: "web/script-error", severity: "critical", certainty: refused.length === 0 ? "fact" : "hint", message },
  ];
}

/** Facts only if the request asks for accessibility and the page got all its styles and scripts, since these change the result. */
function axeFindings({ axe, refused }: PageVisit, prompt: string): readonly Finding[] {
  const isFact = refused.length === 0 && asksForAccessibility(prompt);
  return axe.map((violation): Finding => {
    return {
      rule: "web/axe",
      severity: severityOf(violation),
      certainty: isFact ? "fact" : "hint",
      message: `${violation.help} [${violation.id}]: ${violation.targets.join(", ")}${violation.count > violation.targets.length ? ` and ${violation.count - violation.targets.length} more` : ""}`,
      repair: `${violation.help} (${violation.helpUrl}): ${violation.targets.join(", ")}`,
    };
  });
}

function severityOf({ impact }: AxeViolation): Finding["severity"] {
  return impact === "critical" || impact === "serious" || impact === "minor" ? impact : "moderate";
}

function overflow({ overflowPx }: PageVisit): readonly Finding[] {
  if (overflowPx <= 0) return [];
  const message = `on a screen of 375 pixels it is ${overflowPx} pixels too wide`;
  return [{ rule: "web/overflow", severity: "moderate", certainty: "hint", message }];
}

function measuredOf({
  loaded,
  errors,
  refused,
  axe,
  overflowPx,
  elements,
}: PageVisit): Readonly<Record<string, unknown>> {
  const violations = axe.map(({ id, impact, count }) => ({ id, impact, count }));
  return {
    loaded,
    errors: errors.slice(0, 5),
    refused: refused.slice(0, 5),
    axe: violations,
    overflowPxAt375: overflowPx,
    elements,
  };
}
