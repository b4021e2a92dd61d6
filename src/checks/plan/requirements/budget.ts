import type { Plan } from "../read/plan.ts";

const CURRENCY = String.raw`(?:[€$£₹¥]|\b(?:USD|EUR|GBP|CHF|INR|euros?|dollars?|pounds?|francs?|rupees?)\b)`;
const NUMBER = String.raw`\d{1,3}(?:[,. ’']\d{3})+|\d+(?:\.\d+)?`;
const AMOUNT = String.raw`(?:${CURRENCY} ?(${NUMBER}) ?(k|m|thousand|million)?(?![\w%])|(${NUMBER}) ?(k|m|thousand|million)? ?${CURRENCY})`;
const LIMIT = new RegExp(
  String.raw`\b(?:budget(?: (?:is|of|limit|cap))*(?: (?:only|at most|up to|max(?:imum)?))?|(?:at most|no more than|not (?:more than|exceed(?:ing)?)|under|below|within|up to|max(?:imum)?(?: of)?|cap(?:ped)? at|limit(?:ed)? (?:of|to)|for less than|spend(?:ing)?(?: (?:only|at most|up to))?|we have|i have|only have))[: ]{1,3}(?:a |of |only |about |around |roughly |total |budget of ){0,3}${AMOUNT}`,
  "gi",
);
const BEFORE_BUDGET = new RegExp(String.raw`${AMOUNT}[ -](?:total )?budget\b`, "gi");
/** About money for the whole plan, not for one thing in it. */
const PART =
  /\b(?:per|each|every|a) (?:person|head|guest|month|day|week|user|seat|ticket|attendee|participant|night|unit|item)\b|\b(?:ticket|salary|salaries|revenue|price)\b/i;
const TOTAL = new RegExp(
  String.raw`\b(?:(?:grand |overall |estimated )?total|sum|all[- ]in|altogether|in all)\b[^.\n€$£₹¥\d]{0,40}${AMOUNT}`,
  "gi",
);
const NOT_SPENT =
  /\b(?:revenue|income|sales|sponsor\w*|savings?|saves?|saved|ticket|raise[sd]?|donat\w*|profit|goal|target|worth|value|prize|per|remaining|left|under|saving|loan)\b/i;
const SLACK = 1.02;

/** A total in the plan beyond the money that the prompt gives. Read in the plan's favour: the highest limit, and only what it calls its total. */
export function budgetProblems(prompt: string, { text }: Plan): readonly string[] {
  const limit = limitIn(prompt);
  if (limit === null) return [];
  const over = [...text.matchAll(TOTAL)].flatMap((found) => {
    const amount = amountIn(found);
    const around = text.slice(Math.max(0, found.index - 40), found.index + found[0].length + 25);
    return amount !== null && amount > limit * SLACK && !NOT_SPENT.test(around.replace(/budget\w*/gi, ""))
      ? [found[0].trim()]
      : [];
  });
  const rows = sumOfRows(text);
  if (over.length > 0) return [`the plan spends "${over[0]?.slice(0, 80) ?? ""}", the prompt gives ${limit}`];
  return rows !== null && rows > limit * SLACK ? [`the plan's costs add up to ${rows}, the prompt gives ${limit}`] : [];
}

function limitIn(prompt: string): number | null {
  const text = prompt.slice(0, 20_000);
  const limits = [...text.matchAll(LIMIT), ...text.matchAll(BEFORE_BUDGET)].flatMap((found) => {
    const around = text.slice(Math.max(0, found.index - 20), found.index + found[0].length + 30);
    const amount = amountIn(found);
    return amount === null || PART.test(around) ? [] : [amount];
  });
  return limits.length === 0 ? null : Math.max(...limits);
}

function amountIn(found: RegExpMatchArray): number | null {
  const [number, unit] = found[1] === undefined ? [found[3], found[4]] : [found[1], found[2]];
  if (number === undefined) return null;
  const plain = /^\d{1,3}(?:[,. ’']\d{3})+$/.test(number) ? number.replace(/\D/g, "") : number;
  const scale = /^(?:k|thousand)$/i.test(unit ?? "") ? 1000 : /^(?:m|million)$/i.test(unit ?? "") ? 1_000_000 : 1;
  return Number(plain) * scale;
}

/** The sum of a table's column of costs, its total row left out; `null` without such a table. */
function sumOfRows(text: string): number | null {
  let sum: number | null = null;
  let at = -1;
  for (const line of text.split(/\r\n|[\r\n]/)) {
    if (!/^\s*\|/.test(line)) {
      at = -1;
      continue;
    }
    const cells = line
      .trim()
      .replace(/^\||\|$/g, "")
      .split("|")
      .map((cell) => cell.replace(/[*_`]/g, "").trim());
    const header = cells.findIndex(
      (cell) => /^(?:estimated |est\.? )?(?:costs?|budget|amount|price)\b/i.test(cell) && !/\d/.test(cell),
    );
    if (header !== -1) at = header;
    if (at === -1 || header !== -1 || /\b(?:total|sum|income|revenue|sponsor\w*)\b/i.test(line)) continue;
    const found = new RegExp(`^(?:~|≈|about )?${AMOUNT}$`, "i").exec(cells[at] ?? "");
    const amount = found === null ? null : amountIn(found);
    if (amount !== null) sum = (sum ?? 0) + amount;
  }
  return sum;
}
