import { fencesOf } from "../../kit/answer/fences.ts";
import { jsonOf } from "../../kit/answer/json.ts";

/** Matches a sentence that tells the model what to do, but not a clause about what the planned thing does. */
const START = String.raw`(?:^|[.!?:;\n]\s{0,3}|, (?:and )?)(?:please |then |also )?`;
const GIVES = "(?:return|output|respond|reply|answer|format|give|write|present|provide|show|deliver)";
const MAX_PROMPT_CHARS = 20_000;

const FORMATS: readonly {
  readonly name: string;
  readonly required: RegExp;
  readonly has: (text: string) => boolean;
}[] = [
  {
    name: "JSON",
    required: new RegExp(
      String.raw`${START}${GIVES}\b(?:(?! (?:an? )?(?:endpoint|api|script|function|file)\b)[^.\n]){0,30}?\b(?:json only|only json|(?:as|in|with) (?:an? |one |single |valid |raw |strict )*json|(?<=\b(?:return|output) (?:only |valid |raw |strict |an? )*)json)\b(?![ -]?(?:api|columns?|files?|endpoints?|schema|export|import|fields?|feed|payloads?))`,
      "im",
    ),
    has: (text) => jsonOf(text).ok || fencesOf(text).some(({ content }) => jsonOf(content).ok),
  },
  {
    name: "a table",
    required: new RegExp(
      String.raw`${START}${GIVES}\b[^.\n]{0,30}?\b(?:as|in) (?:an? |one )?(?:single |markdown )*table\b(?! (?:called|named|of|for|in))`,
      "im",
    ),
    has: (text) => /^[ \t]{0,8}\|?[ :]*-{2,}[ :]*\||<table\b|\t[^\t\n]*\n[^\t\n]*\t|[┌┬│]/m.test(text),
  },
  {
    name: "a Mermaid diagram",
    required: new RegExp(
      String.raw`${START}(?:add|include|draw|create|make|${GIVES})\b[^.\n]{0,25}?\bmermaid (?:diagram|chart|graph|flowchart|gantt)`,
      "im",
    ),
    has: (text) =>
      /^[ \t]*(?:[`~]{3,}\s*mermaid|graph |flowchart |gantt\b|sequenceDiagram|timeline\b|stateDiagram)/im.test(text),
  },
];
const OPEN = /^[^.\n]{0,20}\bor\b|^\s*(?:if|where|unless)\b/i;

/** Forms that the prompt explicitly requires and that the answer lacks. */
export function missingFormats(prompt: string, text: string): readonly string[] {
  return FORMATS.flatMap(({ name, required, has }) => {
    const found = required.exec(prompt.slice(0, MAX_PROMPT_CHARS));
    if (found === null || /\b(?:not?|without|instead|rather)\b/i.test(found[0])) return [];
    return OPEN.test(prompt.slice(found.index + found[0].length)) || has(text)
      ? []
      : [`the prompt asks for ${name}, and there is none`];
  });
}
