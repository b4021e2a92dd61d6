import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { graded, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { planOf } from "../read/plan.ts";
import { isEnglish } from "../requirements/terms.ts";
import { askFor, shareWith, STEP_FEATURES } from "../requirements/features.ts";

/** Asked of each step, most must have it; asked of the plan, it may stand in a section of its own. */
const OF_EACH = 0.7;
const MAX_SCORE_BELOW = 0.3;

/** Verification, owners and estimates are there where the prompt asks for them. */
export const planVerifiable = legacy({
  name: "plan_verifiable",
  kind: "graded",
  maxChars: PARSE_MAX_CHARS,
  async run({ text, prompt }) {
    const plan = await planOf(text);
    if (plan.reading === null || plan.reading.steps.length < 2) return notChecked("there are no steps in the answer");
    const asked = STEP_FEATURES.map((feature) => ({ feature, how: askFor(feature, prompt) })).filter(
      ({ how }) => how !== "no",
    );
    if (asked.length === 0) return pass("the prompt asks neither for verification nor for owners nor for estimates");
    if (!isEnglish(prompt) || !isEnglish(text)) return notChecked("the words for it are known in English only");
    const found = asked.map(({ feature, how }) => {
      const share = shareWith(feature, plan);
      const isEnough = how === "each" ? share >= OF_EACH : share > 0 || feature.given.test(text);
      return { name: feature.name, share, isEnough };
    });
    const lacking = found.filter(({ isEnough }) => !isEnough);
    const evidence = Object.fromEntries(found.map(({ name, share }) => [name, Math.round(share * 100) / 100]));
    if (lacking.length === 0) return graded(1, `steps say ${found.map(({ name }) => name).join(", ")}`, { evidence });
    const problems = lacking.map(
      ({ name, share }) => `${Math.round(share * 100)}% of the steps say ${name}, which the prompt asks for`,
    );
    const lowest = Math.min(...lacking.map(({ share }) => share));
    return graded(lowest * MAX_SCORE_BELOW, listed(problems), { evidence, repair: problems.join("\n") });
  },
});
