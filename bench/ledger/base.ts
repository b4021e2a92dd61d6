import { createService } from "../../src/app.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { startSandbox } from "../../src/sandbox/server.ts";

/** Prompts of several tasks, with an answer that passes their checks; `null`: the sandbox has one. */
const PROMPTS: readonly (readonly [task: string, prompt: string, answer: string | null])[] = [
  ["general", "Say something short about railway signals.", null],
  ["planning", "Plan the migration of a shop from one host to another in 6 steps, with dependencies.", null],
  ["ui_design", "Design a login page in HTML with email, password and a button.", null],
  [
    "code_generation",
    "Write a JavaScript function add(a, b). add(1, 2) returns 3.",
    "```js\nexport function add(a, b) {\n  return a + b;\n}\n```",
  ],
  ["classification", "Classify the mood as one of: positive, negative. Text: I love it.", "positive"],
  ["translation", "Translate to German: One train may be in a block.", "Ein Zug darf in einem Block sein."],
];

/** Of so many requests one meets a vendor's error, and one a first answer that its checks refuse. */
const FAULT_EVERY = 11;
const BAD_EVERY = 7;

/**
 * A ledger of `count` requests that were really routed, checked and settled, against the sandbox: what a larger one is made of.
 * No two prompts are the same.
 */
export async function makeBase(path: string, count: number): Promise<void> {
  const refused = new Set<string>();
  const sandbox = await startSandbox({
    answers: ({ user }) => {
      const index = Number(/\(case (\d+)\)/.exec(user)?.[1] ?? 0);
      if (index % BAD_EVERY === 0 && !refused.has(user)) {
        refused.add(user);
        return "I'm sorry, but I can't help with that.";
      }
      return PROMPTS.find(([, prompt]) => user.includes(prompt))?.[2] ?? null;
    },
  });
  const parsed = parseConfig(null, sandbox.env);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const service = createService(parsed.config, path);
  for (let index = 1; index <= count; index += 1) {
    const [task, prompt] = PROMPTS[index % PROMPTS.length] ?? ["general", ""];
    if (index % FAULT_EVERY === 0) sandbox.setFault("*", { kind: "overloaded", times: 1 });
    await service.route(
      { task, prompt: `${prompt} (case ${index})`, budget_usd: 0.5 },
      { signal: new AbortController().signal },
    );
    sandbox.setFault("*", null);
  }
  await service.close();
  await sandbox.close();
}
