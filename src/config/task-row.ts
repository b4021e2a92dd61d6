import { z } from "zod";
import { UNCHECKED_STEPS } from "../core/task.ts";
import { count, name, share } from "./scalars.ts";

const uncheckedStep = z.enum(UNCHECKED_STEPS);

/** A check of Signalbox by name, or one of the user's own: a test of the text, or a program. */
export const CheckRow = z.strictObject({
  check: name.optional().describe("A check of Signalbox; else give name and one of the tests below"),
  weight: z
    .number()
    .optional()
    .describe("Has no effect any more: facts fail and evidence verifies, nothing is weighed"),
  name: name.optional().describe("Its name in verdicts"),
  gate: z.boolean().optional().describe("Failing it fails the answer; false: it is only told. Default true"),
  json_schema: z.record(z.string(), z.unknown()).optional().describe("The answer is JSON that matches it"),
  matches: z.string().optional().describe("A regular expression that must occur"),
  not_matches: z.string().optional().describe("A regular expression that must not occur"),
  flags: z.string().optional().describe("Of the regular expression, such as is"),
  contains: z.array(name).min(1).optional().describe("Phrases that must all occur, in any case"),
  not_contains: z.array(name).min(1).optional().describe("Phrases of which none may occur"),
  max_words: count.optional().describe("Words at most"),
  min_words: count.optional().describe("Words at least"),
  language: z.string().optional().describe("ISO 639-1 code of the language that the answer is written in"),
  command: z
    .array(name)
    .min(1)
    .optional()
    .describe(
      "Program and arguments: the answer on stdin; exit code 0 accepts; JSON on stdout may say {score, detail} or {abstain}",
    ),
  timeout_ms: z.int().min(1).max(60_000).optional().describe("Of the command; default 10000"),
});
export type CheckRow = z.infer<typeof CheckRow>;

/** A new task (needs `candidates`), or changes to one that is known. */
export const TaskRow = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/, "lower-case letters, digits and _, beginning with a letter")
    .describe("What callers name; that of a known task changes it"),
  title: name.optional().describe("A few words for people"),
  description: name.optional().describe("One sentence: when to use it"),
  candidates: z.array(name).min(1).optional().describe("Models, in order of preference"),
  min_quality: share.optional().describe("An answer with a lower score is rejected"),
  optimize: z
    .enum(["quality", "cost", "latency"])
    .optional()
    .describe("quality: in the order of candidates; cost, latency: the cheapest or fastest that is good enough first"),
  max_output_tokens: count.optional().describe("Longest answer, thinking not included"),
  expected_output_tokens: count.optional().describe("A usual answer, for estimates"),
  checks: z.array(CheckRow).optional().describe("In place of the task's own"),
  on_unchecked: z
    .union([uncheckedStep, z.array(uncheckedStep).min(1)])
    .optional()
    .describe(
      "What becomes of an answer that could not be checked: accept or next; before that evidence may be bought: judge, agree, tests. " +
        'A list is followed in order, such as ["tests", "next"]; default accept',
    ),
  when: z
    .array(name.max(100, "at most 100 characters"))
    .min(1)
    .max(50, "at most 50 phrases")
    .optional()
    .describe(
      'For task "auto": a prompt that holds one of these phrases, in whole words and in any case, is given to this task; the ' +
        "first such task wins, also over those that Signalbox would pick",
    ),
  repair: z.boolean().optional().describe("Let a model repair what checks found; default true"),
  judges: z.array(name).min(1).optional().describe("Models that may judge an answer, for on_unchecked: judge"),
  test_writers: z.array(name).min(1).optional().describe("Models that may write tests, for on_unchecked: tests"),
  rubric: name.optional().describe("What a judge is to look at"),
});
export type TaskRow = z.infer<typeof TaskRow>;
