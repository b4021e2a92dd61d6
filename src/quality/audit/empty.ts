import { isGuarded } from "./facts.ts";
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

/** Claims about guards in an audit that finds nothing: "only the owner can call `f`" of a function that anybody can. */
export function falsePraise(text: string, source: AuditedSource): readonly string[] {
  const found = [
    ...text.matchAll(
      /`?([A-Za-z_$][\w$]{0,80})(?:\(\))?`? (?:is|are) (?:protected|guarded|restricted|gated) (?:by|to|with) (?:the )?`?(?:only)?owner/gi,
    ),
  ];
  return found.flatMap((match) => {
    const functions = source.functions.filter(({ name, isModifier }) => name === match[1] && !isModifier);
    return functions.length > 0 && source.isParsed && functions.every((fn) => !isGuarded(fn, source))
      ? [`says that ${match[1] ?? ""} is restricted, but anybody can call it`]
      : [];
  });
}
