import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askRaw, ENDINGS, KINDS, OPENINGS } from "./support.ts";

/** A stream that says the text in these pieces. */
const saying = (kind: (typeof KINDS)[number], pieces: readonly string[]): string =>
  pieces.map((piece) => OPENINGS[kind].replaceAll('"par"', () => JSON.stringify(piece))).join("") + ENDINGS[kind];

describe.each(KINDS)("%s", (kind) => {
  it.each([
    [["<think>hm</think>", "par"], "hm", "par"],
    [["\n <th", "ink>", "h", "m</", "think", ">\n\n", "\n", "par"], "hm", "par"],
    [["[THINK]hm[/THINK]par"], "hm", "par"],
    [["<think></think>\n\npar"], "", "par"],
    [["<think>a </thin b </think>par"], "a </thin b ", "par"],
    [["<think>never closed, </thi"], "never closed, </thi", ""],
    [["par <think>hm</think>"], "", "par <think>hm</think>"],
    [["<thinking>hm</thinking>par"], "", "<thinking>hm</thinking>par"],
    [["<div>", "par"], "", "<div>par"],
    [["<", "3"], "", "<3"],
    [["<thi"], "", "<thi"],
    [["<think>hm</think>par <think>more</think>"], "hm", "par <think>more</think>"],
  ])("reads %j as thinking %j and text %j", async (pieces, reasoning, text) => {
    expect(await askRaw(kind, saying(kind, pieces))).toMatchObject({ reasoning, text, finish: "stop", kind: null });
  });
});

describe("thinking in the text", () => {
  it("is told from it however the text is cut", async () => {
    const body = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("</think>"));
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
    const answer = body.filter((text) => text.trim() !== "");
    await fc.assert(
      fc.asyncProperty(body, answer, cuts, async (thinking, text, places) => {
        const whole = `<think>${thinking}</think>\n${text}`;
        const at = [0, ...places.map((place) => Math.floor(place * whole.length)).sort((a, b) => a - b), whole.length];
        const pieces = at.slice(1).map((end, index) => whole.slice(at[index], end));
        const outcome = await askRaw("openai_compatible", saying("openai_compatible", pieces));
        expect(outcome).toMatchObject({ reasoning: thinking, text: text.trimStart(), finish: "stop" });
      }),
      { numRuns: 100, interruptAfterTimeLimit: 8_000 },
    );
  });
});
