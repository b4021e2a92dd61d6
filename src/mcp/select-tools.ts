import { didYouMean } from "../checks/kit/suggest.ts";
import type { Tool } from "./define-tool.ts";
import { tools } from "./tools/index.ts";

/** Which tools a server offers: all, or those that are named, or of either those that change nothing. */
export interface ToolChoice {
  /** `null`: all. */
  readonly names: readonly string[] | null;
  readonly readOnly: boolean;
}

export type ChosenTools =
  | { readonly ok: true; readonly tools: readonly Tool[] }
  | { readonly ok: false; readonly problem: string };

/** The tools of a choice, in the order of the table. A name that no tool has, and a choice that leaves nothing, are problems. */
export function chooseTools({ names, readOnly }: ToolChoice): ChosenTools {
  const known = tools.map(({ name }) => name);
  const unknown = (names ?? []).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const problems = unknown.map((name) => `unknown tool "${name}"${didYouMean(name, known)}`);
    return { ok: false, problem: `${problems.join("; ")}. Known: ${known.join(", ")}` };
  }
  const chosen = tools.filter(
    ({ name, annotations }) => (names?.includes(name) ?? true) && (!readOnly || annotations.readOnlyHint),
  );
  if (chosen.length > 0) return { ok: true, tools: chosen };
  return { ok: false, problem: `no tool is left: ${readOnly ? "none of these only reads" : "no tool is named"}` };
}
