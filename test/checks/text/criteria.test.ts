import { describe, expect, it } from "vitest";
import type { TextCriterion } from "../../../src/checks/kit/criterion.ts";
import { fenced, run, said } from "../../verify/subject.ts";

type Requirement = TextCriterion extends infer One ? (One extends TextCriterion ? Omit<One, "name"> : never) : never;

async function accept(requirement: Requirement, answer: string): Promise<string> {
  const criterion = { name: "mine", ...requirement } as TextCriterion;
  return said(await run("accept_text", answer, { criterion }));
}

const ANSWER = "Signals are red, yellow or green.";
const GERMAN =
  "Die Bahn fährt heute später, weil in der Nacht so viel Schnee gefallen ist, dass die Weichen nicht gestellt werden konnten.";

describe("a criterion of the text", () => {
  it.each<[string, Requirement, string]>([
    ["a pattern that must match", { kind: "matches", pattern: "red.*green", flags: "" }, "matches /red.*green/"],
    ["a pattern that must not match", { kind: "not_matches", pattern: "blue", flags: "i" }, "does not match"],
    ["phrases, whatever their case and spacing", { kind: "contains", phrases: ["YELLOW  or"] }, "holds every phrase"],
    ["phrases that must be missing", { kind: "not_contains", phrases: ["purple"] }, "holds none"],
    ["at most so many words", { kind: "max_words", words: 6 }, "6 words"],
    ["at least so many words", { kind: "min_words", words: 6 }, "6 words"],
  ])("%s: met", async (_name, requirement, words) => {
    expect(await accept(requirement, ANSWER)).toMatch(/^evidence: /);
    expect(await accept(requirement, ANSWER)).toContain(words);
  });

  it.each<[string, Requirement, string]>([
    ["a pattern that must match", { kind: "matches", pattern: "^blue", flags: "" }, "nothing in it matches /^blue/"],
    ["a pattern that must not match", { kind: "not_matches", pattern: "red", flags: "" }, '"red" matches /red/'],
    ["phrases", { kind: "contains", phrases: ["green", "blue"] }, 'lacks "blue"'],
    ["phrases that must be missing", { kind: "not_contains", phrases: ["green"] }, 'holds "green"'],
    ["too many words", { kind: "max_words", words: 5 }, "has 6 words"],
    ["too few words", { kind: "min_words", words: 7 }, "has 6 words"],
    ["no JSON", { kind: "json_schema", schema: { type: "object" } }, "not valid JSON"],
    ["the wrong language", { kind: "language", language: "fr" }, "it is in German"],
  ])("%s: not met, with what was found", async (_name, requirement, words) => {
    const answer = requirement.kind === "language" ? GERMAN : ANSWER;
    expect(await accept(requirement, answer)).toMatch(/^fact: mine: /);
    expect(await accept(requirement, answer)).toContain(words);
  });

  it("of JSON reads it bare and fenced", async () => {
    const requirement: Requirement = { kind: "json_schema", schema: { type: "object", required: ["a"] } };
    expect(await accept(requirement, '{"a": 1}')).toBe("evidence: matches the schema");
    expect(await accept(requirement, fenced("json", '{"a": 1}'))).toMatch(/^evidence/);
    expect(await accept(requirement, "{}")).toMatch(/^fact: mine: the answer must have required property 'a'/);
  });

  it("of a language takes the country along, and leaves the code aside", async () => {
    expect(
      await accept(
        { kind: "language", language: "de-AT" },
        `${GERMAN}\n${fenced("js", "const snow = 'a lot of it';")}`,
      ),
    ).toBe("evidence: is in German");
    expect(await accept({ kind: "language", language: "ja" }, "駅はどこですか。すぐそこです。")).toMatch(/^evidence/);
  });

  it("of phrases leaves aside how quotes, dashes and emphasis are written", async () => {
    const answer = "It\u2019s **not** done \u2013 see the *cafe\u0301*, snake_case and well-known.";
    for (const phrase of ["it's not done", "done - see", "the caf\u00e9", "snake_case"]) {
      expect(await accept({ kind: "contains", phrases: [phrase] }, answer), phrase).toMatch(/^evidence/);
    }
    for (const phrase of ["\u2014", "__not__"]) {
      expect(await accept({ kind: "not_contains", phrases: [phrase] }, answer), phrase).toMatch(/^evidence/);
    }
  });

  it("of a schema wants properties of the answer's own, and knows misspelt keywords", async () => {
    const of = (schema: Record<string, unknown>): Requirement => ({ kind: "json_schema", schema });
    expect(await accept(of({ required: ["constructor"] }), "{}")).toMatch(/^fact/);
    expect(await accept(of({ additionalProperties: false }), '{"__proto__": 1}')).toMatch(/^fact/);
    expect(await accept(of({ properites: { a: {} } }), "{}")).toMatch(/^not checked: .*"properties" is/);
    expect(await accept(of({ properties: { maxlength: { example: 1, "x-required": 1 } } }), "{}")).toMatch(/^evidence/);
  });

  it("of a language looks at its parts, and at both scripts", async () => {
    const english =
      "The train runs late today because so much snow fell last night that nobody could set the points at all.";
    const mixed = `${GERMAN} ${GERMAN}\n\n${english} And the people who wanted to go to work this morning had to wait.`;
    expect(await accept({ kind: "language", language: "de" }, mixed)).not.toMatch(/^evidence/);
    const serbian =
      "Voz danas kasni zato što je tokom noći palo toliko snega da skretnice nisu mogle da se pomere, pa putnici čekaju na stanici.";
    expect(await accept({ kind: "language", language: "sr" }, serbian)).not.toMatch(/^fact/);
    expect(await accept({ kind: "language", language: "sr" }, GERMAN)).not.toMatch(/^evidence/);
  });

  it("counts words where a script has no spaces", async () => {
    expect(await accept({ kind: "max_words", words: 3 }, "我们需要先检查合约的余额。")).toMatch(
      /^fact: mine: has \d+ words/,
    );
  });

  it.each<[string, Requirement, string, RegExp]>([
    [
      "a pattern that backtracks without end, and that RE2 does not know",
      { kind: "matches", pattern: "(?=a)(a+)+$", flags: "" },
      `${"a".repeat(40)}!`,
      /gave up after 250 ms/,
    ],
    ["a schema that is none", { kind: "json_schema", schema: { type: "objekt" } }, "{}", /schema cannot be used/],
    ["a language of which there is too little", { kind: "language", language: "de" }, "Ja.", /too few to tell/],
    ["a language that is none", { kind: "language", language: "qq" }, GERMAN, /cannot be told|can be told/],
  ])("%s: could not be made", async (_name, requirement, answer, words) => {
    expect(await accept(requirement, answer)).toMatch(/^not checked/);
    expect(await accept(requirement, answer)).toMatch(words);
  });

  it.each([
    ["(a+)+$", "", `${"a".repeat(5_000)}!`, /^fact: mine: nothing in it matches/],
    ["(a+)+$", "", `!${"a".repeat(5_000)}`, /^evidence: .*matches/],
    ["^(\\w+\\s?)*$", "i", `${"word ".repeat(1_000)}!`, /^fact: mine: nothing in it matches/],
    ["^(?<words>\\p{L}+ ?)*$", "u", `${"wörter ".repeat(1_000)}!`, /^fact: mine: nothing in it matches/],
  ])("/%s/%s, which backtracks without end, is decided on another engine", async (pattern, flags, text, words) => {
    expect(await accept({ kind: "matches", pattern, flags }, text)).toMatch(words);
  });
});
