import type { Ui } from "./read/read-ui.ts";

/** Whether an answer of nothing but style sheets is what the prompt is after. */
export function isStyleAnswer(ui: Ui, prompt: string): boolean {
  if (ui.styles.length === 0) return false;
  return /\b(?:css|scss|sass|less|style ?sheets?|styles?|styling|animation|keyframes|theme|media quer(?:y|ies)|design tokens)\b/i.test(
    prompt,
  );
}
