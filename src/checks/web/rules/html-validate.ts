import { MissingPackageError, optional } from "../../kit/optional.ts";
import { placeIn } from "../read/files.ts";
import type { Finding, Weight } from "./rule.ts";
import type { View } from "../read/read-ui.ts";

/** Rules of the HTML validator that are about facts, with what each is worth. The others are matters of taste or have a rule of our own. */
const STRUCTURE: Readonly<Record<string, Weight>> = {
  "element-permitted-content": "medium",
  "element-permitted-parent": "medium",
  "element-permitted-order": "light",
  "element-permitted-occurrences": "medium",
  "element-required-ancestor": "medium",
  "element-required-content": "light",
  "element-name": "medium",
  "attribute-allowed-values": "light",
  "no-deprecated-attr": "light",
  "void-content": "medium",
  "script-element": "medium",
  "map-id-name": "light",
  deprecated: "medium",
};
const ACCESS: Readonly<Record<string, Weight>> = {
  "hidden-focusable": "light",
  "multiple-labeled-controls": "medium",
  "aria-hidden-body": "heavy",
  "no-abstract-role": "medium",
  "valid-autocomplete": "light",
  "wcag/h36": "medium",
};
/** Beyond these the validator takes seconds. */
const MAX_CHARS = 100_000;
const MAX_ELEMENTS = 2_500;

export interface Validated {
  readonly structure: readonly Finding[];
  readonly access: readonly Finding[];
  /** Why it was not asked; `null`: it was. */
  readonly skipped: string | null;
}

const NOTHING: Validated = { structure: [], access: [], skipped: null };
const recent = new WeakMap<View, Promise<Validated>>();

/** What the HTML validator says of a page or piece. Components are not its language. */
export function validated(view: View): Promise<Validated> {
  const known = recent.get(view) ?? validate(view);
  recent.set(view, known);
  return known;
}

async function validate(view: View): Promise<Validated> {
  if (view.framework !== "html") return NOTHING;
  const { content } = view.file;
  if (content.length > MAX_CHARS || view.elements.length > MAX_ELEMENTS)
    return { ...NOTHING, skipped: "too large for the HTML validator" };
  // The validator reads template languages and bound attributes as they stand.
  if (/\{\{|\{%|<%|\s(?:v-|x-|:|@)[a-z]/.test(content)) return NOTHING;
  const rules = Object.fromEntries([...Object.keys(STRUCTURE), ...Object.keys(ACCESS)].map((name) => [name, "error"]));
  try {
    const { HtmlValidate, StaticConfigLoader } = await optional("html", () => import("html-validate/browser"));
    const validator = new HtmlValidate(new StaticConfigLoader({ root: true, rules, elements: ["html5"] } as never));
    const report = validator.validateStringSync(content);
    const messages = report.results.flatMap((result) => result.messages);
    return { structure: grouped(messages, STRUCTURE, view), access: grouped(messages, ACCESS, view), skipped: null };
  } catch (error) {
    if (error instanceof MissingPackageError) return { ...NOTHING, skipped: error.message };
    return { ...NOTHING, skipped: "the HTML validator could not read it" };
  }
}

interface Message {
  readonly ruleId: string;
  readonly message: string;
  readonly line: number;
}

/** One finding for each rule: its first message, and all places. */
function grouped(
  messages: readonly Message[],
  weights: Readonly<Record<string, Weight>>,
  view: View,
): readonly Finding[] {
  return Object.entries(weights).flatMap(([rule, weight]) => {
    const own = messages.filter((message) => message.ruleId === rule);
    const problem = own[0]?.message;
    return problem === undefined ? [] : [{ weight, problem, places: own.map(({ line }) => placeIn(view.file, line)) }];
  });
}
