import type { Choice } from "./choice.ts";
import type { LabelWishes } from "./requested-form.ts";

/** Whether so many labels for one text are in order. */
export function several(labels: readonly string[], { many, most, each }: LabelWishes): Choice {
  if (labels.length > 1 && !many && !each) {
    const problem = `it names ${labels.length} labels (${labels.slice(0, 6).join(", ")}); one is wanted`;
    return { kind: "wrong", problem };
  }
  if (most !== null && !each && labels.length > most) {
    return { kind: "wrong", problem: `it names ${labels.length} labels; at most ${most} are wanted` };
  }
  return { kind: "chosen", labels };
}
