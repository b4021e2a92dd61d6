import { unmade, type Check } from "../../kit/check.ts";
import { runTextCriterion } from "../criteria/text-criterion.ts";
import { isTextCriterion } from "./accept-text.ts";

/** The config's own tests of a task's answers: a criterion of their text, or the user's own program. */
export const ownTest: Check = {
  name: "own_test",
  maxChars: 2_000_000,
  // Longer than the config allows any program: the program's own time-out comes first.
  timeoutMs: 65_000,
  async run({ text, criterion, taskId }, signal) {
    if (criterion === null) return unmade("the task does not say what is to be tested");
    if (isTextCriterion(criterion)) return runTextCriterion(criterion, text);
    if (criterion.kind !== "command") return unmade(`the config cannot ask for "${criterion.kind}"`);
    const { runCommand } = await import("../criteria/command.ts");
    return runCommand(criterion, text, taskId, signal);
  },
};
