import { describe, expect, it } from "vitest";
import { fenced, run, said } from "../../verify/subject.ts";

const text = async (answer: string, over: Parameters<typeof run>[2] = {}): Promise<string> =>
  said(await run("text", answer, over));

describe("an empty answer", () => {
  it.each(["", "   \n\t ", "\u200b\u200b", "```\n```", "…", "---"])("fails: %j", async (answer) => {
    expect(await text(answer)).toBe("fact: the answer is empty");
  });
  it.each(["ok", "42", "好", "👍", "[]", "{}", "```\nx\n```"])("is not: %j", async (answer) => {
    expect(await text(answer)).toBe("nothing");
  });
});

describe("a refusal", () => {
  it.each([
    "I'm sorry, but I can't help with that.",
    "I’m sorry, but I can’t assist with that request.",
    "I cannot provide a contract that does this.",
    "Sorry, I am unable to generate this content.",
    "I apologize, but I'm not able to write that.",
    "As an AI language model, I cannot create exploits for live contracts.",
    "Unfortunately I cannot fulfill this request. If you have other questions, I am happy to help.".replace(
      "Unfortunately",
      "Unfortunately,",
    ),
    "I understand that you are in a hurry, but I can't in good conscience help with draining someone's wallet.",
    "I won't help with this. It would harm people.",
    "I can't do that.",
    "I must decline to answer this question.",
  ])("fails: %s", async (answer) => {
    expect(await text(answer)).toMatch(/^fact: the answer is a refusal/);
  });

  it.each([
    "Here is the contract you asked for.",
    "You can't help but notice the missing check in withdraw().",
    "I can't help noticing that the loop is unbounded.",
    "Users say: “I cannot complete the checkout”. The cause is the disabled button.",
    "Dear Ms. Lee,\n\nThank you for the invitation. Unfortunately I cannot participate this year.\n\nBest regards",
    "Subject: Re: refund\n\nI am unable to provide a refund after 30 days.",
    '{"reply": "I cannot help with that"}',
    `I cannot provide the bytecode, but here is the source:\n\n${fenced("solidity", "contract Vault {}")}`,
    `I can't give you legal advice. ${Array.from({ length: 40 }, (_, at) => `Clause ${at} lets you copy part ${at}.`).join(" ")}`,
    "I can't give the exact number, since I don't know today's date. Count the days that are left in this month.",
    "I can't quote the whole song. However, I can say what it is about: a train that never comes.",
  ])("is not: %s", async (answer) => {
    expect(await text(answer)).toBe("nothing");
  });
});

describe("an answer that is cut off", () => {
  it("within a block of code fails, with the line on which it opens", async () => {
    expect(await text("Here:\n```solidity\ncontract A {")).toMatch(/^fact: the code fence opened at line 2 is never/);
    expect(await text(`${fenced("js", "x")}\n\nand\n\`\`\`js\ny`)).toMatch(/opened at line 6/);
  });

  it.each([
    ["tildes", "~~~\nx\n~~~"],
    ["a longer fence around a shorter one", "````md\n```js\nx\n```\n````"],
    ["a README in a README", "```markdown\n# T\n```bash\nnpm i\n```\nEnd\n```"],
    ["bare JSON with marks in a string", '{"a": "```js\\nx"}'],
    ["a mark without a language that opens nothing", "Push it:\n```\nThat is all."],
  ])("is not one with %s", async (_name, answer) => {
    expect(await text(answer)).toBe("nothing");
  });

  it("within a sentence fails where a finished text was wanted, and is a hint elsewhere", async () => {
    const answer = "The union took the kingdom back after three decades of absence. The vote was held in the";
    expect(await text(answer, { taskId: "summarization" })).toMatch(/^fact: the answer breaks off/);
    expect(await text(answer, { taskId: "general" })).toMatch(/^hint: the answer breaks off/);
  });
});

describe("a loop", () => {
  it.each([
    ["a sentence over and over", "I will now write the contract. ".repeat(40)],
    ["one word", "the ".repeat(300)],
    ["Chinese", "我们需要先检查合约的余额。".repeat(40)],
  ])("fails: %s", async (_name, answer) => {
    expect(await text(answer)).toMatch(/^fact: the text ends in a loop/);
  });

  const row = (at: number): string => `| R${at} | open | not started yet | team A |`;
  it.each([
    ["a short answer", "Yes. Yes. Yes."],
    ["a table", Array.from({ length: 60 }, (_, at) => row(at)).join("\n")],
    [
      "tasks that share their lines",
      Array.from({ length: 12 }, (_, at) => `### Task ${at}\n- Test: all tests green\n- Done when: reviewed`).join(
        "\n",
      ),
    ],
    ["a rule of dashes", `A story.\n${"-".repeat(2000)}`],
    ["zeros", `0x${"0".repeat(3000)}`],
  ])("is not: %s", async (_name, answer) => {
    expect(await text(answer)).toBe("nothing");
  });
});

describe("the language that is asked for by name", () => {
  it.each([
    [
      "Translate into German: The train is late.",
      "The train is late because of the snow that fell on the line in the night, and nobody knows when it will come.",
    ],
    [
      "Schreibe auf Deutsch einen Plan.",
      "1. Count the books and measure every shelf.\n2. Pack them by subject and label all the boxes.\n3. Move on Monday.",
    ],
    ["Translate into Japanese: Where is it?", "It is where you see it."],
  ])("%s", async (prompt, answer) => {
    expect(await text(answer, { prompt })).toMatch(/^fact: \w+ was asked for, and the answer is not in it/);
  });

  it.each([
    [
      "Translate into German: The train is late.",
      "Der Zug ist zu spät, weil in der Nacht auf der ganzen Strecke so viel Schnee gefallen ist.",
    ],
    [
      "How does one say thank you in German?",
      "One says danke, or vielen Dank when one is very grateful for something that another person did.",
    ],
    [
      "Translate into Spanish or into French: Hello.",
      "The greeting in both of these languages depends on the hour of the day and on who is greeted by whom.",
    ],
  ])("%s: not failed", async (prompt, answer) => {
    expect(await text(answer, { prompt })).toBe("nothing");
  });
});

it("reads hostile texts in linear time", async () => {
  const startedMs = performance.now();
  for (const piece of ["a ", "I'm sorry, ", "```\n", "A1.", "{{", "“", "translate into ", "\n"]) {
    await run("text", piece.repeat(100_000), { prompt: piece.repeat(20_000) });
  }
  expect(performance.now() - startedMs).toBeLessThan(8_000);
});
