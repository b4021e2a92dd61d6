import { describe, expect, it } from "vitest";
import type { Subject } from "../../../src/checks/kit/check.ts";
import { datesIn } from "../../../src/checks/text/values/dates.ts";
import { numbersIn } from "../../../src/checks/text/values/numbers.ts";
import { splitPrompt } from "../../../src/checks/text/prompt/split-prompt.ts";
import { run, said } from "../../verify/subject.ts";

async function values(source: string, answer: unknown, over: Partial<Subject> = {}): Promise<string> {
  return said(await run("values", JSON.stringify(answer), { prompt: `Extract as JSON.\n\n${source}`, ...over }));
}

describe("values that stand in the source", () => {
  it.each<[string, string, unknown]>([
    ["as they are", "Ada Byron lives in London and paid 120 pounds.", { name: "Ada Byron", amount: 120 }],
    [
      "with other marks",
      "She paid $1,250.50 at 2850 Main St. in Lexington.",
      { total: 1250.5, place: "2850 Main St, Lexington" },
    ],
    ["in words", "Send thirty-five chairs to Ada Byron.", { count: 35, to: "Ada Byron" }],
    ["as a short year", "The barn of Ada Byron was built in '97.", { owner: "Ada Byron", built: 1997 }],
    ["as a date in another form", "Ada Byron arrives on 3 May 2025.", { guest: "Ada Byron", arrives: "2025-05-03" }],
    [
      "with the prefix of a code",
      "The barn, number 448190 with you, belongs to Ada Byron.",
      { id: "BLD-448190", owner: "Ada Byron" },
    ],
    [
      "by the day before",
      "Ada Byron wrote on 3 May 2025: it burnt yesterday.",
      { by: "Ada Byron", burnt: "2025-05-02" },
    ],
  ])("%s: evidence", async (_name, source, answer) => {
    expect(await values(source, answer)).toMatch(/^evidence: \d of \d values stand in the source/);
  });

  it.each<[string, string, unknown]>([
    ["a code with another digit", "Order AB-20391 of Ada Byron.", { order: "AB-20399" }],
    ["a name that the text does not hold", "Order AB-20391 of Ada Byron.", { name: "Gregory Whitfield" }],
    ["another amount", "Ada Byron paid 1,250 euros.", { paid: 4086 }],
    ["another year", "Ada Byron joined in 1999.", { joined: "2012" }],
    ["another month", "Ada Byron arrives on 3 May 2025.", { arrives: "2025-01-03" }],
    ["an address", "Write to ada@byron.example.", { email: "info@byron.example" }],
  ])("%s: a fact", async (_name, source, answer) => {
    expect(await values(source, answer)).toMatch(/^fact: 1 of \d values do not stand in the source/);
  });

  it.each<[string, string, unknown]>([
    ["nothing at all", "Show me everything in the shop, please.", {}],
    ["something worked out", "I am 42, and Ann is a year older.", { name: "Ann", age: 43 }],
    ["something reworded", "Ada Byron liked the room very much.", { guest: "Ada Byron", mood: "delighted" }],
    ["a field that was overlooked", "Name: Ada Byron\nPhone: 030 1234567", { name: "Ada Byron", phone: null }],
    ["an address that was overlooked", "Write to ada@byron.example or info@byron.example.", ["ada@byron.example"]],
  ])("%s: unchecked", async (_name, source, answer) => {
    expect(await values(source, answer)).toBe("nothing");
  });

  it("names the value that stands nowhere, with its path", async () => {
    const source = "Ada Byron lives in London and paid 120 pounds.";
    expect(await values(source, { person: { name: "Rupert Giles" }, amount: 120 })).toBe(
      'fact: 1 of 2 values do not stand in the source: person.name = "Rupert Giles"',
    );
  });

  it("want a key for each thing that was listed, and the form of dates that was asked for", async () => {
    const prompt =
      "Extract name, city and arrival (DD/MM/YYYY) as JSON.\n\nAda Byron of London arrives on August 9, 2025.";
    const whole = { name: "Ada Byron", city: "London", arrival: "09/08/2025" };
    expect(await values("", whole, { prompt })).toMatch(/^evidence/);
    expect(await values("", { ...whole, arrival: "2025-08-09" }, { prompt })).toBe("nothing");
    expect(await values("", { name: "Ada Byron", arrival: "09/08/2025" }, { prompt })).toBe("nothing");
  });

  it("are no evidence where the source names another choice of the schema", async () => {
    const responseSchema = {
      type: "object",
      properties: { kind: { enum: ["Music", "Theater"] }, city: { type: "string" } },
    };
    const source = "Find a theater in Seattle.";
    expect(await values(source, { kind: "Theater", city: "Seattle" }, { responseSchema })).toMatch(/^evidence/);
    expect(await values(source, { kind: "Music", city: "Seattle" }, { responseSchema })).toBe("nothing");
  });

  it("are not looked up in the caller's tests", async () => {
    const context = { system: null, files: [], notes: [{ key: "tests", value: [{ contains: "Carla" }] }], tests: [] };
    expect(await values("Bob was here.", { name: "Carla" }, { context })).not.toMatch(/^evidence/);
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

describe("what is read from a text", () => {
  it.each([
    ["5 March 2026", 2026, 3, 5],
    ["March 5th, 2026", 2026, 3, 5],
    ["2026-03-05T10:00", 2026, 3, 5],
    ["5. März 2026", 2026, 3, 5],
    ["2026年3月5日", 2026, 3, 5],
    ["1er avril 2024", 2024, 4, 1],
  ])("the date in %j", (text, year, month, day) => {
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
  ])("the number in %j", (text, number) => {
    expect(numbersIn(text)).toContain(number);
  });
});
