import { fail, listed, type Check, type CheckOutcome } from "../check.ts";
import { jsonOf } from "../json-answer.ts";
import { loadMarkdownParser, type ParseMarkdown } from "../markdown.ts";
import { askedSteps, type AskedSteps } from "../plan/asked.ts";
import { cycleIn } from "../plan/graph.ts";
import { readJson } from "../plan/read-json.ts";
import { readMarkdown } from "../plan/read-markdown.ts";
import { gradePlan } from "../plan/grade.ts";
import { linksOf } from "../plan/references.ts";
import { choose } from "../plan/choose.ts";
import type { Reading } from "../plan/step.ts";
import { withinMs } from "../time-limit.ts";

const TIME_LIMIT_MS = 1500;

/** The answer is a plan: two steps or more, told apart, whose dependencies exist and run in no circle, as many as asked. Form, not wisdom. */
export const planStructure: Check = {
  name: "plan_structure",
  kind: "gate",
  cap: 0.4,
  maxChars: 150_000,
  async run({ text, prompt }) {
    const parse = await loadMarkdownParser();
    return withinMs(TIME_LIMIT_MS, () => judge(readingsOf(text, parse), text, prompt));
  },
};

function judge(readings: readonly Reading[], text: string, prompt: string): CheckOutcome {
  const plan = choose(readings);
  if (plan === null || plan.steps.length < 2) {
    return fail(`${plan?.steps.length ?? 0} steps found, a plan has two or more`);
  }
  const { needs, missing } = linksOf(plan, text);
  const problems = [...repeated(plan), ...missing];
  const cycle = cycleIn(plan, needs);
  if (cycle !== null) problems.push(`dependencies run in a circle: ${cycle.join(" → ")}`);
  const asked = askedSteps(prompt);
  const counts = readings.flatMap((reading) => [reading.steps.length, reading.groups.length]);
  if (asked !== null && !counts.some((count) => count >= asked.min && count <= asked.max)) {
    problems.push(`${plan.steps.length} steps where the prompt asks for ${rangeName(asked)}`);
  }
  return problems.length > 0 ? fail(listed(problems)) : graded(plan, needs.size, prompt);
}

function rangeName({ min, max }: AskedSteps): string {
  if (max === Number.POSITIVE_INFINITY) return `${min} or more`;
  return min === max ? `${min}` : `${min} to ${max}`;
}

function graded(plan: Reading, linked: number, prompt: string): CheckOutcome {
  const { score, lacks } = gradePlan(plan, linked, prompt);
  const found = `${plan.steps.length} steps${linked > 0 ? `, ${linked} with dependencies` : ""}`;
  return {
    checked: true,
    passed: true,
    score,
    detail: [found, ...(lacks.length > 0 ? [listed(lacks)] : [])].join("; "),
  };
}

function readingsOf(text: string, parse: ParseMarkdown): readonly Reading[] {
  const json = jsonOf(text);
  const reading = json.ok ? readJson(json.value) : null;
  return reading === null ? readMarkdown(parse(text)) : [reading];
}

/** Ids that the plan gives twice in one section, and steps that say the same thing again. */
function repeated(plan: Reading): readonly string[] {
  const ids = new Set<string>();
  const texts = new Set<string>();
  return plan.steps.flatMap((step) => {
    const id = `${step.parent ?? ""} ${step.word} ${step.id}`;
    const said = `${step.title}\n${step.body}`.toLowerCase().replace(/\s+/g, " ").trim();
    const found: string[] = [];
    if (step.idWritten && ids.size === ids.add(id).size) found.push(`two steps are called ${step.key}`);
    if (texts.size === texts.add(said).size) found.push(`${step.key} repeats an earlier step`);
    return found;
  });
}
