import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutAt, pagesOf, sharesOf } from "../../src/core/paginate.ts";

describe("a long text", () => {
  it.each([
    ["one two\n\nthree four five", 10, "one two\n\n"],
    ["a line of it\nanother line", 15, "a line of it\n"],
    ["words and words and words", 11, "words and "],
    ["nowhereatalltocut", 10, "nowhereata"],
    ["short", 10, "short"],
  ])("%j is cut at a sane place before %d", (text, most, expected) => {
    expect(text.slice(0, cutAt(text, 0, most))).toBe(expected);
  });

  it("is never cut inside a character", () => {
    expect("xxx😀y".slice(0, cutAt("xxx😀y", 0, 4))).toBe("xxx");
  });

  it("comes in pages that are well formed, not too long, and together the whole", () => {
    const text = fc.string({ unit: fc.constantFrom("a", " ", "\n", "\n\n", "😀", "é"), maxLength: 500 });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (whole, most) => {
        const pages = pagesOf(whole, most);
        expect(pages.join("")).toBe(whole);
        for (const page of pages) {
          expect(page.length).toBeLessThanOrEqual(most);
          expect(page.isWellFormed()).toBe(true);
        }
        if (whole !== "") for (const page of pages) expect(page.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe("the shares of several texts", () => {
  it("leave short ones whole and give what they leave to the longer ones", () => {
    expect(sharesOf([10, 1000, 20, 1000], 330)).toEqual([10, 150, 20, 150]);
    expect(sharesOf([10, 20], 100)).toEqual([10, 20]);
    expect(sharesOf([], 100)).toEqual([]);
  });

  it("never exceed the total nor a text's own length", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { maxLength: 100 }), fc.nat(100_000), (lengths, total) => {
        const shares = sharesOf(lengths, total);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(total);
        for (const [index, share] of shares.entries()) expect(share).toBeLessThanOrEqual(lengths[index] ?? 0);
      }),
    );
  });
});
