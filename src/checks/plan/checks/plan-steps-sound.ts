import { listed, PARSE_MAX_CHARS, REPAIR_CHARS } from "../../kit/check.ts";
import { graded, notChecked, legacy } from "../../kit/legacy.ts";
import { planOf } from "../read/plan.ts";
import { emptySteps, repeatedSteps } from "../steps.ts";

/** A step that says nothing, or says again what another says, is worth so much less than its share. */
const REPEATED_SCORE = 0.2;
const EMPTY_SCORE = 0.3;
/** Under this share of empty steps, one "TBD" in a long plan, the score is in proportion. */
const FEW = 0.1;

/** The steps say something, each something else. */
export const planStepsSound = legacy({
  name: "plan_steps_sound",
  kind: "graded",
  maxChars: PARSE_MAX_CHARS,
  async run({ text }) {
    const { reading } = await planOf(text);
    if (reading === null || reading.steps.length < 2) return notChecked("there are no steps in the answer");
    const repeated = repeatedSteps(reading);
    const empty = emptySteps(reading);
    const problems = [...repeated, ...empty];
    const evidence = { steps: reading.steps.length, repeated: repeated.length, empty: empty.length };
    if (problems.length === 0)
      return graded(1, `${reading.steps.length} steps, each with something of its own`, { evidence });
    const isMany = empty.length / reading.steps.length > FEW;
    const score = Math.min(
      repeated.length > 0 ? REPEATED_SCORE : 1,
      empty.length === 0 ? 1 : isMany ? EMPTY_SCORE : 0.7,
    );
    return graded(score, listed(problems), { evidence, repair: problems.join("\n").slice(0, REPAIR_CHARS) });
  },
});
