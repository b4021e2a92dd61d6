import { fencesOf } from "../../../kit/answer/fences.ts";
import { bareSource, withoutInnerFences } from "../../given-sources.ts";

/** A request without the code that it gives: what is asked for in words. */
export function proseOf(prompt: string): string {
  const text = withoutInnerFences(prompt);
  let prose = text;
  for (const { content } of fencesOf(text)) if (content !== "") prose = prose.replace(content, " ");
  const bare = bareSource(prose);
  return bare === null ? prose : prose.replace(bare, " ");
}

/** Its sentences and list items. A dot within a name or number ends none. */
export function sentencesOf(prose: string): readonly string[] {
  return prose
    .slice(0, 40_000)
    .split(/(?<=[.!?;])\s+|\n+/)
    .map((each) => each.trim())
    .filter((each) => each !== "");
}
