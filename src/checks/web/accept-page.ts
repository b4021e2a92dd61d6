import { PARSE_MAX_CHARS, unmade, type Check, type CheckReport, type Subject } from "../kit/check.ts";
import { met, notMet } from "../kit/criterion-report.ts";
import type { PageCriterion } from "../kit/criterion.ts";
import { visitAnswer } from "./browser/visit-answer.ts";
import { judgeNodes, matches, sameRole, type NamedNode, type NodeCriterion } from "./accept/nodes.ts";
import { accessibleView, type AccessibleView } from "./read/dom.ts";
import { readUi, type Ui, type View } from "./read/read-ui.ts";
import { mayBuild, remover } from "./accept/may-build.ts";

const SWITCH_ON = 'set checks.browser to "auto" in the config';

/** Checks the caller's criteria of a page: in its source, or in a browser if the config names one. */
export const acceptPage: Check = {
  name: "accept_page",
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 25_000,
  async run(subject, signal) {
    const criterion = subject.criterion as PageCriterion;
    const visited = await visitAnswer(subject, signal);
    if (visited === null) return bySource(criterion, subject);
    if ("unmade" in visited) return unmade(visited.unmade);
    const { loaded, errors, refused, nodes } = visited.visit;
    if (!loaded) return unmade("the page was not done with loading in time");
    if (criterion.kind !== "no_script_errors") return judgeNodes(criterion, nodes);
    if (errors.length === 0) return met(criterion, "no script error at load");
    const found = `its script throws: ${errors[0] ?? ""}`;
    // Resources that the page did not get may be the reason.
    return refused.length === 0 ? notMet(criterion, found) : unmade(`${found}; it did not get ${refused[0] ?? ""}`);
  },
};

async function bySource(criterion: PageCriterion, { text }: Subject): Promise<CheckReport> {
  const ui = await readUi(text);
  if (ui.pages.length === 0) {
    const [why] = ui.unread;
    return why === undefined ? notMet(criterion, "the answer holds no page and no component") : unmade(why);
  }
  if (criterion.kind === "no_script_errors") return scriptsBySource(criterion, ui);
  const lost = ui.pages.find(({ framework, elements }) => framework !== "html" && elements.length === 0)?.problems[0];
  if (lost !== undefined) return unmade(`it cannot be read: line ${lost.line}: ${lost.problem}`);
  const views: AccessibleView[] = [];
  for (const view of ui.pages) {
    const each = await accessibleView(view, ui);
    if (each === null) return unmade("there are too many elements to look at");
    views.push(each);
  }
  const all = views.flatMap(({ view, nodes }) => {
    const mayRemove = remover(view, ui);
    return nodes.map((node) => {
      const doubt = node.doubt ?? (mayRemove(node.element) ? "a script may hide it" : null);
      return { ...named(node), doubt };
    });
  });
  const report = judgeNodes(
    criterion,
    all.filter(({ doubt }) => doubt === null),
  );
  const doubtful = all.find((node) => node.doubt !== null && matches(criterion, node));
  // Running the page may show, add or remove elements that the source leaves open.
  const isOpen = mayBuild(criterion, ui, views);
  const isCertain = report.findings.length === 0 && (criterion.kind === "section" || criterion.count === null);
  if (!isCertain && doubtful !== undefined) return unmade(`may be hidden: ${doubtful.doubt}; ${SWITCH_ON}`);
  if (!isCertain && mayOpen(criterion, ui, views)) return unmade(`something hidden may be shown; ${SWITCH_ON}`);
  return isOpen && !isCertain ? unmade(`only a run tells: ${SWITCH_ON}`) : report;
}

/** Whether something of the role is hidden for now: in a dialog or a template, or in a page with a script. */
function mayOpen(criterion: NodeCriterion, ui: Ui, views: readonly AccessibleView[]): boolean {
  if (criterion.kind !== "element") return false;
  const hasScript =
    ui.pages.some(({ scripts }) => scripts.length > 0) || ui.others.some(({ script }) => script !== null);
  const role = sameRole(criterion.role);
  return views.some(({ hidden }) =>
    hidden.some((each) => sameRole(each.role ?? "") === role && (each.opens || hasScript)),
  );
}

function named({ role, name }: AccessibleView["nodes"][number]): NamedNode {
  return { role: role ?? "", name: name ?? "" };
}

function scriptsBySource(criterion: PageCriterion, ui: Ui): CheckReport {
  const broken = ui.pages.flatMap(({ problems }) => problems).find(({ problem }) => problem.startsWith("script: "));
  if (broken !== undefined) return notMet(criterion, `line ${broken.line}: ${broken.problem}`);
  if (ui.pages.every(hasNoScript)) return met(criterion, "there is no script");
  return unmade(`scripts are only run in a browser: ${SWITCH_ON}`);
}

function hasNoScript({ framework, elements, isPage }: View): boolean {
  return (
    isPage &&
    framework === "html" &&
    !elements.some(
      ({ tag, attrs }) =>
        /^(?:script|iframe|frame|object|embed|portal)$/.test(tag) ||
        [...attrs].some(([name, value]) => /^on[a-z]/.test(name) || isScriptLink(value)),
    )
  );
}

/** Browsers leave out spaces and control characters of a link's scheme. */
function isScriptLink(value: string | null): boolean {
  return value === null || /javascript:|data:text\/html/i.test(value.replace(/[^!-~]/g, ""));
}
