import { referencesIn } from "./reference.ts";
import { StepIndex } from "./step-index.ts";
import type { Reading } from "../step.ts";

const ARROW = / ?(?:-{1,3}>|={1,2}>|→|⟶|➔|➜|⇒|➡️?) ?/u;
const WAY_BACK = /\b(?:roll ?back|revert|return|loop|repeat|retry|iterate|if|fails?)\b/i;
const MAX_LINE_CHARS = 600;

/** Arrows between the steps of a plan in running text, "T1 → T2 → T3", as what each leads to. */
export function arrowsIn(text: string, plan: Reading): ReadonlyMap<string, readonly string[]> {
  const edges = new Map<string, string[]>();
  const index = new StepIndex(plan);
  for (const line of text.split(/\r\n|[\r\n]/)) {
    if (line.length > MAX_LINE_CHARS || !ARROW.test(line) || WAY_BACK.test(line)) continue;
    const bare = line
      .replace(/[*_`]/g, "")
      .replace(/^[\s>+|-]+/, "")
      .replace(/^[^:→>]{0,40}: /, "");
    let before: readonly string[] = [];
    for (const part of bare.split(ARROW)) {
      const references = /^\s*[([]?[^\s,&]{0,12}(?: [^\s]{1,8}){0,5}[)\].]?\s*$/.test(part)
        ? referencesIn(
            part
              .replace(/[()[\].]/g, (mark, at: number) => (mark === "." && /\d/.test(part.charAt(at + 1)) ? mark : " "))
              .trim(),
          )
        : [];
      const keys = references.flatMap((reference) => index.subject(reference)?.key ?? []);
      for (const from of before) edges.set(from, [...(edges.get(from) ?? []), ...keys]);
      before = keys;
    }
  }
  return edges;
}
