import { describe, expect, it } from "vitest";
import { languageOfTag } from "../../../src/checks/kit/answer/code-language.ts";
import { languageOfPath } from "../../../src/checks/kit/answer/file-name.ts";

describe("the language of a fence", () => {
  it.each(["__proto__", "constructor", "tostring"])("is the tag %s itself, not what objects inherit", (tag) => {
    expect(languageOfTag(tag, null, "a")).toBe(tag);
    expect(languageOfPath(`a.${tag}`)).toBeNull();
  });
});
