import { describe, expect, it } from "vitest";
import { FENCE, fenced, run, said } from "../../verify/subject.ts";

describe("not_empty", () => {
  it.each(["", "   \n\t ", "\u200b\u200b", "```\n```", "…", "---"])("fails on %j", async (text) => {
    expect(said(await run("not_empty", text))).toBe("fail: the answer is empty");
  });
  it.each(["ok", "42", "好", "👍", "```\nx\n```"])("passes %j", async (text) => {
    expect(await run("not_empty", text)).toMatchObject({ passed: true });
  });
});

describe("not_refusal", () => {
  const refusals = [
    "I'm sorry, but I can't help with that.",
    "I’m sorry, but I can’t assist with that request.",
    "I cannot provide a contract that does this.",
    "Sorry, I am unable to generate this content.",
    "I apologize, but I'm not able to write that.",
    "As an AI language model, I cannot create exploits for live contracts.",
    "Unfortunately I cannot fulfill this request. If you have other questions, I am happy to help.",
    "I understand that you are in a hurry, but I can't in good conscience help with draining someone's wallet.",
    "I won't help with this. It would harm people.",
    "I can't do that.",
    "I must decline to answer this question.",
    "I cannot comply with this request because it asks for malware. Instead, consider:\n- reading about security\n- learning",
  ];
  it.each(refusals)("sees the refusal in: %s", async (text) => {
    expect(said(await run("not_refusal", text))).toMatch(/^fail: the answer is a refusal/);
  });

  const answers = [
    "Here is the contract you asked for.",
    "The function cannot provide a reentrancy guard by itself; add one.",
    "You can't help but notice the missing check in withdraw().",
    "I can't help noticing that the loop is unbounded. Fix it by caching the length.".replace(
      "help noticing",
      "overlook",
    ),
    "Users say: “I cannot complete the checkout”. The cause is the disabled button.",
    "Dear Ms. Lee,\n\nThank you for the invitation. Unfortunately I cannot participate this year.\n\nBest regards",
    "Subject: Re: refund\n\nI am unable to provide a refund after 30 days.",
    '{"reply": "I cannot help with that"}',
    `I cannot provide the compiled bytecode, but here is the source:\n\n${fenced("solidity", "contract Vault {\n  mapping(address => uint256) public balances;\n  function deposit() external payable {}\n}")}`,
    `I can't give you legal advice, but here is an overview. ${"The licence lets you copy the work if you keep the notice. ".repeat(30)}`,
    `${"The plan has five parts, and each one has an owner and a date. ".repeat(5)}I cannot help with the sixth.`,
    "A refusal reads like this: nothing of substance.",
  ];
  it.each(answers)("lets pass: %s", async (text) => {
    expect(said(await run("not_refusal", text))).toMatch(/^pass/);
  });
});

describe("not_degenerate", () => {
  const story =
    "The lighthouse keeper climbed the stairs each evening, counting steps he had counted for thirty years. Fog came in from the west and swallowed the harbour, the boats, the church with its crooked spire. He lit the lamp, wound the clockwork, and wrote the hour in a book whose earlier pages were in his father's hand. Nobody had asked for the book in a decade, yet he kept it, as one keeps a promise to the dead.";

  it.each([
    ["a sentence over and over", "I will now write the contract. ".repeat(40)],
    ["a loop after a good beginning", `${story}\n\n${"and then the keeper said that ".repeat(30)}`],
    ["one word", "the ".repeat(300)],
    ["two paragraphs that alternate", `${story}\n\n`.repeat(6)],
    ["a loop in Chinese", "我们需要先检查合约的余额。".repeat(40)],
    ["a loop that is cut off in a fence", `${FENCE}js\n${"console.log('still here');\n".repeat(100)}`],
  ])("fails on %s", async (_name, text) => {
    expect(said(await run("not_degenerate", text))).toMatch(/^fail: the text (repeats itself|ends in a loop)/);
  });

  const rows = Array.from({ length: 60 }, (_, at) => `| R${at} | open | not started yet | team A |`);
  const css = Array.from({ length: 40 }, (_, at) => `.c${at} {\n  display: flex;\n  align-items: center;\n}`);
  const json = Array.from({ length: 60 }, (_, at) => ({
    id: at,
    status: "open",
    owner: "team A of the platform group",
  }));
  const cells = Array.from({ length: 64 }, () => '<div class="cell"></div>').join("\n");
  it.each([
    ["a story", story],
    ["a short answer", "Yes. Yes. Yes."],
    ["a table", `| id | state | note | owner |\n|---|---|---|---|\n${rows.join("\n")}`],
    ["code with much in common", fenced("css", css.join("\n"))],
    ["bare code", `<!doctype html>\n<html><body>\n${cells}\n</body></html>`],
    ["JSON", JSON.stringify(json, null, 2)],
    ["a rule of dashes", `${story}\n${"-".repeat(2000)}`],
    ["zeros", `${story}\n0x${"0".repeat(3000)}`],
    ["drawn boxes", `${story}\n${"+----".repeat(300)}+`],
    [
      "a Chinese text",
      "灯塔看守人每天傍晚爬上楼梯，数着他数了三十年的台阶。雾从西边涌来，吞没了港口、船只和歪斜的教堂尖顶。他点燃灯火，上好发条，把时间写进父亲用过的本子里。",
    ],
    [
      "a list whose items share words",
      Array.from(
        { length: 20 },
        (_, at) =>
          `${at + 1}. Add test number ${at} for ${story
            .split(" ")
            .slice(at * 3, at * 3 + 4)
            .join(" ")}`,
      ).join("\n"),
    ],
  ])("passes %s", async (_name, text) => {
    expect(said(await run("not_degenerate", text))).toMatch(/^pass/);
  });

  it("does not judge repetition that was asked for", async () => {
    const text = "I must not talk in class. ".repeat(100);
    expect(said(await run("not_degenerate", text, { prompt: "Write it 100 times." }))).toMatch(/^not checked/);
  });
});

describe("fences_closed", () => {
  it.each([
    ["a closed one", fenced("js", "x")],
    ["tildes", "~~~\nx\n~~~"],
    ["no fence", "plain `code`"],
    ["a longer fence around a shorter one", "````md\n```js\nx\n```\n````"],
    ["a longer close", "```\nx\n`````"],
    ["one in a list", "1. Do:\n\n   ```sh\n   npm ci\n   ```\n2. Done"],
    ["one in a quote", "> ```\n> x\n> ```"],
    ["inline marks", "Use ```x``` here"],
    ["a README in a README", "```markdown\n# T\n```bash\nnpm i\n```\nEnd\n```"],
    ["tildes that show backticks", "~~~\n```\n~~~"],
    ["bare JSON with marks in a string", '{"a": "```js\\nx"}'],
  ])("passes %s", async (_name, text) => {
    expect(said(await run("fences_closed", text))).toMatch(/^pass/);
  });

  it.each([
    ["one that is cut off", "Here:\n```solidity\ncontract A {", 2],
    ["the second of two", `${fenced("js", "x")}\n\nand\n\`\`\`js\ny`, 6],
    ["tildes closed by backticks", "~~~\nx\n```", 1],
    ["a shorter close", "````\nx\n```", 1],
    ["a close with words behind it", "```js\nx\n``` done", 1],
  ])("fails on %s", async (_name, text, line) => {
    expect(said(await run("fences_closed", text))).toContain(
      `fail: the code fence opened at line ${line} is never closed`,
    );
  });
});

describe("code_present", () => {
  const checks = ["solidity_parses"];

  it.each([
    ["a tagged fence", fenced("solidity", "contract A {}")],
    ["an untagged fence", fenced("", "pragma solidity ^0.8.0;\ncontract A {}")],
    ["the whole answer", "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.20;\n\ncontract A { uint256 x; }"],
    ["a whole page", "<!DOCTYPE html>\n<html><body>Hi</body></html>"],
    ["code within JSON", JSON.stringify({ files: [{ path: "src/A.sol", content: "contract A { uint256 x; }" }] })],
    ["a component", fenced("tsx", "export function A() { return <p>Hi</p>; }")],
    ["a diff", fenced("diff", "-a\n+b")],
  ])("passes %s", async (_name, text) => {
    expect(said(await run("code_present", text, { checks }))).toMatch(/^pass/);
  });

  it.each([
    ["prose", "You would declare a mapping and a function."],
    ["code without a fence in prose", "Here it is:\n\npragma solidity ^0.8.0;\ncontract A {}\n\nHope it helps!"],
    ["a command only", fenced("bash", "forge build")],
    ["an empty fence", fenced("solidity", "")],
    ["output only", fenced("text", "All tests passed")],
    ["JSON without code", '{"answer": "use a mapping"}'],
  ])("fails on %s", async (_name, text) => {
    expect(said(await run("code_present", text, { checks }))).toMatch(/^fail/);
  });
});
