import { parse, printParseErrorCode, visit, type ParseError } from "jsonc-parser";

/** A value that was read, or what is wrong with the text and where: line and column from 1. */
export type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly JsonProblem[] };

export interface JsonProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Parses JSON with comments and trailing commas. Duplicate keys are problems. A byte order mark is skipped. */
export function parseJson(text: string): ParsedJson {
  const json = text.replace(/^\uFEFF/, "");
  const errors: ParseError[] = [];
  const value: unknown = parse(json, errors, { allowTrailingComma: true });
  const broken = errors.slice(0, 1).map(({ error, offset }) => problemAt(json, offset, messageOf(error)));
  const problems = broken.length > 0 ? broken : duplicateKeys(json);
  return problems.length === 0 ? { ok: true, value } : { ok: false, problems };
}

/** "ColonExpected" as "colon expected". The text itself is not repeated: it may hold a secret. */
function messageOf(code: ParseError["error"]): string {
  return printParseErrorCode(code)
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();
}

function duplicateKeys(json: string): readonly JsonProblem[] {
  const problems: JsonProblem[] = [];
  const open: Set<string>[] = [];
  visit(
    json,
    {
      onObjectBegin: () => void open.push(new Set()),
      onObjectEnd: () => void open.pop(),
      onObjectProperty(key, offset) {
        const keys = open.at(-1);
        if (keys?.has(key)) problems.push(problemAt(json, offset, `the key "${key.slice(0, 80)}" is there twice`));
        keys?.add(key);
      },
    },
    { allowTrailingComma: true },
  );
  return problems;
}

function problemAt(json: string, offset: number, message: string): JsonProblem {
  const before = json.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message };
}

/** Whether the text nests lists and objects more than `levels` deep: such a text is refused before a parser recurses into it. */
export function isDeeperThan(levels: number, text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === "\\") at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") depth -= 1;
    if (depth > levels) return true;
  }
  return false;
}
