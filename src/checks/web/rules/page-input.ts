import type { ContextFile } from "../../kit/request-context.ts";
import type { AccessibleView } from "../read/dom.ts";
import type { OtherFile, Script, Ui, View } from "../read/read-ui.ts";

/** The pages and components of an answer, as the rules look at them. */
export interface PageInput {
  readonly ui: Ui;
  readonly prompt: string;
  /** Files that the request hands over. */
  readonly files: readonly ContextFile[];
  /** Roles and names; without the views that have too many elements. */
  readonly accessible: readonly AccessibleView[];
  readonly asksForAccessibility: boolean;
}

/** Every script of the answer that parses. */
export function scriptsOf({ ui }: PageInput): readonly Script[] {
  return [...ui.pages.flatMap(({ scripts }) => scripts), ...ui.others.flatMap(({ script }) => script ?? [])];
}

/** Every file that was read. */
export function filesOf({ ui }: PageInput): readonly (View | OtherFile)[] {
  return [...ui.pages, ...ui.others];
}

/** A problem and the first places where it is. */
export function at(problem: string, places: readonly string[]): string {
  const first = places.slice(0, 3).join(", ");
  return places.length > 3 ? `${problem} (${first} and ${places.length - 3} more)` : `${problem} (${first})`;
}
