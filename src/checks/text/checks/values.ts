import { jsonOf } from "../../kit/answer/json.ts";
import { listed, type Subject } from "../../kit/check.ts";
import { defineRule } from "../../kit/rule.ts";
import { ruleCheck } from "../../kit/rule-check.ts";
import { givenText, sourceTexts } from "../prompt/source-text.ts";
import { splitPrompt } from "../prompt/split-prompt.ts";
import { passedOver } from "../values/complete.ts";
import { requiredDateForm } from "../values/date-form.ts";
import { ground } from "../values/ground.ts";
import type { Grounding } from "../values/grounding.ts";
import { leavesOf, type Leaf } from "../values/leaves.ts";
import { sourceOf } from "../values/source.ts";

/** A shorter text has nothing to extract. */
const MIN_SOURCE_CHARS = 20;
const MAX_SOURCE_CHARS = 200_000;

interface Found {
  readonly leaf: Leaf;
  readonly grounding: Grounding;
}

interface Extraction {
  readonly found: readonly Found[];
  /** A thing that the answer may have overlooked; `null`: none was found. */
  readonly passedOver: string | null;
}

const invented = defineRule<Extraction>({
  id: "values/invented",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary:
      "An extracted number, code, amount, date or name stands nowhere in the request and follows from nothing in it.",
    why: "An extraction copies; what it adds is made up.",
  },
  good: [
    {
      prompt:
        "Extract the order as JSON.\n\nOrder AB-20391, placed by Mia Berg on 3 May 2024: built in '97, 1,250 euros.",
      answer: '{"order": "AB-20391", "customer": "Mia Berg", "date": "2024-05-03", "built": 1997, "total": 1250}',
    },
    {
      prompt:
        "Extract the claim as JSON, ids as BLD-XXXXXX.\n\nThe barn, number 448190 with you, burnt last night, on 3 May 2025.",
      answer: '{"id": "BLD-448190", "burnt": "2025-05-02", "reported": "2025-05-03"}',
    },
    {
      prompt: "Extract people and ages as JSON.\n\nMy name is Tom and I am 42. My sister Ann is a year older.",
      answer: '[{"name": "Tom", "age": 42}, {"name": "Ann", "age": 43}]',
    },
  ],
  bad: [
    {
      prompt: "Extract the order as JSON.\n\nOrder AB-20391, placed by Mia Berg on 3 May 2024 for 1,250 euros.",
      answer: '{"order": "AB-20399"}',
    },
    {
      prompt: "Extract the order as JSON.\n\nOrder AB-20391, placed by Mia Berg on 3 May 2024 for 1,250 euros.",
      answer: '{"customer": "Gregory Whitfield", "total": 4086}',
    },
  ],
  run({ found }) {
    const problems = found.filter(({ grounding }) => grounding === "invented").map(({ leaf }) => formatLeaf(leaf));
    if (problems.length === 0) return [];
    const message = `${problems.length} of ${found.length} values do not stand in the source: ${listed(problems, 6)}`;
    return [{ message, repair: `${message}. Take values from the source alone; null where it has none.` }];
  },
});

/** The extracted values appear in the given source, in some notation. */
export const values = ruleCheck<Extraction>({
  name: "values",
  maxChars: 100_000,
  read(subject) {
    const answer = jsonOf(subject.text);
    if (!answer.ok || typeof answer.value !== "object" || answer.value === null) return null;
    const leaves = leavesOf(answer.value, subject.responseSchema);
    if (leaves === null) return { unmade: "the answer holds too many values" };
    return extractionOf(leaves, subject);
  },
  rules: [invented],
  conclude({ found, passedOver }) {
    const count = (grounding: Grounding): number => found.filter((each) => each.grounding === grounding).length;
    const measured = { values: found.length, grounded: count("grounded"), open: count("open") };
    if (found.length === 0) return { looked: "extracts nothing", measured };
    const stand = `${measured.grounded} of ${found.length} values stand in the source`;
    const looked = passedOver === null ? stand : `${stand}; nothing for "${passedOver.trim()}"`;
    // If one value cannot be looked up, the answer as a whole stays unproven.
    if (passedOver !== null || measured.grounded === 0 || measured.open + count("invented") > 0)
      return { looked, measured };
    return { evidence: [{ basis: "reference", score: 1, summary: looked }], measured };
  },
});

function extractionOf(
  leaves: readonly Leaf[],
  subject: Subject,
): { readonly input: Extraction } | { readonly unmade: string } | null {
  const given = givenText(subject);
  if (given.length > MAX_SOURCE_CHARS) return { unmade: `the source is over ${MAX_SOURCE_CHARS} characters` };
  const body = sourceTexts(subject).join("\n\n");
  const source = sourceOf(body.trim() === "" ? given : body);
  if (source.raw.trim().length < MIN_SOURCE_CHARS) return null;
  const all = sourceOf(`${given}\n${JSON.stringify(subject.responseSchema ?? {})}`);
  const instruction = `${splitPrompt(subject.prompt).instruction}\n${subject.context.system ?? ""}`;
  const dateForm = requiredDateForm(instruction);
  return {
    input: {
      found: leaves.map((leaf) => ({ leaf, grounding: ground(leaf, { source, all, instruction, dateForm }) })),
      passedOver: passedOver(instruction, source.raw, leaves, subject.responseSchema !== null),
    },
  };
}

function formatLeaf({ path, value }: Leaf): string {
  return `${path === "" ? "value" : path} = ${JSON.stringify(value).slice(0, 80)}`;
}
