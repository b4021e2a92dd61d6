import { fail, pass, SCAN_MAX_CHARS, type Check } from "../check.ts";
import { fencesOf } from "../fences.ts";

/** Every code fence that opens also closes; an open one means that the answer was cut off. */
export const fencesClosed: Check = {
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
};
