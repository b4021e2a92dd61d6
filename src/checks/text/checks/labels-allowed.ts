import { fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { allowedLabels } from "../labels/allowed.ts";
import { choiceOf } from "../labels/read-choice.ts";
import { fallbackLabels } from "../labels/prompt-labels.ts";
import { labelWishes } from "../labels/requested-form.ts";

/** The answer is one of the labels that the request allows, or several where it allows that, in the form it asks for. */
export const labelsAllowed = legacy({
  name: "labels_allowed",
  kind: "gate",
  cap: 0.2,
  maxChars: 400_000,
  run(subject) {
    const allowed = allowedLabels(subject);
    if (allowed === null) {
      return notChecked("no list of labels was found: give context.labels, or a response_schema with an enum");
    }
    const { prompt, context } = subject;
    const wishes = labelWishes(prompt, context.system);
    const fallbacks = fallbackLabels(`${prompt}\n${context.system ?? ""}`);
    const choice = choiceOf(subject.text, allowed, fallbacks, wishes);
    const names = allowed.labels.map(({ name }) => name);
    switch (choice.kind) {
      case "chosen":
        return pass(`${choice.labels.slice(0, 8).join(", ") || "no label"}: allowed by ${allowed.from}`, {
          evidence: { allowed: names.slice(0, 50), chosen: choice.labels.slice(0, 50) },
        });
      case "unclear":
        return notChecked(choice.reason);
      case "wrong": {
        const wanted = `allowed by ${allowed.from}: ${names.slice(0, 12).join(", ")}${names.length > 12 ? ", …" : ""}`;
        return fail(`${choice.problem}; ${wanted}`, {
          repair: `${choice.problem}. Answer with ${wishes.many ? "labels" : "exactly one label"} of this list, spelt as here: ${names.join(", ")}`,
          evidence: { allowed: names.slice(0, 50) },
        });
      }
    }
  },
});
