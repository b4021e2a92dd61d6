import { applyEdits, modify, parse, type JSONPath } from "jsonc-parser";
import type { RefreshRow } from "../../core/refresh.ts";

const LENIENT = { allowTrailingComma: true };

/**
 * The config's text with these rows among its `models`: a row that is there gets the new figures, any other is added at the end. Comments
 * and all else stay as they are.
 */
export function withRows(text: string, rows: readonly RefreshRow[]): string {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  let body = text.slice(mark.length);
  const formattingOptions = {
    ...(/\n\t/.test(body) ? { insertSpaces: false, tabSize: 1 } : { insertSpaces: true, tabSize: indentOf(body) }),
    eol: body.includes("\r\n") ? "\r\n" : "\n",
  };
  const set = (path: JSONPath, value: unknown, isArrayInsertion = false): void => {
    body = applyEdits(body, modify(body, path, value, { formattingOptions, isArrayInsertion }));
  };
  for (const row of rows) {
    const models = modelsIn(body);
    const at = models?.findIndex(({ id }) => String(id).toLowerCase() === row.id.toLowerCase()) ?? -1;
    if (models === null) set(["models"], [row]);
    else if (at < 0) set(["models", models.length], row, true);
    else {
      const present = models[at]?.prices;
      if (typeof present !== "object" || present === null) set(["models", at, "prices"], row.prices);
      else {
        // Each figure by itself, so that comments between them stay. What the row lacks, such as changes of the past, goes.
        for (const key of Object.keys({ ...present, ...row.prices }))
          set(["models", at, "prices", key], row.prices[key]);
      }
      set(["models", at, "source"], row.source);
      set(["models", at, "as_of"], row.as_of);
    }
  }
  return mark + body;
}

interface RowInFile {
  readonly id?: unknown;
  readonly prices?: unknown;
}

function modelsIn(text: string): readonly RowInFile[] | null {
  const value = parse(text, [], LENIENT) as { readonly models?: readonly RowInFile[] } | undefined;
  return value?.models ?? null;
}

function indentOf(text: string): number {
  return /\n( +)["}\]]/.exec(text)?.[1]?.length ?? 2;
}
