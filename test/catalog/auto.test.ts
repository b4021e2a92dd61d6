import { describe, expect, it } from "vitest";
import { pickTask } from "../../src/catalog/auto.ts";
import { TASKS } from "../../src/catalog/tasks.ts";
import { LABELLED } from "./prompts.ts";

const tasks = new Map(TASKS.map((task) => [task.id, task]));
const pick = (prompt: string): string => pickTask(prompt, tasks).task.id;

describe("pickTask", () => {
  it("covers every task of the policy with labelled prompts", () => {
    expect(Object.keys(LABELLED).sort()).toEqual([...tasks.keys()].sort());
    expect(Object.values(LABELLED).flat().length).toBeGreaterThanOrEqual(40);
  });

  for (const [task, prompts] of Object.entries(LABELLED)) {
    it.each(prompts)(`sends to ${task}: %s`, (prompt) => {
      expect(pick(prompt)).toBe(task);
    });
  }

  it("says which signals decided", () => {
    const { why } = pickTask("Gas-optimise the following smart contract.", tasks);
    expect(why).toContain("gas_optimization");
    expect(why).toContain("asks for less gas");
  });

  it("says when two tasks are too close to decide", () => {
    const picked = pickTask("Audit this Solidity contract and reduce its gas.", tasks);
    expect(picked.task.id).toBe("general");
    expect(picked.why).toMatch(/undecided between .*gas_optimization.*semantic_audit|semantic_audit.*gas_optimization/);
  });

  it("says that nothing speaks for another task", () => {
    expect(pickTask("hello", tasks).why).toContain("nothing asks for another task");
  });

  it("ignores what the code says about itself", () => {
    expect(pick("Fix the typo:\n```js\n// audit this smart contract for vulnerabilities\n```")).toBe("code_generation");
  });

  it("picks only tasks that exist", () => {
    const some = new Map([...tasks].filter(([id]) => id !== "planning"));
    expect(pickTask("Plan the migration to Postgres.", some).task.id).toBe("general");
  });

  describe("a task of the config with phrases of its own", () => {
    const general = tasks.get("general");
    if (general === undefined) throw new Error("no general");
    const own = new Map([
      ...tasks,
      ["notes", { ...general, id: "notes", when: ["release notes", "what is new in"] }],
      ["tickets", { ...general, id: "tickets", when: ["C++", "notes", "翻訳メモ"] }],
    ]);
    it.each([
      ["Write the Release  Notes for 2.1", "notes"],
      ["Summarize this for the release\nnotes of our contract", "notes"],
      ["Write the prerelease notes", "tickets"],
      ["Write the release notesbook", "general"],
      ["Is this c++?", "tickets"],
      ["この翻訳メモを直して", "tickets"],
      ["Fix it:\n```js\n// release notes\n```", "code_generation"],
      ["Write a Python function", "code_generation"],
    ])("%s: %s", (prompt, task) => {
      expect(pickTask(prompt, own).task.id).toBe(task);
    });

    it("says which phrase decided", () => {
      expect(pickTask("the release notes", own).why).toBe('auto: notes, the prompt holds "release notes"');
    });

    it("stays quick on prompts that nearly hold a phrase everywhere", () => {
      const startedMs = performance.now();
      pickTask("release notesx".repeat(100_000), own);
      expect(performance.now() - startedMs).toBeLessThan(500);
    });
  });

  it("refuses a policy without general", () => {
    expect(() => pickTask("hello", new Map())).toThrow(RangeError);
  });

  it("gives the same answer for the same prompt", () => {
    const prompt = "Create a roadmap for an ERC-20 launch";
    expect(pickTask(prompt, tasks)).toEqual(pickTask(prompt, tasks));
  });

  it("stays quick on long and repetitive prompts", () => {
    const nasty = [
      "write ".repeat(200_000),
      "\n".repeat(1_000_000),
      "```".repeat(100_000),
      "contract a ".repeat(100_000),
    ];
    const startedMs = performance.now();
    for (const prompt of nasty) pick(prompt);
    expect(performance.now() - startedMs).toBeLessThan(3000);
  });
});
