import { evened } from "./source.ts";
import type { Leaf } from "./leaves.ts";

const EMAIL = /[\p{L}\d._%+-]{1,64}@[\p{L}\d.-]{1,190}\.\p{L}{2,24}/gu;
const MAX_INSTRUCTION_CHARS = 2_000;
/** "name, e-mail and phone": short things in a row. */
const LIST =
  /(?:[\p{L}\d_'’ -]{2,50}, ){1,20}(?:(?:and|or) )?[\p{L}\d_'’ -]{2,60}|[\p{L}\d_]{3,20}(?: [\p{L}\d_]{2,20})? and [\p{L}\d_]{3,20}(?= (?:as|in|from|of|to)\b|[.:\n]|$)/giu;
const LAST = /\b(?:as|from|in|of|to|for|into|with|on|at|and return|and give)\b[^]*/iu;

/**
 * A sign that the answer overlooked something, so that "all values are in the source" proves too little; `null`: no sign. Signs are
 * listed things of the instruction without a key in the answer, and e-mail addresses; others cannot be recognised with certainty.
 */
export function passedOver(
  instruction: string,
  source: string,
  leaves: readonly Leaf[],
  hasSchema: boolean,
): string | null {
  const isMail = leaves.some(
    ({ key, value }) =>
      /e-?mail/i.test(key) || (typeof value === "string" && new RegExp(EMAIL.source, "u").test(value)),
  );
  const given = new Set(leaves.flatMap(({ value }) => String(value).toLowerCase().match(EMAIL) ?? []));
  const address = isMail ? (source.toLowerCase().match(EMAIL) ?? []).find((each) => !given.has(each)) : undefined;
  if (address !== undefined) return `${address} of the source is not in it`;
  return hasSchema ? null : unnamedThing(instruction, leaves);
}

/** A listed thing that no key mentions. */
function unnamedThing(instruction: string, leaves: readonly Leaf[]): string | null {
  const keys = [
    ...new Set(
      leaves.flatMap(({ path }) => evened(path.replaceAll("_", " ").replace(/([a-z])([A-Z])/g, "$1 $2")).split(" ")),
    ),
  ];
  const plain = instruction.slice(0, MAX_INSTRUCTION_CHARS).replace(/ ?\([^()\n]{0,40}\)(?=[ ,.])/g, "");
  const [list = ""] = plain.match(LIST) ?? [];
  const items = list
    .split(/, (?:and |or )?| and /)
    .map((item, at, all) => (at === all.length - 1 ? item.replace(LAST, "") : item));
  const isNamed = (item: string): boolean =>
    stemsOf(item).some((stem) => keys.some((key) => key.startsWith(stem) || (key.length > 2 && stem.startsWith(key))));
  return items.length < 2 ? null : (items.find((item) => item.trim() !== "" && !isNamed(item)) ?? null);
}

function stemsOf(item: string): readonly string[] {
  return evened(item.replaceAll("_", " "))
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => word.slice(0, 4));
}
