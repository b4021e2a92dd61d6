import { listed, PARSE_MAX_CHARS, REPAIR_CHARS } from "../../kit/check.ts";
import { fail, graded, type LegacyOutcome, legacy } from "../../kit/legacy.ts";
import { asksForOrder } from "../requirements/order.ts";
import { circleIn, danglingIn, outOfOrder, repeatedIds } from "../defects.ts";
import { planOf, type Plan } from "../read/plan.ts";

/** A numbered plan that cannot be worked through from top to bottom is a nuisance, no impossibility. */
const OUT_OF_ORDER_SCORE = 0.8;
const CIRCLE_KEYS = 12;

/** The answer is a plan: two steps or more, told apart, whose dependencies exist and run in no circle. Form, not wisdom. */
export const planStructure = legacy({
  name: "plan_structure",
  kind: "gate",
  cap: 0.5,
  maxChars: PARSE_MAX_CHARS,
  async run({ text, prompt }) {
    return judge(await planOf(text), prompt);
  },
});

function judge(plan: Plan, prompt: string): LegacyOutcome {
  const { reading, links } = plan;
  const count = reading?.steps.length ?? 0;
  const evidence = { steps: count, dependencies: dependenciesOf(plan), format: reading?.form ?? null };
  if (reading === null || count < 2) {
    return fail(`${count} steps found, a plan has two or more`, {
      evidence,
      repair: "Write the plan as a numbered list (or headings, a table or JSON) with one entry for each step.",
    });
  }
  const circle = circleIn(plan);
  const dangling = danglingIn(plan);
  const disorder = outOfOrder(plan);
  const problems = [
    ...repeatedIds(reading),
    ...dangling,
    ...(circle === null ? [] : [`dependencies run in a circle: ${shown(circle)}`]),
    ...(asksForOrder(prompt) ? disorder : []),
  ];
  if (problems.length > 0) {
    const missing = dangling.slice(0, 20);
    return fail(listed(problems), {
      evidence: { ...evidence, missing },
      repair: problems.join("\n").slice(0, REPAIR_CHARS),
    });
  }
  const linked = links.needs.size;
  const found = `${count} steps${linked > 0 ? `, ${linked} with dependencies` : ""}`;
  if (disorder.length === 0) return graded(1, found, { evidence });
  return graded(OUT_OF_ORDER_SCORE, `${found}; out of order: ${listed(disorder)}`, {
    evidence,
    repair: disorder.join("\n"),
  });
}

function dependenciesOf({ links }: Plan): number {
  return [...links.needs.values()].reduce((sum, keys) => sum + keys.size, 0);
}

function shown(circle: readonly string[]): string {
  if (circle.length <= CIRCLE_KEYS) return circle.join(" → ");
  return [...circle.slice(0, CIRCLE_KEYS - 1), `… (${circle.length - CIRCLE_KEYS} more)`, circle.at(-1)].join(" → ");
}
