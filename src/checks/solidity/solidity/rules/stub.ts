import { defineRule } from "../../../kit/rule.ts";
import { codeOnly, declarationsOf, membersOf, type Declaration } from "../declarations.ts";
import { leftOutComments } from "../placeholders.ts";
import type { SolidityReading } from "../reading.ts";
import { segmentsOf } from "../scan.ts";

/** A comment that says that the code itself is still to be written. */
const TO_WRITE =
  /\b(?:to be (?:implemented|written|filled|added|done)|not (?:yet )?implemented|unimplemented|todo|fixme|(?:your|actual|real) (?:code|logic|implementation)|(?:implement|add|insert|write|put|place|handle)\b.{0,60}\b(?:here|logic|code|implementation|message|later)|(?:code|logic|implementation)\b.{0,40}\b(?:goes|here|(?:can|should|must|would|will) be (?:added|implemented|placed|written|inserted)))\b/i;
const PASSES_AS_NOTHING = /^\s*(?:return\s*(?:\(\s*)?(?:0|false|""|''|address\(0\)|bytes32\(0\))\s*(?:\)\s*)?;\s*)?$/;
const REFUSES = /^\s*revert\s*\(\s*\)\s*;\s*$|^\s*revert\s+(?=\w*?NotImplemented)\w+\s*\(\s*\)\s*;\s*$/i;
const MADE_EMPTY = /mock|stub|dummy|test|empty|example/i;

/** Functions that are declared and left to be written. */
export const stub = defineRule<SolidityReading>({
  id: "solidity/stub",
  severity: "serious",
  certainty: "fact",
  docs: {
    summary:
      "A function of a contract that is no base for others has no code: it declares what it returns and returns nothing, or a comment or a revert says that it is still to be written.",
    why: "The part that was asked for is not there, though it compiles.",
  },
  good: [
    {
      answer:
        "```solidity\npragma solidity ^0.8.20;\ncontract A { function f() external pure returns (uint256) { return 1; } function _hook() internal {} }\n```",
    },
    {
      answer:
        "```solidity\npragma solidity ^0.8.20;\ncontract A { uint256 public x;\nfunction f() external {\n// Your code here\nx = 1; } }\n```",
    },
    {
      answer:
        "```solidity\npragma solidity ^0.8.20;\nabstract contract A { function f() external virtual returns (uint256) {} }\n```",
    },
  ],
  bad: [
    {
      answer:
        "```solidity\npragma solidity ^0.8.20;\ncontract A { function price() external view returns (uint256) {} }\n```",
    },
    {
      answer:
        "```solidity\npragma solidity ^0.8.20;\ncontract A { function pay(address to) external {\n// TODO: implement the payment\n} }\n```",
    },
    {
      answer:
        "```solidity\npragma solidity ^0.8.20;\ncontract A { uint256 n; function pay(uint256[] calldata all) external { for (uint256 i; i < all.length; i++) { if (all[i] == 0) break;\n// the payment logic can be added here\n} } }\n```",
    },
    {
      answer:
        '```solidity\npragma solidity ^0.8.20;\ncontract A { function pay(address to) external { revert("not implemented"); } }\n```',
    },
  ],
  run({ blocks, isWhole }) {
    if (!isWhole) return [];
    return blocks.flatMap(({ path, content }) => {
      const lineOf = (at: number): number => content.slice(0, at).split("\n").length;
      return stubsIn(content).map(({ at, name, what }) => ({
        message: `${path}, line ${lineOf(at)}: function ${name} ${what}`,
      }));
    });
  },
});

interface Stub {
  readonly at: number;
  readonly name: string;
  readonly what: string;
}

function stubsIn(content: string): readonly Stub[] {
  const contracts = declarationsOf(content).filter(
    ({ kind, text, name }) => kind === "contract" && !text.startsWith("abstract") && !MADE_EMPTY.test(name ?? ""),
  );
  return contracts.flatMap((contract) =>
    membersOf(content, contract)
      .filter(({ kind, text }) => kind === "function" && !/\bvirtual\b/.test(text.split("{", 1)[0] ?? ""))
      .flatMap((fn): Stub[] => {
        const what = stubOf(content, fn);
        return what === null ? [] : [{ at: fn.start, name: fn.name ?? "", what }];
      }),
  );
}

function stubOf(content: string, { body, text }: Declaration): string | null {
  if (body === null) return null;
  const inside = content.slice(body.start, body.end);
  const code = codeOnly(inside);
  const head = text.split("{", 1)[0] ?? "";
  const comments = segmentsOf(inside).filter(({ kind }) => kind === "comment");
  if (PASSES_AS_NOTHING.test(code)) {
    const note = comments.find(
      (comment) =>
        comment.text.length < 300 && (TO_WRITE.test(comment.text) || leftOutComments(comment.text).length > 0),
    );
    if (note !== undefined) return `is left to be written: ${quoted(note.text)}`;
    if (code.trim() === "" && /\breturns\s*\(/.test(head)) return "declares what it returns and has no code";
  }
  if (REFUSES.test(code) && /not (?:yet )?implemented|unimplemented|todo|NotImplemented/i.test(inside)) {
    return "only reverts with a word that it is not implemented";
  }
  const unfinished = unfinishedBlock(inside);
  return unfinished === null ? null : `leaves a block to be written: ${quoted(unfinished)}`;
}

/** A comment at the end of a block that says that its code can be added there. */
function unfinishedBlock(body: string): string | null {
  for (const [, comment = ""] of body.matchAll(/\/\/([^\n]{0,200})\n\s*\}/g)) {
    if (
      /\b(?:code|logic|implementation)\b.{0,30}\b(?:goes here|(?:can|should|must|would|will) be (?:added|implemented|placed|written|inserted))\b/i.test(
        comment,
      )
    )
      return comment;
  }
  return null;
}

function quoted(comment: string): string {
  const bare = comment
    .replace(/^\s*\/[/*]+|\*\/\s*$/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return JSON.stringify(bare.slice(0, 100));
}
