import { describe, expect, it } from "vitest";
import { TimeLimitError, withinMs } from "../../src/checks/kit/time-limit.ts";

const CATASTROPHE = /^(a+)+$/;
const backtrack = (): boolean => CATASTROPHE.test(`${"a".repeat(60)}!`);

describe("withinMs", () => {
  it("hands back what the work returns, and what it throws", () => {
    expect(withinMs(1000, () => ({ a: 1 }))).toEqual({ a: 1 });
    expect(() =>
      withinMs(1000, () => {
        throw new RangeError("own");
      }),
    ).toThrow(RangeError);
  });

  it("gives up on a regular expression that backtracks without end", () => {
    expect(() => withinMs(30, backtrack)).toThrow(new TimeLimitError("gave up after 30 ms"));
    expect(withinMs(1000, () => "works again")).toBe("works again");
  });

  it("nests, and the shorter limit counts on either level", () => {
    expect(withinMs(1000, () => withinMs(500, () => 1) + 1)).toBe(2);
    expect(() => withinMs(2000, () => withinMs(30, backtrack))).toThrow("gave up after 30 ms");
    expect(() => withinMs(30, () => withinMs(2000, backtrack))).toThrow("gave up after 30 ms");
  });
});
