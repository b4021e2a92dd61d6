import { defineRule, type Example } from "../kit/rule.ts";
import { ruleCheck } from "../kit/rule-check.ts";
import { requiredCounts } from "./requirements/counts.ts";
import { countProblem } from "./requirements/counts-met.ts";
import { daysProblem } from "./requirements/days.ts";
import { missingFormats } from "./requirements/formats.ts";
import { circleIn, repeatedIds } from "./defects.ts";
import { planOf, type PlanAnswer } from "./read/plan.ts";

interface PlanInput {
  readonly plan: PlanAnswer;
  readonly prompt: string;
}

const CIRCLE_KEYS = 12;
const tasks = (...list: readonly object[]): Example => ({ answer: JSON.stringify({ tasks: list }) });

const dangling = defineRule<PlanInput>({
  id: "plan/dangling",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "A step depends on a step that the plan does not have.",
    why: "Its executor waits for something that never comes.",
    references: ["https://en.wikipedia.org/wiki/Precedence_diagram_method"],
  },
  good: [
    tasks({ id: 1, title: "Build", dependencies: [] }, { id: 2, title: "Ship", dependencies: [1] }),
    { answer: "1. Build it\n2. Ship it (depends on step 1 and on the approval of the board)" },
  ],
  bad: [
    tasks({ id: 1, title: "Build", dependencies: [] }, { id: 2, title: "Ship", dependencies: [9] }),
    { answer: "1. Build it\n2. Test it (depends on step 1)\n3. Ship it (depends on step 7)" },
  ],
  run: ({ plan }) => plan.links.missing.map((message) => ({ message })),
});

const circular = defineRule<PlanInput>({
  id: "plan/circular",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "Dependencies run in a circle, or a step depends on itself.",
    why: "None of the steps in the circle can ever begin.",
    references: ["https://en.wikipedia.org/wiki/Directed_acyclic_graph"],
  },
  good: [tasks({ id: 1, title: "Build", dependencies: [] }, { id: 2, title: "Ship", dependencies: [1] })],
  bad: [
    tasks({ id: 1, title: "Build", dependencies: [2] }, { id: 2, title: "Ship", dependencies: [1] }),
    tasks({ id: 1, title: "Build", dependencies: [] }, { id: 2, title: "Ship", dependencies: [2] }),
  ],
  run({ plan }) {
    const circle = circleIn(plan);
    return circle === null ? [] : [{ message: `dependencies run in a circle: ${formatCircle(circle)}` }];
  },
});

const duplicateId = defineRule<PlanInput>({
  id: "plan/duplicate-id",
  severity: "serious",
  certainty: "fact",
  docs: {
    summary: "Two steps of a plan in data, or with ids such as T1, have the same id.",
    why: "What depends on that id depends on either. Numbers of lists may begin anew.",
  },
  good: [
    tasks({ id: 1, title: "Build" }, { id: 2, title: "Ship" }),
    { answer: "I. Opening\n   A. Welcome\n   B. Names\n\nII. Close\n   A. Questions\n   B. Goodbye" },
    { answer: "## Windows\n\n1. Download it\n2. Run it\n\n## macOS\n\n1. Download it\n2. Open it" },
  ],
  bad: [
    tasks({ id: 1, title: "Build" }, { id: 1, title: "Ship" }),
    { answer: "- T1: Build it\n- T2: Test it\n- T2: Ship it" },
  ],
  run: ({ plan }) => (plan.reading === null ? [] : repeatedIds(plan.reading).map((message) => ({ message }))),
});

const count = defineRule<PlanInput>({
  id: "plan/count",
  severity: "serious",
  certainty: "fact",
  docs: {
    summary: "The prompt gives a number of steps, phases, days or weeks, and no way to count the plan comes to it.",
    why: "The number was asked for.",
  },
  good: [
    { prompt: "Plan the move in exactly 3 steps.", answer: "1. Pack\n2. Drive\n3. Unpack" },
    { prompt: "Plan a 3-day trip to Porto.", answer: "**Day 1**\nWalk.\n\n**Day 2**\nEat.\n\n**Day 3**\nGo home." },
    { prompt: "Plan a checkout wizard of 3 steps.", answer: "1. Draw it\n2. Build it" },
  ],
  bad: [
    { prompt: "Plan the move in exactly 4 steps.", answer: "1. Pack\n2. Drive\n3. Unpack" },
    { prompt: "Plan a 6-day trip to Porto.", answer: "**Day 1**\nWalk.\n\n**Day 2**\nEat.\n\n**Day 3**\nGo home." },
  ],
  run({ plan, prompt }) {
    if (plan.reading === null) return [];
    const counts = requiredCounts(prompt).flatMap((required) => countProblem(required, plan) ?? []);
    return [...counts, ...[daysProblem(prompt, plan.text) ?? []].flat()].map((message) => ({ message }));
  },
});

const format = defineRule<PlanInput>({
  id: "plan/format",
  severity: "serious",
  certainty: "fact",
  docs: {
    summary: "The prompt tells the model to give JSON, a table or a Mermaid diagram, and the answer has none.",
    why: "The reader of the form finds nothing to read.",
  },
  good: [
    { prompt: "Plan the move. Return JSON only.", answer: '{"steps": ["Pack", "Drive"]}' },
    {
      prompt: "Plan an endpoint that should return JSON with the stock.",
      answer: "1. Agree on the fields\n2. Add the endpoint",
    },
    {
      prompt: "Plan the move of our wiki pages, with their Mermaid drawings.",
      answer: "1. List them\n2. Convert them",
    },
  ],
  bad: [
    { prompt: "Plan the move. Return JSON only.", answer: "1. Pack\n2. Drive" },
    { prompt: "Plan the move. Add a Mermaid diagram of the dependencies.", answer: "1. Pack\n2. Drive" },
  ],
  run: ({ plan, prompt }) => missingFormats(prompt, plan.text).map((message) => ({ message })),
});

/** The plan's graph of steps is sound, and it has the requested number and form. The check does not judge whether it is a good plan. */
export const planCheck = ruleCheck<PlanInput>({
  name: "plan",
  async read({ text, prompt }) {
    return { input: { plan: await planOf(text), prompt } };
  },
  rules: [dangling, circular, duplicateId, count, format],
  conclude({ plan: { reading, links } }) {
    const measured = {
      steps: reading?.steps.length ?? 0,
      dependencies: [...links.needs.values()].reduce((sum, keys) => sum + keys.size, 0),
      form: reading?.form ?? null,
    };
    if (reading === null) return { measured };
    return {
      looked: `${measured.steps} steps${measured.dependencies > 0 ? `, ${links.needs.size} with dependencies` : ""}`,
      measured,
    };
  },
});

function formatCircle(circle: readonly string[]): string {
  if (circle.length <= CIRCLE_KEYS) return circle.join(" → ");
  return [...circle.slice(0, CIRCLE_KEYS - 1), `… (${circle.length - CIRCLE_KEYS} more)`, circle.at(-1)].join(" → ");
}
