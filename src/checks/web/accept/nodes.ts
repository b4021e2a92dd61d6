import { listed, type CheckReport } from "../../kit/check.ts";
import { met, notMet } from "../../kit/criterion-report.ts";
import type { PageCriterion } from "../../kit/criterion.ts";

/** Role and name of an element, as assistive technology gets them. */
export interface NamedNode {
  readonly role: string;
  readonly name: string;
}

/** A criterion that a page's elements decide. */
export type NodeCriterion = Exclude<PageCriterion, { kind: "no_script_errors" }>;

/** Other names of the same roles: synonyms of ARIA and of Chromium. */
const SAME: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    image: "img",
    graphic: "img",
    presentation: "none",
    textfield: "textbox",
    searchfield: "searchbox",
  }),
);
const LANDMARKS: ReadonlyMap<string, string> = new Map([
  ["banner", "banner header"],
  ["complementary", "complementary aside sidebar"],
  ["contentinfo", "contentinfo footer"],
  ["form", "form"],
  ["main", "main"],
  ["navigation", "navigation nav"],
  ["region", "region"],
  ["search", "search"],
]);

/** Whether a criterion is about an element. */
export function matches(criterion: NodeCriterion, node: NamedNode): boolean {
  const role = sameRole(node.role);
  const name = plain(node.name);
  if (criterion.kind === "element") {
    return role === sameRole(criterion.role) && (criterion.text === null || says(name, plain(criterion.text)));
  }
  const required = plain(criterion.section);
  if (role === "heading") return says(name, required);
  const landmark = LANDMARKS.get(role);
  return landmark !== undefined && ((name !== "" && says(name, required)) || landmark.split(" ").includes(required));
}

/** Checks the elements of a page against a criterion, and reports what was found instead. */
export function judgeNodes(criterion: NodeCriterion, nodes: readonly NamedNode[]): CheckReport {
  const found = nodes.filter((node) => matches(criterion, node));
  if (criterion.kind === "section") {
    if (found.length > 0) return met(criterion, `there is a ${sameRole(found[0]?.role ?? "")} of that name`);
    const headings = nodes.filter(({ role }) => role === "heading").map(({ name }) => `"${name}"`);
    return notMet(
      criterion,
      `no heading or landmark "${criterion.section}"; ${headings.length === 0 ? "there are no headings" : `the headings are ${listed(headings, 8)}`}`,
    );
  }
  const { role, text, count } = criterion;
  const what = text === null ? `elements of the role ${role}` : `elements of the role ${role} named "${text}"`;
  if (count === null ? found.length > 0 : found.length === count) return met(criterion, `${found.length} ${what}`);
  const others = nodes.filter((node) => sameRole(node.role) === sameRole(role)).map(({ name }) => `"${name}"`);
  const required = count === null ? "at least 1" : String(count);
  return notMet(
    criterion,
    `${found.length} ${what} instead of ${required}${others.length === 0 ? "" : `; of that role: ${listed(others, 8)}`}`,
  );
}

/** The usual one of several names of a role. */
export function sameRole(role: string): string {
  const lower = role.trim().toLowerCase();
  return SAME.get(lower) ?? lower;
}

const NEGATION = /(?:\b(?:do not|don['’]t|never|not|without|nicht)) $/;
/** Scripts without spaces between words. */
const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]`;

/** Whether a name holds the required words as whole words: "Save" is neither in "Unsaved" nor in "Don't save". */
function says(name: string, required: string): boolean {
  const before = new RegExp(`^(?:${UNSPACED}|[^\\p{L}\\p{N}])`, "u").test(required)
    ? ""
    : String.raw`(?<![\p{L}\p{M}\p{N}])`;
  const after = new RegExp(`(?:${UNSPACED}|[^\\p{L}\\p{N}])$`, "u").test(required)
    ? ""
    : String.raw`(?![\p{L}\p{M}\p{N}])`;
  const pattern = new RegExp(`${before}${required.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)}${after}`, "gu");
  return [...name.matchAll(pattern)].some(({ index }) => !NEGATION.test(name.slice(0, index)));
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, " ").trim();
}
