import type { AuditedSource } from "./source-model.ts";

const FINDS_NOTHING =
  /\b(?:no|not? (?:find|found|identify|identified|detect|detected|see) any|0|zero|nothing|did not (?:find|identify)(?: any)?|didn't find(?: any)?|free of) (?:[\w-]+,? ){0,6}(?:issues?|vulnerabilit(?:y|ies)|findings?|defects?|problems?|bugs?|weakness(?:es)?)\b|"(?:findings|issues|vulnerabilities)"\s{0,3}:\s{0,3}\[\s{0,3}\]/i;
const REASONED_CHARS = 200;

export function findsNothing(text: string): boolean {
  return FINDS_NOTHING.test(text);
}

/** Whether an audit without findings shows that it looked at the code: it gives reasons by the functions' names. */
export function isReasoned(text: string, source: AuditedSource): boolean {
  const entries = source.functions.filter(
    ({ isModifier, visibility, name }) =>
      !isModifier && /^(?:public|external)$/.test(visibility) && name !== "constructor",
  );
  const names = [...new Set(entries.map(({ name }) => name))];
  const words = new Set(text.match(/[A-Za-z_$][\w$]*/g) ?? []);
  const covered = names.filter((name) => words.has(name));
  return (
    text.trim().length >= REASONED_CHARS &&
    names.length > 0 &&
    covered.length >= Math.min(5, Math.ceil(names.length * 0.6))
  );
}
