const UNIT = "day|week";
/** "a 6-day trip", "a 4 week plan". */
const REQUIRED = new RegExp(
  String.raw`\b(\d{1,2})[ -](${UNIT})s?(?: \w+){0,2} (?:trip|itinerary|plan|schedule|program(?:me)?|roadmap|journey|vacation|holiday|tour|course|challenge)\b|\b(?:trip|itinerary|journey)\b[^.\n]{0,60}? (?:spans?|over|for|of|lasts?) (\d{1,2}) (${UNIT})s?\b`,
  "i",
);
const MIN_HEADS = 2;

/** The problem of a plan with one heading per day (or week) that ends before the last requested one. */
export function daysProblem(prompt: string, text: string): string | null {
  const required = REQUIRED.exec(prompt.slice(0, 20_000));
  const count = Number(required?.[1] ?? required?.[3]);
  const unit = (required?.[2] ?? required?.[4] ?? "").toLowerCase();
  if (required === null || !Number.isFinite(count)) return null;
  const heads = [
    ...text.matchAll(
      new RegExp(String.raw`^[ \t#>*_|.\d-]{0,12}${unit}s? ?(\d{1,2})(?!\d)( ?[-–—&+] ?\d|,? and \d| ?to \d)?`, "gim"),
    ),
  ];
  const numbers = heads.map(([, number]) => Number(number));
  const isCounted =
    new Set(numbers).size >= MIN_HEADS && numbers.every((number, at) => at === 0 || number >= (numbers[at - 1] ?? 0));
  const last = Math.max(0, ...numbers);
  const isRange = heads.some(([, , range]) => range !== undefined);
  const isLastNamed = new RegExp(String.raw`\b${unit}s?[^\n]{0,12}\b${count}\b`, "i").test(text);
  if (!isCounted || isRange || last >= count || isLastNamed) return null;
  return `the plan ends with ${unit} ${last} where the prompt asks for ${count} ${unit}s`;
}
