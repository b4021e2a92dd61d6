import { seeded } from "../../kit/seeded.ts";

/** A simple member of a list that is not its last one. */
const MEMBER =
  /(?<=[[,]\s{0,4})(?:"[^"\\]{0,60}"|'[^'\\]{0,60}'|-?\d{1,30}(?:\.\d{1,30})?)\s{0,4},\s{0,4}(?=[^)]{0,200}\])/g;
/** Longer calls are not changed. */
const MOST_CALL_CHARS = 2_000;
const MOST_TRIES = 600;
/** Literals of a call: a text, or a number. */
const LITERAL = /"(?:[^"\\]|\\.){0,200}"|'(?:[^'\\]|\\.){0,200}'|(?<![\w.])-?\d{1,30}(?:\.\d{1,30})?(?![\w.])/g;

/**
 * At most so many calls, the given ones first, and others like them: their literals are changed, one or two at a time, and members of lists left out. The same ones
 * in every run. They are valid in JavaScript and in Python alike.
 */
export function generatedCalls(calls: readonly string[], seed: number, most: number): readonly string[] {
  const random = seeded(seed);
  const made = new Set(calls);
  for (let tries = 0; tries < MOST_TRIES && made.size < most && calls.length > 0; tries += 1) {
    let call = calls[Math.floor(random() * calls.length)] ?? "";
    if (call.length > MOST_CALL_CHARS) continue;
    const times = random() < 0.5 ? 1 : 2;
    for (let time = 0; time < times; time += 1)
      call = random() < 0.25 ? withoutMember(call, random) : changed(call, random);
    made.add(call);
  }
  return [...made];
}

function changed(call: string, random: () => number): string {
  const open = call.indexOf("(");
  const literals = [...call.slice(open).matchAll(LITERAL)];
  const literal = literals[Math.floor(random() * literals.length)];
  if (literal === undefined) return call;
  const start = open + literal.index;
  const [text] = literal;
  const other = /^["']/.test(text) ? changedText(text, random) : changedNumber(text, random);
  return call.slice(0, start) + other + call.slice(start + text.length);
}

function changedNumber(text: string, random: () => number): string {
  const value = Number(text);
  const isWhole = !text.includes(".");
  const choices = [value + 1, value - 1, value * 2, 0, -value, Math.floor(random() * 20)];
  const picked = choices[Math.floor(random() * choices.length)] ?? 0;
  // What counts things stays small and is never below 0 where it was not.
  const kept = value >= 0 && picked < 0 ? -picked : picked;
  return isWhole ? String(Math.round(kept)) : kept.toFixed(2);
}

function changedText(text: string, random: () => number): string {
  const [quote, inner] = [text.slice(0, 1), text.slice(1, -1)];
  // What is escaped stays as it is.
  if (inner.includes("\\")) return text;
  const at = Math.floor(random() * (inner.length + 1));
  const letters = inner === "" ? "abc" : inner;
  const letter = letters[Math.floor(random() * letters.length)] ?? "a";
  const choices = [
    inner.slice(0, at) + letter + inner.slice(at),
    inner.slice(0, at) + inner.slice(at + 1),
    inner + inner,
    inner.split("").reverse().join(""),
    "",
  ];
  return `${quote}${choices[Math.floor(random() * choices.length)] ?? inner}${quote}`;
}

/** Leaves out a simple member of a list. */
function withoutMember(call: string, random: () => number): string {
  const members = [...call.matchAll(MEMBER)];
  const member = members[Math.floor(random() * members.length)];
  return member === undefined ? call : call.slice(0, member.index) + call.slice(member.index + member[0].length);
}
