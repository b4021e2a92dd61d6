import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { legible, legibleLine, legibleText, legibleValue } from "../../src/core/legible.ts";

/** Characters that all show. */
const PLAIN = fc.constantFrom("a", "é", "漢", "я", "\n", "\t", " ", "{", '"', "\\", "[", "3", "1", "m", "😀");
const ESC = "\u001B";

describe("what no reader sees is taken out", () => {
  test.each([
    ["colours", `a${ESC}[31mred${ESC}[0mb`, "aredb"],
    ["hidden text, which shows", `a${ESC}[8mhidden${ESC}[28mb`, "ahiddenb"],
    ["erased lines", `a${ESC}[2K${ESC}[1A${ESC}[Gb`, "ab"],
    ["a title", `a${ESC}]0;pwned\u0007b`, "ab"],
    ["a title that ends in two characters", `a${ESC}]2;pwned${ESC}\\b`, "ab"],
    ["the clipboard", `a${ESC}]52;c;cm0gLXJmIC8=\u0007b`, "ab"],
    ["the address of a link", `${ESC}]8;;https://evil.example\u0007text${ESC}]8;;\u0007`, "text"],
    [
      "device control strings",
      `a${ESC}P1$r0m${ESC}\\b${ESC}_payload${ESC}\\c${ESC}^x${ESC}\\d${ESC}Xy${ESC}\\e`,
      "abcde",
    ],
    ["a reset, and another set of letters", `a${ESC}cb${ESC}(0c`, "abc"],
    ["C1 in eight bits", "a\u009B31mb\u009D0;title\u009Cc\u0085d", "abcd"],
    [
      "a sequence without an end: its beginning alone",
      `a${ESC}]0;the answer goes on\nhere`,
      "a0;the answer goes on\nhere",
    ],
    ["an escape at the end", `a${ESC}`, "a"],
    ["bells, backspaces, deletes and NUL", "a\u0007b\u0008c\u007Fd\u0000e", "abcde"],
    ["a line that is written over", "good\rbad", "good\nbad"],
    ["marks that turn the direction", "a\u202Eb\u2066c\u2069d\u200Fe\u200Ef\u061Cg", "abcdefg"],
    ["characters of no width", "pass\u200Bwo\u200Drd\u2060\uFEFF\u00AD\u180E\u3164", "password"],
    ["tags: a text that only a model reads", `a${String.fromCodePoint(0xe0069, 0xe0067, 0xe006e, 0xe007f)}b`, "ab"],
    ["data in variation selectors", "a\uFE00b\uFE0Fc\u{E0110}\u{E0120}", "abc"],
    ["half a character", "a\uD83Db", "a\uFFFDb"],
  ])("%s", (_, text, shown) => {
    expect(legibleText(text)).toBe(shown);
  });

  test("whatever it is: no control character but line ends and tabs is left, and a second time changes nothing", () => {
    const part = fc.oneof(
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.constantFrom(
        ESC,
        "[",
        "]",
        "P",
        "0;",
        "\u0007",
        "\\",
        "\u009B",
        "\u009C",
        "\u009D",
        "m",
        "\u200D",
        "\uFE0F",
        "👩",
        "म",
        "\r",
      ),
    );
    const property = fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      const shown = legibleText(parts.join(""));
      expect(shown).not.toMatch(/[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069\u200B\u{E0000}-\u{E007F}]/u);
      expect(shown.isWellFormed()).toBe(true);
      expect(legibleText(shown)).toBe(shown);
    });
    fc.assert(property, { numRuns: 2000 });
  });

  test("a text without any of it is the same text", () => {
    const property = fc.property(fc.string({ unit: PLAIN }), (text) => {
      expect(legibleText(text)).toBe(text);
    });
    fc.assert(property);
  });
});

describe("what a reader needs stays", () => {
  test.each([
    ["lines and tabs", "a\n\tb\n"],
    ["pictures that are joined", "👩‍💻 🏳️‍🌈 👁️‍🗨️ 🤷🏽‍♀️ ❤️‍🔥"],
    ["pictures and figures that are chosen", "❤️ ☎︎ 1️⃣"],
    ["the joints of Persian", "می‌خواهم"],
    ["the joints of Hindi", "क्‍ष"],
    ["forms of Chinese characters", "葛\u{E0100}"],
    ["text from right to left", "שלום עולם مرحبا"],
    ["an escape that is written out, as code has it", String.raw`console.log("\x1b[31m\u202e")`],
  ])("%s", (_, text) => {
    expect(legibleText(text)).toBe(text);
  });

  test("line ends of other systems become the one that all know", () => {
    expect(legibleText("a\r\nb\u2028c")).toBe("a\nb c");
  });
});

test("a line has no end in it, and a cut is marked", () => {
  expect(legibleLine(` a\r\nb${ESC}[1m\tc `)).toBe("a b c");
  expect(legible(`${ESC}[1mabc`, 5)).toBe("a…");
});

test("every text of a value, keys too, and nothing else", () => {
  const value = { a: [`x${ESC}[1m`, 1, null, true], [`k${ESC}[1m`]: { deep: "\u202Ey" } };
  expect(legibleValue(value)).toEqual({ a: ["x", 1, null, true], k: { deep: "y" } });
  const clean = { a: ["x", { b: 1 }] };
  expect(legibleValue(clean)).toBe(clean);
});
