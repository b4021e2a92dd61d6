import { defineRule } from "../../kit/rule.ts";
import type { TextInput } from "./input.ts";

/** A longer answer did part of the work. */
const MAX_CHARS = 1200;
const HEAD_CHARS = 400;

/** Tokens of a chat template that leaked into the answer, and quotation marks. */
const MARKS = /^(?:<s>|\[(?:OUT|INST)\]|[\s"*_]){1,12}/;
/** Words before the refusal itself: an apology, a role, a polite phrase. */
const LEADS = [
  /^(?:I(?:'m| am) (?:(?:very|really|truly|so|deeply) )?(?:sorry|afraid)|I apologi[sz]e)[^.!?\n,;:—–]{0,90}[,.!:;—–]\s{0,3}/i,
  /^(?:my apologies|sorry|apologies|unfortunately|regrettably|as an? [^,.\n]{0,60})[,.!:;—–]\s{0,3}/i,
  /^I understand[^.!?\n]{0,120}?, (?=but )/i,
  /^(?:but|however|and),?\s/i,
  /^(?:it(?:'s| is) important to|I (?:must|have to|need to|want to)) (?:\w+ly )?(?:clarify|note|emphasi[sz]e)(?: that)?,? /i,
] as const;
const MOST_LEADS = 4;

/** The model declines the task. */
const DECLINES =
  /^I(?:'m| am)? (?:(?:really|simply|just|afraid I) )?(?:cannot(?: and will not)?|can't|can not|won't|will not|not able to|unable to|(?:must (?:respectfully )?|have to |need to )?decline to) (?:in good conscience |\w+ly |be able to )?(?:help(?! (?:but|\w+ing)\b)|assist|do (?:this|that)|comply|fulfil+|provide|create|generate|write|produce|support|endorse|offer|give|answer|engage|continue|participate|discuss|share|condone|promote|encourage)\b/i;

/** It offers an alternative or a part: a competent answer to a task that cannot be done in full. */
const GOES_ON =
  /\b(?:however|instead|that said|alternatively),? (?:here|I can\b(?!'t)|I could|I'd be|I would be|let)|\bhere(?:'s| is| are)\b|\bhow about\b|^[ \t]*(?:[-*•]|\d{1,2}[.)]|\|)\s|```/im;
/** It says what it lacks, or that the thing does not exist: no model could answer that. */
const CANNOT_BE_DONE =
  /\b(?:access to|real[- ]?time|browse the|as of my|don't know|do not know|more (?:details|information|context)|which (?:one|file)|attached|missing|make sense|(?:current|today's) date|(?:doesn't|does not) (?:exist|have)|no such|there (?:is|are) no|images?|audio|fictional)\b/i;

/** The answer only declines. Refusing phrases elsewhere, and answers that continue, pass. */
export const refusal = defineRule<TextInput>({
  id: "text/refusal",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "The answer opens with a refusal and offers nothing else.",
    why: "The work was not done; another model may do it.",
    references: ["https://github.com/paul-rottger/xstest"],
  },
  good: [
    { answer: "I can't recommend this book enough. It follows a lighthouse keeper through one winter." },
    {
      answer:
        "I'm sorry, but I can't print the whole song. However, I can tell you what it is about: a long drive home.",
    },
    {
      answer:
        "I can't give you today's weather, since I have no access to real-time data. Look at the met office's page.",
    },
  ],
  bad: [
    { answer: "I’m sorry, but I can’t assist with that." },
    { answer: "I cannot provide information on how to do this. Please talk to a professional." },
    { answer: "As an AI language model, I'm unable to help with this request." },
  ],
  run({ text }) {
    const plain = text.trim().replaceAll("’", "'");
    if (plain.length > MAX_CHARS) return [];
    const found = DECLINES.exec(withoutLead(plain.slice(0, HEAD_CHARS)));
    if (found === null || GOES_ON.test(plain) || CANNOT_BE_DONE.test(plain)) return [];
    return [{ message: `the answer is a refusal: "${found[0]} …"`, repair: null }];
  },
});

function withoutLead(head: string): string {
  let rest = head.replace(MARKS, "");
  for (let round = 0; round < MOST_LEADS; round += 1) {
    const lead = LEADS.find((pattern) => pattern.test(rest));
    if (lead === undefined) break;
    rest = rest.replace(lead, "");
  }
  return rest;
}
