import { describe, expect, it } from "vitest";
import { parseJudgement } from "../../src/core/judge.ts";

const GRADE = parseJudgement('{"score": 0.9, "reason": "It does what was asked."}');

describe("a judge's answer", () => {
  it.each([
    ["bare", (json: string) => json],
    ["in a fence", (json: string) => `\`\`\`\n${json}\n\`\`\``],
    ["in a fence of JSON, with space around it", (json: string) => `\n \`\`\`json \n${json}\n\`\`\`\n\n`],
    ["in a fence that does not end", (json: string) => `\`\`\`json\n${json}`],
    ["behind 5,000 tabs", (json: string) => `${"\t".repeat(5_000)}${json}${"\t".repeat(5_000)}`],
  ])("is read %s", (_name, written) => {
    expect(GRADE).not.toBeNull();
    expect(parseJudgement(written('{"score": 0.9, "reason": "It does what was asked."}'))).toEqual(GRADE);
  });

  it.each([
    ["tabs alone", "\t".repeat(120_000)],
    ["words", "It is fine."],
    ["tabs and a word", `${"\t".repeat(120_000)}x`],
  ])("of %s is none", (_name, text) => {
    expect(parseJudgement(text)).toBeNull();
  });
});
