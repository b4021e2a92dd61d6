import type { Check } from "../src/checks/kit/check.ts";
import type { Example, Rule } from "../src/checks/kit/rule.ts";
import { CHECKS } from "../src/verify/registry.ts";

const INDEX = "docs/checks/README.md";
/** Longer examples are in the source of the rule. */
const MOST_EXAMPLE_CHARS = 1_200;

/** `docs/checks/`: an index of all checks, and a page for each check that is made of rules. Path and text. */
export function checkPages(): readonly (readonly [path: string, text: string])[] {
  const checks = [...CHECKS.values()].filter(({ rules = [] }) => rules.length > 0);
  return [
    [INDEX, indexPage(checks)],
    ...checks.map((check) => [`docs/checks/${check.name}.md`, checkPage(check)] as const),
  ];
}

function indexPage(checks: readonly Check[]): string {
  const rows = checks.map(({ name, rules = [] }) => {
    const facts = rules.filter(({ certainty }) => certainty === "fact").length;
    return `| [\`${name}\`](${name}.md) | ${facts} | ${rules.length - facts} |`;
  });
  return [
    "# Checks",
    "Generated from the rules by `npm run docs`. A **fact** fails an answer. A **hint** is told and handed to a repair; it never decides.",
    "| check | facts | hints |\n| --- | --- | --- |\n" + rows.join("\n"),
    "Criteria of the caller (`accept`) are checks as well: [tools](../tools.md#accept).",
    "",
  ].join("\n\n");
}

function checkPage({ name, rules = [] }: Check): string {
  return [`# \`${name}\``, "Generated from the rules by `npm run docs`.", ...rules.map(ruleSection), ""].join("\n\n");
}

function ruleSection({ id, severity, certainty, docs, good, bad }: Rule<never>): string {
  const references = docs.references ?? [];
  return [
    `## \`${id}\``,
    `${certainty}, ${severity}. ${docs.summary}`,
    docs.why,
    ...(references.length === 0
      ? []
      : [`See ${references.map((each) => (each.startsWith("http") ? `<${each}>` : each)).join(", ")}.`]),
    ...exampleOf("Found in", bad),
    ...exampleOf("Lets pass", good),
  ].join("\n\n");
}

function exampleOf(title: string, examples: readonly Example[]): readonly string[] {
  const short = examples.find(({ answer, prompt = "" }) => answer.length + prompt.length <= MOST_EXAMPLE_CHARS);
  if (short === undefined) return [];
  const prompt = short.prompt === undefined ? [] : [`to the request ${inFence(short.prompt)}the answer`];
  return [`${title}: ${prompt.join("")}${inFence(short.answer)}`.trimEnd()];
}

/** In a fence that is longer than any within. */
function inFence(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return `\n\n${fence}text\n${text}\n${fence}\n\n`;
}
