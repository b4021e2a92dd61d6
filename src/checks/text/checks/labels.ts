import { defineRule } from "../../kit/rule.ts";
import { ruleCheck } from "../../kit/rule-check.ts";
import { choiceOf, isAmong } from "../labels/choice.ts";
import { listedLabels } from "../labels/list.ts";

interface Choice {
  readonly choice: string;
  readonly labels: readonly string[];
}

/** Longer lists are often incomplete. */
const MOST_CERTAIN = 30;
const MOST_SHOWN = 12;

const notListed = defineRule<Choice>({
  id: "labels/not-listed",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "The answer is a label that is not in the list that the request gives; a hint for long lists.",
    why: "The program that reads it knows the listed labels alone.",
  },
  good: [
    { prompt: "Choose one label.\n\nLabels:\nrefund, delivery, billing\n\nWhere is my parcel?", answer: "Delivery" },
    {
      prompt: "Assess the review and categorize it as Positive, Negative, or Neutral.\n\nThe best kettle.",
      answer: "Sentiment: Positive",
    },
    { prompt: 'Labels: ["spam", "ham"]\n\nYou won!', answer: '{"label": "spam"}' },
    { prompt: "Categories:\n- bug: something is broken\n- idea: a wish\n\nIt crashes.", answer: "**bug**" },
  ],
  bad: [
    { prompt: "Choose one label.\n\nLabels:\nrefund, delivery, billing\n\nWhere is my parcel?", answer: "shipping" },
    {
      prompt: "Categories:\n- bug: something is broken\n- idea: a wish\n\nIt crashes.",
      answer: '{"label": "incident"}',
    },
    { prompt: "Categorize the review as Positive, Negative, or Neutral.\n\nThe best kettle.", answer: "Mixed" },
  ],
  run({ choice, labels }) {
    if (isAmong(choice, labels)) return [];
    const first = `${labels.slice(0, MOST_SHOWN).join(", ")}${labels.length > MOST_SHOWN ? ", …" : ""}`;
    const message = `"${choice.slice(0, 80).toWellFormed()}" is none of the ${labels.length} given labels (${first})`;
    const repair = `${message}. Answer with one of this list, spelt as here: ${labels.join(", ")}`;
    return [{ message, repair, ...(labels.length > MOST_CERTAIN ? { certainty: "hint" as const } : {}) }];
  },
});

/** The answer's label is one of those that the request lists. Whether it is the right one, no check can tell. */
export const labels = ruleCheck<Choice>({
  name: "labels",
  maxChars: 400_000,
  read(subject) {
    const listed = listedLabels(subject);
    const choice = listed === null ? null : choiceOf(subject.text);
    return listed === null || choice === null ? null : { input: { choice, labels: listed } };
  },
  rules: [notListed],
  conclude: ({ labels }, findings) =>
    findings.length > 0 ? {} : { looked: `one of the ${labels.length} given labels` },
});
