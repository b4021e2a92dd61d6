import { describe, expect, it } from "vitest";
import { extractFiles, type CodeFile } from "../../src/checks/kit/answer/code-files.ts";
import { fencesOf } from "../../src/checks/kit/answer/fences.ts";
import { fenced } from "./subject.ts";

const SOL = "pragma solidity ^0.8.20;\ncontract A { uint256 x; }";
const brief = (file: CodeFile): readonly unknown[] => [file.path, file.language, file.firstLine];

describe("extractFiles", () => {
  it.each([
    ["a tag", fenced("solidity", SOL), [null, "solidity", 2]],
    ["a short tag", fenced("sol", SOL), [null, "solidity", 2]],
    ["a tag in capitals", fenced("Solidity", SOL), [null, "solidity", 2]],
    ["a tag in braces", fenced("{.html #x}", "<p>a</p>"), [null, "html", 2]],
    ["tildes", `~~~html\n<p>a</p>\n~~~`, [null, "html", 2]],
    ["no tag", fenced("", SOL), [null, "solidity", 2]],
    ["a loose tag", fenced("rust", SOL), [null, "solidity", 2]],
    ["an unknown tag", fenced("cobol", "MOVE A TO B"), [null, "cobol", 2]],
    ["a path behind the tag", fenced("solidity src/A.sol", SOL), ["src/A.sol", "solidity", 2]],
    ["a path behind a colon", fenced("solidity:src/A.sol", SOL), ["src/A.sol", "solidity", 2]],
    ["a path as the tag", fenced("src/A.sol", SOL), ["src/A.sol", "solidity", 2]],
    ["a title", fenced('html title="index.html"', "<p>a</p>"), ["index.html", "html", 2]],
    ["a file name", fenced("js filename=app.js", "x"), ["app.js", "javascript", 2]],
    ["a comment", fenced("solidity", `// src/A.sol\n${SOL}`), ["src/A.sol", "solidity", 2]],
    ["a comment with a word", fenced("python", "# File: tools/a.py\nx = 1"), ["tools/a.py", "python", 2]],
    ["an HTML comment", fenced("html", "<!-- index.html -->\n<p>a</p>"), ["index.html", "html", 2]],
    ["a CSS comment", fenced("css", "/* style.css */\na{}"), ["style.css", "css", 2]],
    ["a comment that only mentions a file", fenced("solidity", `// see A.sol for more\n${SOL}`), [null, "solidity", 2]],
    ["a bold line above", `**src/A.sol**\n${fenced("solidity", SOL)}`, ["src/A.sol", "solidity", 3]],
    ["a numbered heading above", `### 1. \`src/A.sol\`\n\n${fenced("", SOL)}`, ["src/A.sol", "solidity", 4]],
    ["a sentence above", `Now change A.sol as follows:\n${fenced("solidity", SOL)}`, [null, "solidity", 3]],
  ])("reads %s", (_name, text, expected) => {
    expect(extractFiles(text).map(brief)).toEqual([expected]);
  });

  it("finds all files, with the lines on which they begin", () => {
    const text = `One:\n${fenced("solidity", SOL)}\nTwo:\n~~~sh\nls\n~~~\n`;
    expect(extractFiles(text).map(brief)).toEqual([
      [null, "solidity", 3],
      [null, "shell", 8],
    ]);
  });

  it("finds code within a block of Markdown, by longer fences or by nesting", () => {
    const longer = `\`\`\`\`md\n# A\n${fenced("sol", SOL)}\n\`\`\`\``;
    const nested = `\`\`\`markdown\n# A\n${fenced("sol", SOL)}\n\`\`\``;
    for (const text of [longer, nested]) {
      expect(extractFiles(text).map(brief)).toEqual([
        [null, "markdown", 2],
        [null, "solidity", 4],
      ]);
    }
  });

  it("takes the indent of a list from the code", () => {
    const text = "1. Do\n\n   ```js\n   if (a) {\n     b();\n   }\n   ```";
    expect(extractFiles(text)[0]?.content).toBe("if (a) {\n  b();\n}");
  });

  it("takes a whole answer for code only where it reads as code", () => {
    expect(extractFiles(SOL).map(brief)).toEqual([[null, "solidity", 1]]);
    expect(extractFiles("// src/A.sol\n" + SOL).map(brief)).toEqual([["src/A.sol", "solidity", 1]]);
    expect(extractFiles("<!doctype html>\n<p>a").map((file) => file.language)).toEqual(["html"]);
    expect(extractFiles("<b>Note</b>: contracts are hard.")).toEqual([]);
    expect(extractFiles("contract law differs by country.")).toEqual([]);
    expect(extractFiles("")).toEqual([]);
  });

  it("finds files in JSON, bare or fenced", () => {
    const json = JSON.stringify({
      files: [
        { path: "src/A.sol", content: SOL },
        { filename: "index.html", code: "<p>a</p>" },
      ],
      map: { "b.css": "a{}" },
      note: "contract law",
      answer: `Here:\n${fenced("js", "x()")}`,
    });
    const expected = [
      ["src/A.sol", "solidity", 1],
      ["index.html", "html", 1],
      ["b.css", "css", 1],
      [null, "javascript", 3],
    ];
    expect(extractFiles(json).map(brief)).toEqual(expected);
    expect(extractFiles(fenced("json", json)).map(brief)).toEqual(expected);
  });

  it("survives JSON that nests without end", () => {
    expect(extractFiles(`${"[".repeat(3000)}"x"${"]".repeat(3000)}`)).toEqual([]);
  });
});

describe("fencesOf", () => {
  it("keeps the code of a fence that is never closed", () => {
    expect(fencesOf("a\n```js\nx\ny")).toEqual([
      { info: "js", content: "x\ny", firstLine: 3, closed: false, lineBefore: "a" },
    ]);
  });

  it("gives every line either to a fence or to none", () => {
    const text = "```a\n1\n```\n```b\n2\n```\n~~~c\n3\n~~~";
    expect(fencesOf(text).map((fence) => [fence.info, fence.content, fence.firstLine])).toEqual([
      ["a", "1", 2],
      ["b", "2", 5],
      ["c", "3", 8],
    ]);
  });
});
