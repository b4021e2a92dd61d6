import { describe, expect, it } from "vitest";
import { MODELS } from "../../src/catalog/models.ts";
import { didYouMean, nearest } from "../../src/checks/kit/suggest.ts";

const names = MODELS.map(({ id }) => id);

describe("nearest", () => {
  it.each([
    ["claude-opus-5.5", "claude-opus-5-5"],
    ["gpt6-luna", "gpt-6-luna"],
    ["CLAUDE-SONET-5-5", "claude-sonnet-5-5"],
    ["gemini-3.1-pro", "gemini-3.1-pro-preview"],
    ["openai/gpt-6-luna", "gpt-6-luna"],
    ["gpt-6-luna", "gpt-6-luna"],
  ])("suggests for %s first %s", (written, meant) => {
    expect(nearest(written, names)[0]).toBe(meant);
  });

  it("suggests nothing for what is near to nothing", () => {
    expect(nearest("banana", names)).toEqual([]);
    expect(nearest("", names)).toEqual([]);
    expect(nearest("x", [])).toEqual([]);
  });

  it("suggests at most three names, each once", () => {
    expect(nearest("claude", [...names, ...names]).length).toBe(3);
    expect(new Set(nearest("claude", [...names, ...names])).size).toBe(3);
  });

  it("puts suggestions into words", () => {
    expect(didYouMean("planing", ["planning", "general"])).toBe('; did you mean "planning"?');
    expect(didYouMean("banana", ["planning"])).toBe("");
  });
});
