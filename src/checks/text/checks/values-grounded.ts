import { listed, type Subject } from "../../kit/check.ts";
import { failToMend, fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { otherDateForm } from "../grounding/date-form.ts";
import { isAbsent, judgeValue } from "../grounding/match-value.ts";
import { leavesOf, type Leaf } from "../grounding/leaves.ts";
import { missedAddresses } from "../grounding/missing-values.ts";
import { sourceOf, type Source } from "../grounding/source.ts";
import { givenText, sourceTexts } from "../text/source-text.ts";
import { splitPrompt } from "../text/split-prompt.ts";

/** Below this there is nothing to extract from. */
const MIN_SOURCE_CHARS = 20;
const MAX_SOURCE_CHARS = 1_000_000;
const MAX_ENUM_DEPTH = 20;

/** What was extracted stands in the source, in some way of writing it; and what is plainly there was not passed over. */
export const valuesGrounded = legacy({
  name: "values_grounded",
  kind: "gate",
  cap: 0.2,
  maxChars: 400_000,
  run(subject) {
    const given = givenText(subject);
    if (given.trim().length < MIN_SOURCE_CHARS) return notChecked("the request brings no text to extract from");
    if (given.length > MAX_SOURCE_CHARS) return notChecked(`the source is over ${MAX_SOURCE_CHARS} characters`);
    const leaves = leavesOf(subject.text);
    const missed = missedAddresses(subject, leaves);
    if (missed !== null) return failToMend(missed);
    const { instruction } = splitPrompt(subject.prompt);
    const formed = otherDateForm(
      `${subject.prompt}\n${subject.context.system ?? ""}`,
      leaves,
      sourceTexts(subject).join("\n"),
    );
    if (formed !== null) return failToMend(formed);
    const words = allowedWords(subject);
    const present = leaves.filter(({ value }) => !isAbsent(value) && !(typeof value === "string" && words.has(value)));
    if (present.length === 0) return notChecked("the answer gives no values that could be looked up");
    const nullsAsked = NULLS.test(`${instruction}\n${subject.context.system ?? ""}`);
    return judged(present, { ...sourceOf(given, sourceTexts(subject).join("\n\n")), nullsAsked });
  },
});

/** What is not stated is to be left empty: then nothing is to be made up, in other words neither. */
const NULLS =
  /\bnull\b[^.\n]{0,40}\b(?:not|missing|absent|unknown|unavailable|unstated)\b|\b(?:if|when|where)\b[^.\n]{0,40}\b(?:not|missing|absent|unknown)\b[^.\n]{0,40}\b(?:null|empty)\b/i;

function judged(leaves: readonly Leaf[], source: Source): ReturnType<typeof pass> {
  const found = leaves.map((leaf) => ({ leaf, grounding: judgeValue(leaf.key, leaf.value ?? "", source) }));
  const count = (grounding: string): number => found.filter((each) => each.grounding === grounding).length;
  const invented = found.filter(({ grounding }) => grounding === "invented").map(({ leaf }) => shown(leaf));
  const evidence = {
    values: leaves.length,
    grounded: count("grounded"),
    derived: count("open"),
    invented: invented.slice(0, 20),
  };
  if (invented.length > 0) {
    const problem = `${invented.length} of ${leaves.length} values do not stand in the source: ${listed(invented, 6)}`;
    return fail(problem, {
      repair: `${problem}. Take values from the source alone; null where it has none.`,
      evidence,
    });
  }
  const grounded = count("grounded");
  if (grounded === 0 || grounded < count("open") / 2) {
    return notChecked(
      `${count("open")} of ${leaves.length} values are derived or reworded, so that nobody can look them up`,
    );
  }
  return pass(`${grounded} of ${leaves.length} values stand in the source; ${count("open")} are derived`, { evidence });
}

function shown({ path, value }: Leaf): string {
  return `${path === "" ? "value" : path} = ${JSON.stringify(value).slice(0, 80)}`;
}

/** Words that the schema itself gives: choosing one of them is no copying. */
function allowedWords({ responseSchema }: Subject): ReadonlySet<string> {
  const words = new Set<string>();
  const walk = (schema: unknown, depth: number): void => {
    if (typeof schema !== "object" || schema === null || depth > MAX_ENUM_DEPTH) return;
    const { enum: choices, const: only } = schema as { readonly enum?: unknown; readonly const?: unknown };
    for (const each of [only, ...(Array.isArray(choices) ? (choices as readonly unknown[]) : [])]) {
      if (typeof each === "string") words.add(each);
    }
    for (const inner of Object.values(schema)) walk(inner, depth + 1);
  };
  walk(responseSchema, 0);
  return words;
}
