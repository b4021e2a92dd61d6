import { describe, expect, it } from "vitest";
import { run, said, subject } from "../../verify/subject.ts";
import { CHECKS } from "../../../src/verify/registry.ts";
import type { Subject } from "../../../src/checks/kit/check.ts";
import { splitPrompt } from "../../../src/checks/text/text/split-prompt.ts";
import { askedLength } from "../../../src/checks/text/text/requested-length.ts";
import { sentencesOf } from "../../../src/checks/text/text/measure.ts";
import { datesIn } from "../../../src/checks/text/grounding/dates.ts";
import { numbersIn } from "../../../src/checks/text/grounding/numbers.ts";

async function check(name: string, text: string, over: Partial<Subject>): Promise<string> {
  return said(await run(name, text, over));
}

describe("labels_allowed", () => {
  it("says which label was wanted, for a person and for the model that mends it", async () => {
    const outcome = await run("labels_allowed", "mixed", {
      prompt: "Classify as positive, negative or neutral: fine.",
    });
    expect(said(outcome)).toMatch(/"mixed" is none of the labels; allowed by .* positive, negative, neutral/);
    expect(outcome).toMatchObject({ repair: expect.stringContaining("exactly one label") });
  });

  it("does not take an example in the prompt for the list", async () => {
    expect(
      await check("labels_allowed", "A complaint", { prompt: "What kind of text (e.g. letter, memo) is this?" }),
    ).toMatch(/^not checked: no list of labels/);
  });
});

describe("values_grounded", () => {
  it("names the value that stands nowhere, with its path", async () => {
    const over = { prompt: "Extract as JSON.\n\nAda Byron lives in London and paid 120 pounds." };
    expect(await check("values_grounded", '{"person": {"name": "Ada Byron"}, "amount": 120}', over)).toMatch(/^pass/);
    expect(await check("values_grounded", '{"person": {"name": "Ada Brown"}, "amount": 120}', over)).toMatch(
      /^fail: 1 of 2 values do not stand in the source: person\.name = "Ada Brown"/,
    );
  });

  it("needs a source", async () => {
    expect(await check("values_grounded", '{"a": "b"}', { prompt: "Extract." })).toMatch(
      /^not checked: the request brings/,
    );
  });

  it("does not look up the tests of the caller as if they were the source", async () => {
    const context = { system: null, files: [], notes: [{ key: "tests", value: [{ contains: "Carla" }] }], tests: [] };
    const over = { prompt: "Extract the name of the person as JSON.\n\nBob was here.", context };
    expect(await check("values_grounded", '{"name": "Carla"}', over)).toMatch(/^fail/);
  });
});

describe("json_asked", () => {
  const applies = (prompt: string): boolean | undefined => CHECKS.get("json_asked")?.applies?.(subject("", { prompt }));

  it.each([
    ["Extract the name as JSON.", true],
    ["Return a JSON object with the keys a and b.\n\nText", true],
    ["Extract the names from this JSON:\n\n{}", false],
    ["Extract the names, one per line, no JSON.", false],
    ["Summarise the article about JSON.", false],
  ])("%j: %s", (prompt, wanted) => {
    expect(applies(prompt)).toBe(wanted);
  });
});

describe("splitPrompt", () => {
  it.each([
    ["Translate to German:\n\nHello\n\nyou", "Translate to German:", "Hello\n\nyou"],
    ["Translate into French: Good morning", "Translate into French:", "Good morning"],
    ["A long text.\n\nMore of it.\n\nSummarize the above.", "Summarize the above.", "A long text.\n\nMore of it."],
    ["Summarize:\n\nThe text.\n\nAnswer in two sentences.", "Summarize:\nAnswer in two sentences.", "The text."],
    ['Summarize.\n"""\nThe text.\n"""\nBriefly.', "Summarize.\n\n\nBriefly.", "The text."],
    ["Translate 'cheese' to French", "Translate   to French", "cheese"],
    ["Summarize <article>The text.</article>", "Summarize", "The text."],
    ["What is 2 + 2?", "What is 2 + 2?", ""],
  ])("%j", (prompt, instruction, body) => {
    expect(splitPrompt(prompt)).toEqual({ instruction, body });
  });
});

describe("askedLength", () => {
  it.each([
    ["Summarize in 3 sentences.", "sentences", 3, 3],
    ["Use at most 50 words.", "words", null, 50],
    ["Give me 3-5 bullet points.", "bullets", 3, 5],
    ["Write a 100-word summary.", "words", null, 100],
    ["in one short paragraph", "paragraphs", 1, 1],
    ["Write a 2 sentence bio", "sentences", 2, 2],
    ["no more than 1,000 characters", "characters", null, 1000],
  ])("%j", (instruction, unit, least, most) => {
    expect(askedLength(instruction)).toMatchObject({ unit, least, most });
  });

  it.each([
    "Summarize this.",
    "My teacher wants an essay in two words.",
    "Write at least 300 words.",
    "Give me three ideas with two sentences each.",
  ])("%j names none that is certain", (instruction) => {
    expect(askedLength(instruction)).toBeNull();
  });
});

describe("what is read from a text", () => {
  it("counts only certain ends of sentences", () => {
    expect(sentencesOf("Dr. Lee (b. 1931) paid approx. 3.5 m. He left. Did he? Yes!")).toHaveLength(3);
    expect(sentencesOf("今日は。明日は！")).toHaveLength(2);
  });

  it.each([
    ["5 March 2026", 2026, 3, 5],
    ["March 5th, 2026", 2026, 3, 5],
    ["2026-03-05T10:00", 2026, 3, 5],
    ["5. März 2026", 2026, 3, 5],
    ["2026年3月5日", 2026, 3, 5],
    ["1er avril 2024", 2024, 4, 1],
    ["the 1st day of July 2023", 2023, 7, 1],
  ])("finds the date in %j", (text, year, month, day) => {
    expect(datesIn(text)).toContainEqual({ year, month, day });
  });

  it.each([
    ["1,234.50", 1234.5],
    ["1.234,50 €", 1234.5],
    ["12 500 kr", 12500],
    ["$2.5k", 2500],
    ["1.38 billion", 1.38e9],
    ["thirty-five guests", 35],
    ["٣٥", 35],
    ["half a litre", 0.5],
  ])("finds the number in %j", (text, number) => {
    expect(numbersIn(text)).toContain(number);
  });
});
