import { partsAtBlocks, withoutBlocks } from "../../kit/answer/blocks.ts";
import type { RunLanguage } from "../values/value.ts";
import { callsIn } from "./calls.ts";
import { CHANCE, MOST_EXAMPLES, MOST_LINE_CHARS, NOT_WANTED, WANTED, type PromptExample } from "./example.ts";
import { sessionsIn } from "./sessions.ts";
import { toldExamples } from "./told.ts";
import { signaturesIn } from "./wanted.ts";

/**
 * The examples that a prompt gives of the function that it asks for, in any of the usual forms and only where the reading is
 * certain. Of a call that is said to come to two things, neither is taken.
 */
export async function examplesIn(prompt: string, language: RunLanguage): Promise<readonly PromptExample[]> {
  // How a prompt writes a tree or a linked list is no argument of its function.
  if (/\b(?:TreeNode|ListNode)\b/.test(prompt)) return [];
  const isOfBug = showsBug(prompt);
  const certainText = isOfBug ? wantedOf(prompt) : prompt;
  const lines = certainText.split("\n").map((line) => line.slice(0, MOST_LINE_CHARS));
  const wanted = lines.filter((line, at) => !NOT_WANTED.test(line) && !NOT_WANTED.test(headingOf(lines, at)));
  const found = [
    ...wanted.flatMap((line) => callsIn(line, language)),
    ...sessionsIn(lines, language),
    ...toldExamples(certainText, language),
  ];
  if (language === "javascript") {
    const { scriptExamples } = await import("./script-examples.ts");
    found.push(...(await scriptExamples(lines)));
  }
  const certain = agreed(found.filter(({ call, setup }) => !CHANCE.test([call, ...setup].join("\n"))));
  // "where code('a') = 1" tells of a helper, once the prompt shows the function itself.
  const shown = new Set(signaturesIn(prompt).map(({ name }) => name));
  const ofShown = certain.filter(({ name }) => shown.has(name));
  const anyOrder = /\bany order\b/i.test(prompt);
  const mayGiveNothing = /\bin[- ]place\b/i.test(prompt);
  return ofOneKind(ofShown.length > 0 ? ofShown : certain)
    .slice(0, MOST_EXAMPLES)
    .map((example) => ({ ...example, anyOrder: anyOrder || example.anyOrder, mayGiveNothing }));
}

const ASKS_TO_FIX =
  /\b(?:fix|debug|bugs?|buggy|bugfix|(?:what(?:'s| is)|why is (?:it|this)) (?:wrong|broken|failing))\b|\bmy (?:code|function)\b/i;
const DEFINITION = /^[ \t]*(?:(?:async )?def \w+\(.*\n|(?:export )?(?:async )?(?:function\b|const \w+ = ).*)/gm;
const MOST_BODY_CHARS = 2_000;

/** Whether a definition has a body that returns something: what the answer has to write is not there yet. */
function givesCode(text: string): boolean {
  const returns = [...text.matchAll(/\breturn\b/g)].map(({ index }) => index);
  let at = 0;
  return [...text.matchAll(DEFINITION)].some(({ 0: { length }, index }) => {
    while ((returns[at] ?? text.length) < index) at += 1;
    // On the line itself, or behind it.
    return (returns[at] ?? Number.POSITIVE_INFINITY) <= index + length + MOST_BODY_CHARS;
  });
}

/** What the comment of the code says, and lines that speak of what is wanted; all others are left empty. */
function wantedOf(prompt: string): string {
  return partsAtBlocks(prompt, /\/\*|"""|'''/)
    .map(({ text, isBlock }) => {
      if (isBlock) return text;
      return text
        .split("\n")
        .map((line) => (WANTED.test(line) || GIVEN_CODE_START.test(line) || /^\s*(?:```|~~~)/.test(line) ? line : ""))
        .join("\n");
    })
    .join("");
}

const GIVEN_CODE_START = /^\s*(?:export )?(?:async )?(?:def|function|const|class)\s/;

function showsBug(prompt: string): boolean {
  const text = prompt.slice(0, 20_000);
  return ASKS_TO_FIX.test(text) && givesCode(withoutBlocks(text, /"""|'''/));
}

/** The line that stands over a block of lines, if it ends as a heading does. */
function headingOf(lines: readonly string[], index: number): string {
  for (let at = index - 1; at >= Math.max(0, index - 6); at -= 1) {
    const line = (lines[at] ?? "").trim();
    if (/:\**$/.test(line) && !line.includes("(")) return line;
    if (line !== "" && !/^(?:```|~~~)/.test(line) && !line.includes("(")) return "";
  }
  return "";
}

/** Each example once; none whose call is said to come to something else elsewhere. */
function agreed(found: readonly PromptExample[]): readonly PromptExample[] {
  const keyOf = ({ call, setup }: PromptExample): string => [...setup, call].join("\n");
  const byCall = Map.groupBy(found, keyOf);
  return [...byCall.values()].flatMap((group) => {
    const said = new Set(
      group.map(({ expected }) => (typeof expected === "symbol" ? "throws" : JSON.stringify(expected))),
    );
    const [first] = group;
    return said.size === 1 && first !== undefined ? [first] : [];
  });
}

/**
 * Where a list is the result of one example and a number that of another, a formula (`tri(2) = 1 + 2 / 2 = 2`) has been taken for an
 * example: then no example of a bare equals sign is certain.
 */
function ofOneKind(examples: readonly PromptExample[]): readonly PromptExample[] {
  const results = examples.map(({ expected }) => expected);
  const hasLists = results.some((each) => Array.isArray(each));
  const hasNumbers = results.some((each) => typeof each === "number" && each > 0);
  return hasLists && hasNumbers ? examples.filter(({ isFormula }) => !isFormula) : examples;
}
