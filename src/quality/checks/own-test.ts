import { notChecked, type Check } from "../check.ts";
import { runTextTest } from "../text-test.ts";

/** What the config wants of the answers of a task: a text test, or a program of the user's own. */
export const ownTest: Check = {
  name: "own_test",
  kind: "gate",
  cap: 0.2,
  maxChars: 2_000_000,
  // Longer than any program may take by the config; its own time-out comes first.
  timeoutMs: 65_000,
  async run({ text, own, taskId }, signal) {
    if (own === null) return notChecked("the task does not say what is to be tested");
    if (own.kind !== "command") return runTextTest(own, text);
    const { runCommand } = await import("../command.ts");
    return runCommand(own, text, taskId, signal);
  },
};
