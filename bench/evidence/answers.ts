import { loadAnswers, type LabelledAnswer } from "../answers/load.ts";

/** What a model answered to a prompt; `right`: as hidden tests say. */
export interface ModelAnswer {
  readonly model: string;
  readonly text: string;
  readonly right: boolean;
}

/** A prompt with the first answer of each model. */
export interface PromptAnswers {
  readonly set: string;
  readonly prompt: string;
  readonly answers: readonly ModelAnswer[];
}

/** What is no model: reference solutions, and bugs that people put in. */
const NO_MODEL = /(?:^|-)(?:canonical|buggy)$/;

/** Answers to code prompts that were run against hidden tests (`pass` or `fail`), by prompt; prompts of at least two models. */
export function answersByPrompt(dir: string, only: string | undefined): readonly PromptAnswers[] {
  const filter = { task: "code_generation", ...(only === undefined ? {} : { set: only }) };
  const labelled = loadAnswers(dir, filter).filter(({ expected }) => expected === "pass" || expected === "fail");
  return [...Map.groupBy(labelled, ({ set }) => set)].flatMap(([set, ofSet]) => {
    // An id is `language-model-prompt`, some with a number of the sample behind it. The name of a model may end with a number too.
    const numbers = Math.min(...ofSet.map(({ id }) => /(?:-\d+)*$/.exec(id)?.[0].split("-").length ?? 1)) - 1;
    const modelOf = ({ id }: LabelledAnswer): string =>
      id
        .split("-")
        .slice(1, -numbers || undefined)
        .join("-");
    return [...Map.groupBy(ofSet, ({ prompt }) => prompt)].flatMap(([prompt, ofPrompt]) => {
      const byModel = new Map<string, ModelAnswer>();
      for (const answer of ofPrompt) {
        const model = modelOf(answer);
        if (NO_MODEL.test(model) || byModel.has(model)) continue;
        byModel.set(model, { model, text: answer.answer, right: answer.expected === "pass" });
      }
      return byModel.size < 2 ? [] : [{ set, prompt, answers: [...byModel.values()] }];
    });
  });
}
