import { SCAN_MAX_CHARS } from "../../kit/check.ts";
import { fail, pass, legacy } from "../../kit/legacy.ts";
import { fencesOf } from "../../kit/answer/fences.ts";

/** Every code fence that opens also closes; an open one means that the answer was cut off. */
export const fencesClosed = legacy({
  name: "fences_closed",
  kind: "gate",
  cap: 0.3,
  maxChars: SCAN_MAX_CHARS,
  run({ text }) {
    const fences = fencesOf(text);
    const open = fences.find((fence) => !fence.closed);
    if (open === undefined) return pass(fences.length === 0 ? "no code fences" : `${fences.length} closed`);
    return fail(`the code fence opened at line ${open.firstLine - 1} is never closed: the answer was cut off`);
  },
});
