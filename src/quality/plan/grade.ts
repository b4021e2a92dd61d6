import type { Reading, Step } from "./step.ts";

const MIN_WORDS = 4;
const VERIFICATION =
  /\b(?:verif\w*|test\w*|validat\w*|accept\w*|check\w*|confirm\w*|done when|criteria|measur\w*|assert\w*|review\w*|prove\w*)\b/i;
/** Not every step has something to verify. */
const VERIFIED_SHARE = 0.5;

/** How good the form of a plan is beyond the gates, 0..1, and what it lacks. */
export function gradePlan(plan: Reading, linked: number, prompt: string): { score: number; lacks: readonly string[] } {
  const parts = [
    part(
      "steps without content",
      share(plan.steps, (step) => wordsIn(`${step.title} ${step.body}`) >= MIN_WORDS),
    ),
    part("steps with the same title", distinctTitles(plan.steps)),
  ];
  if (/\b(?:dependenc(?:y|ies)|depends?|prerequisites?)\b/i.test(prompt)) {
    const says =
      linked > 0 || plan.steps.some((step) => /\b(?:depend|prerequisite|blocked by|parallel)/i.test(step.body));
    parts.push(part("dependencies, which the prompt asks for, are not named", says || hasField(plan.steps) ? 1 : 0));
  }
  if (/\b(?:verif(?:y|ication)|acceptance|definition of done|how to test|test strategy|validation)\b/i.test(prompt)) {
    const verified = share(plan.steps, (step) => VERIFICATION.test(`${step.title}\n${step.body}`)) / VERIFIED_SHARE;
    parts.push(part("steps do not say how they are verified, which the prompt asks for", Math.min(1, verified)));
  }
  return {
    score: parts.reduce((sum, each) => sum + each.score, 0) / parts.length,
    lacks: parts.filter((each) => each.score < 1).map((each) => each.problem),
  };
}

function part(problem: string, score: number): { readonly problem: string; readonly score: number } {
  return { problem, score };
}

function share(steps: readonly Step[], holds: (step: Step) => boolean): number {
  return steps.filter(holds).length / steps.length;
}

function distinctTitles(steps: readonly Step[]): number {
  return new Set(steps.map((step) => `${step.parent ?? ""} ${step.title.toLowerCase().trim()}`)).size / steps.length;
}

function hasField(steps: readonly Step[]): boolean {
  return steps.some((step) => step.dependsOn.length > 0);
}

function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}]{2,}/gu)?.length ?? 0;
}
