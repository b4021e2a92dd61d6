import { isLocked, isSurelyOpen, settlesAfterCalling } from "../source-facts.ts";
import { sentencesOf, wordsAround } from "../sentences.ts";
import type { AuditedSource, SourceFunction } from "../source-model.ts";

/** A protection that a clause may grant, and the functions among those it is granted to that certainly lack it. */
interface Praise {
  readonly said: RegExp;
  readonly lacksIt: (fn: SourceFunction, source: AuditedSource, said: RegExpExecArray) => boolean;
  readonly isNotSo: string;
}

/** Clauses of how it ought to be, or of what is not so. */
const NOT_SAID =
  /\b(?:should|would|could|must|once|after (?:the |this |applying|adding)|if|unless|add(?:ing|ed)?|recommend\w*|fix(?:ed|es|ing)?|ensure|consider|use|apply|make|so that|will|to be|needs?|instead|no|not|never|lacks?|missing|without|fails?|nor|neither|rather|except|unlike|restrict|require|verify|check|move|update|implement|introduce|assum\w+|intended|expected|supposed|claims?|comment\w*|documentation|natspec|cannot|nothing|bypass\w*|insufficient\w*|incorrect\w*|inadequate\w*|wrong\w*|broken|seems?|appears?|function with|guarantee)\b|n't\b|[?]/i;
/** Where another thought begins. */
const TURN = /, (?=(?:but|yet|however|though|although|while|whereas|so)\b)|; | — | – | - |\((?=but\b)/;
const CALLER = String.raw`(?:that |whether )?(?:the )?\x60?(?:caller|msg\.sender|sender|tx\.origin)\b`;
const GUARDED = new RegExp(
  String.raw`\b(?:verif(?:ies|ying)|checks|checking|requires|ensures|enforces|validates|authenticates|authori[sz]es) ${CALLER}|\b(?:is|are) (?:\w+ )?(?:protected|guarded|restricted|gated|secured|limited) (?:by|to|with|behind|via) (?:\w+ ){0,3}\x60?(?:only\w+|owner|admin|seller|role|access|auth\w*)|\bhas (?:proper|correct|adequate|appropriate|sufficient|strict) access[- ]controls?|\bonly (?:the )?\x60?(?:owner|admin|governance|seller|manager|minter|operator|guardian|contract owner)\x60? (?:can|may|is able to|is allowed to) |\b(?:proper|correct|adequate)ly (?:access[- ]controlled|restricted|authori[sz]ed|guarded)`,
  "i",
);

const LOCKED =
  /\b(?:is|are|has|have|uses?|applies|carr(?:y|ies)|protected|guarded|marked|secured|employs?)\b[^.]{0,40}(?:`?nonReentrant|\breentrancy[- ](?:guard|lock|protection)|`?ReentrancyGuard)/i;
const SETTLES =
  /\b(?:follows?|following|adheres? to|respects?|observes?|complies with) (?:the )?`?(?:checks?[- ]effects?|cei\b)|\b(?:updat|zero|reduc|decreas|decrement|reset|clear|set)(?:s|es|ing|ed)? (?:\S+ ){0,6}before (?:the |any |making |performing |doing |sending |it sends )?(?:\w+ ){0,2}(?:calls?|transfers?|interactions?|ether|eth)\b/i;
const EMITS = /\bemits (?:(?:an?|the|its|proper|appropriate|relevant) )?(?:`\w{1,80}`|\w* ?events?\b)/i;

/** "By `onlyOwner`", "carries the `whenNotPaused` modifier". */
const MODIFIED =
  /\b(?:by|with|via|behind|has|have|carries|carry|uses?|applies|marked(?: as)?|is|are) (?:the )?`?(only[A-Z]\w*|nonReentrant|when(?:Not)?Paused|initializer|reinitializer|auth|lock)\b/;

const PRAISES: readonly Praise[] = [
  {
    said: MODIFIED,
    lacksIt: ({ modifiers, code }, source, said) =>
      !modifiers.includes(said[1] ?? "") &&
      !code.includes(said[1] ?? "") &&
      // Without a modifier of its own it may still ask the same in its body.
      modifiers.length === 0 &&
      !/msg\.sender|_msgSender|tx\.origin|_check|_status|locked|entered/i.test(code),
    isNotSo: "has a modifier that it has not",
  },
  { said: GUARDED, lacksIt: isSurelyOpen, isNotSo: "checks who calls, but anybody can call it" },
  {
    said: LOCKED,
    lacksIt: (fn) => !isLocked(fn) && !/lock|entered|mutex|_status/i.test(fn.code),
    isNotSo: "is locked against reentrancy, but it is not",
  },
  { said: SETTLES, lacksIt: settlesAfterCalling, isNotSo: "writes its state before the call, but it does so after" },
  {
    said: EMITS,
    lacksIt: ({ code }) => !/\bemit\b/.test(code) && !/(?<![\w$.])_\w+\s?\(/.test(code),
    isNotSo: "emits an event, but it emits none",
  },
];

/**
 * Protections that a text grants to functions of the source that certainly do not have them. `located`: what the text is about where
 * a clause names no function.
 */
export function falsePraise(
  text: string,
  source: AuditedSource,
  located: readonly SourceFunction[] = [],
): readonly string[] {
  if (!source.isParsed) return [];
  const clauses = sentencesOf(text).flatMap((sentence) => {
    const within = functionsIn(sentence, source);
    return sentence.split(TURN).map((clause) => ({ clause, within }));
  });
  const found = clauses.flatMap(({ clause, within }) => {
    if (NOT_SAID.test(wordsAround(clause))) return [];
    const own = functionsIn(clause, source);
    const isBack =
      own.length === 0 && /\b(?:it|this|the) (?:function|method|correctly|properly|also)\b|^\W*it\b/i.test(clause);
    const functions = own.length > 0 ? own : isBack ? (within.length > 0 ? within : located) : [];
    return functions.length === 0 ? [] : PRAISES.flatMap((praise) => wronglySaid(praise, clause, functions, source));
  });
  return [...new Set(found)];
}

/** Names in a row, up to the verb: "`a`, `b` and `c` are". */
const IN_A_ROW =
  /((?:`[^`\n]{1,80}`(?:, and |, | and | & | \/ |\/)?){1,12})(?: (?:functions?|methods?|all|both|each|which|that|then|also|\w+ly|(?:is|are|was|has|have)(?= )))*\s*$/;

function wronglySaid(
  { said, lacksIt, isNotSo }: Praise,
  clause: string,
  functions: readonly SourceFunction[],
  source: AuditedSource,
): readonly string[] {
  const found = said.exec(clause);
  if (found === null) return [];
  const row = functionsIn(IN_A_ROW.exec(clause.slice(Math.max(0, found.index - 400), found.index))?.[1] ?? "", source);
  // Of names in a row each is meant, and each of them once for all that go by it.
  const names = [...new Set((row.length > 0 ? row : functions).map(({ name }) => name))];
  const lacking = names.filter((name) =>
    functions.filter((fn) => fn.name === name).every((fn) => lacksIt(fn, source, found)),
  );
  const isWrong = row.length > 0 ? lacking.length > 0 : lacking.length === names.length;
  return isWrong ? [`says that ${lacking.slice(0, 3).join(", ")} ${isNotSo}`] : [];
}

/** The functions that a sentence names, by code or by a name that is no word. */
function functionsIn(sentence: string, source: AuditedSource): readonly SourceFunction[] {
  const marked = [...sentence.matchAll(/`(?:\w{1,80}\.)?([A-Za-z_$][\w$]{0,80})(?:\([^)`]{0,200}\))?`/g)];
  const bare = [...sentence.matchAll(/(?<![\w$.`])([A-Za-z_$][\w$]{1,80})(?:\(\)|(?= function\b))/g)];
  const camel = [...sentence.matchAll(/(?<![\w$.`])([a-z]+[A-Z]\w*)(?![\w$`])/g)];
  const names = new Set([...marked, ...bare, ...camel].map((match) => match[1]));
  return source.functions.filter(({ name, isModifier }) => !isModifier && names.has(name));
}
