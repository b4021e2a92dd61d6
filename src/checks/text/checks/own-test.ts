import { notChecked, legacy } from "../../kit/legacy.ts";
import { runTextTest } from "../caller-tests/text-test.ts";

/** What the config wants of the answers of a task: a text test, or a program of the user's own. */
export const ownTest = legacy({
  name: "own_test",
  kind: "gate",
  cap: 0.2,
  maxChars: 2_000_000,
  // Longer than any program may take by the config; its own time-out comes first.
  timeoutMs: 65_000,
  async run({ text, criterion, taskId }, signal) {
    if (criterion === null) return notChecked("the task does not say what is to be tested");
    if (criterion.kind !== "command") return runTextTest(criterion as never, text);
    const { runCommand } = await import("../caller-tests/command.ts");
    return runCommand(criterion, text, taskId, signal);
  },
});
