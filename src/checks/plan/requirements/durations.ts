import type { Plan } from "../read/plan.ts";
import type { Step } from "../step.ts";

const UNIT = "hours?|hrs?|days?|weeks?|months?";
const NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split(" ");
const AMOUNT = String.raw`(\d{1,3}(?:\.\d)?|${NUMBERS.join("|")})`;
const LIMIT = new RegExp(
  String.raw`\b(?:within|in|under|at most|no more than|not exceed(?:ing)?|max(?:imum)?(?: of)?|fit(?:s|ting)? (?:in|into)|over|deadline (?:of|is|in)|have|only)\s(?:the next |a maximum of |only |a total of )?${AMOUNT}[ -](?:calendar |working |business )?(${UNIT})\b(?! (?:of (?:downtime|data|history|logs)|old|ago|notice|retention))`,
  "gi",
);
const LIMITED_PLAN = new RegExp(
  String.raw`\b${AMOUNT}-(week|month|day)\s(?:[a-z]+ ){0,2}(?:plan|roadmap|project|timeline|schedule)\b`,
  "gi",
);
const ABOUT_PLAN =
  /\b(?:plan|project|migrat\w*|complet\w*|finish\w*|deliver\w*|launch\w*|done|deadline|timeline|total|roadmap|schedule|ship\w*|go live|we have|roll ?out|everything|all (?:of )?(?:it|this|work))\b/i;
const TOTAL = new RegExp(
  String.raw`\b(?:total|overall)(?: (?:estimated |project |planned )?(?:duration|time|timeline|length|schedule|elapsed time))?\b[^.\n\d]{0,30}?(\d{1,3})(?:\s?(?:-|–|to)\s?\d{1,3})?\s?(?:calendar |working |business )?(${UNIT})\b`,
  "gi",
);
const EFFORT = /\b(?:effort|person|work(?:load)?|budget|man[- ]|cost)\b/i;
const DURATION = new RegExp(
  String.raw`^\W{0,4}(?:duration|estimated? (?:time|duration)|estimate|time(?:line|frame| estimate| required)?|how long)\b[^\d\n]{0,20}(\d{1,3}(?:\.\d)?)(?:\s?(?:-|–|to)\s?\d{1,3}(?:\.\d)?)?\s?(${UNIT}|d|w|h)\b`,
  "im",
);
const PARALLEL = /\b(?:parallel|concurrent\w*|overlap\w*|simultaneous\w*|at the same time|alongside)\b/i;
const SLACK = 1.05;

/** Certain contradictions between the time that the prompt gives and what the plan takes. Both are read in the plan's favour. */
export function durationProblems(prompt: string, plan: Plan): readonly string[] {
  const limit = limitIn(prompt);
  if (limit === null || plan.reading === null) return [];
  const problems: string[] = [];
  for (const found of plan.text.matchAll(TOTAL)) {
    const days = daysOf(Number(found[1]), found[2] ?? "", "plan");
    if (!EFFORT.test(found[0]) && days > limit.days * SLACK)
      problems.push(`the plan takes "${found[0].trim()}", the prompt gives ${limit.name}`);
  }
  const late = calendarEnd(plan, limit.unit);
  if (late !== null && late > limit.amount)
    problems.push(`the plan goes on to ${limit.unit} ${late}, the prompt gives ${limit.name}`);
  const longest = longestPath(plan);
  if (longest !== null && longest > limit.days * SLACK)
    problems.push(`its steps take ${longest} days one after the other, the prompt gives ${limit.name}`);
  return problems.slice(0, 3);
}

interface Limit {
  readonly amount: number;
  readonly unit: string;
  readonly days: number;
  readonly name: string;
}

function limitIn(prompt: string): Limit | null {
  const text = prompt.slice(0, 20_000);
  const limits = [...text.matchAll(LIMIT), ...text.matchAll(LIMITED_PLAN)].flatMap((found): readonly Limit[] => {
    const sentence = text.slice(Math.max(0, found.index - 100), found.index + found[0].length + 40);
    if (!ABOUT_PLAN.test(sentence)) return [];
    const amount = amountOf(found[1] ?? "");
    const unit = (found[2] ?? "").toLowerCase().replace(/s$/, "");
    return [{ amount, unit, days: daysOf(amount, unit, "prompt"), name: `${amount} ${unit}s` }];
  });
  return limits.toSorted((a, b) => b.days - a.days)[0] ?? null;
}

function amountOf(text: string): number {
  return /^\d/.test(text) ? Number(text) : NUMBERS.indexOf(text.toLowerCase()) + 1;
}

/** A week of the prompt has seven days, one of the plan five: whoever means it otherwise is still right. */
function daysOf(amount: number, unit: string, side: "prompt" | "plan"): number {
  const letter = /^mo/i.test(unit) ? "month" : unit.charAt(0).toLowerCase();
  if (letter === "h") return side === "prompt" ? amount / 8 : amount / 24;
  if (letter === "d") return amount;
  if (letter === "w") return amount * (side === "prompt" ? 7 : 5);
  return amount * (side === "prompt" ? 31 : 20);
}

/** The last "Week 9" in a title or a field about time. */
function calendarEnd({ reading }: Plan, unit: string): number | null {
  if (reading === null || !["day", "week", "month"].includes(unit)) return null;
  const pattern = new RegExp(
    String.raw`\b${unit}s? (\d{1,3})(?:\s?(?:-|–|to|through)\s?(?:${unit} )?(\d{1,3}))?`,
    "gi",
  );
  // A column that is called "Month" holds the number alone.
  const column = new RegExp(String.raw`^\W{0,4}${unit}: ?\W{0,3}(\d{1,3})(?:\s?(?:-|–|to)\s?(\d{1,3}))?\W*$`, "i");
  const last = [...reading.steps, ...reading.groups].flatMap((step) => {
    const own = step.word === unit && /^\d+$/.test(step.id) ? [Number(step.id)] : [];
    const lines = step.body.split("\n");
    const fields = lines.filter((line) =>
      /^\W{0,4}(?:timeline|duration|when|weeks?|months?|schedule|time ?frame|timing|dates?|days?)\b[^:]{0,20}:/i.test(
        line,
      ),
    );
    const written = [step.title, ...fields].flatMap((line) =>
      [...line.matchAll(pattern)].map((found) => Number(found[2] ?? found[1])),
    );
    const columns = lines.flatMap((line) => {
      const found = column.exec(line);
      return found === null ? [] : [Number(found[2] ?? found[1])];
    });
    return [...own, ...written, ...columns];
  });
  return last.length === 0 ? null : Math.max(...last.slice(0, 5000));
}

/** Days of the longest chain of steps; of all of them where they follow each other. `null` when steps say nothing of time. */
function longestPath({ reading, links, text }: Plan): number | null {
  if (reading === null) return null;
  const days = new Map(reading.steps.map((step) => [step.key, stepDays(step)]));
  if ([...days.values()].some((each) => each === null)) return null;
  if (links.needs.size === 0) {
    return PARALLEL.test(text) ? null : [...days.values()].reduce<number>((sum, each) => sum + (each ?? 0), 0);
  }
  return longest([...days.keys()], links.needs, days);
}

/** Without recursion; on a circle, which is another check's business, it stops where it began. */
function longest(
  keys: readonly string[],
  needs: ReadonlyMap<string, ReadonlySet<string>>,
  days: ReadonlyMap<string, number | null>,
): number {
  const total = new Map<string, number>();
  const entered = new Set<string>();
  const stack = [...keys];
  for (let key = stack.pop(); key !== undefined; key = stack.pop()) {
    if (total.has(key)) continue;
    const open = [...(needs.get(key) ?? [])].filter((need) => !total.has(need) && !entered.has(need));
    if (open.length > 0 && !entered.has(key)) {
      entered.add(key);
      stack.push(key, ...open);
      continue;
    }
    const before = [...(needs.get(key) ?? [])].map((need) => total.get(need) ?? 0);
    total.set(key, (days.get(key) ?? 0) + before.reduce((most, each) => Math.max(most, each), 0));
  }
  return [...total.values()].reduce((most, each) => Math.max(most, each), 0);
}

function stepDays(step: Step): number | null {
  const found = DURATION.exec(step.body.slice(0, 4000));
  return found === null ? null : daysOf(Number(found[1]), found[2] ?? "", "plan");
}
