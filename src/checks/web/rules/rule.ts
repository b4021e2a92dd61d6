import type { Cascade } from "../styles/cascade.ts";
import type { LowContrast } from "../styles/contrast.ts";
import { placeIn } from "../read/files.ts";
import type { UiElement } from "../read/element.ts";
import type { View } from "../read/read-ui.ts";
import type { StyleSheet } from "../styles/style-sheet.ts";

/**
 * How much a defect counts. `serious`: certain, and somebody cannot use the page for it; the others take points, so many each.
 */
export type Weight = "serious" | "heavy" | "medium" | "light";

export interface Finding {
  readonly weight: Weight;
  readonly problem: string;
  /** Where, one for each element concerned. */
  readonly places: readonly string[];
}

/** A view with its styles, as the rules look at it. */
export interface Judged {
  readonly view: View;
  readonly elements: readonly UiElement[];
  readonly sheet: StyleSheet;
  readonly cascade: Cascade;
  /** Whether every style that applies is in the answer. */
  readonly allStyles: boolean;
  /** What utility classes make hard to read, and why that could not be told; `null`: it could. */
  readonly utilities: { readonly low: readonly LowContrast[]; readonly skipped: string | null };
  /** All code of the answer. */
  readonly source: string;
}

export type UiRule = (judged: Judged) => readonly Finding[];

/** One finding for all elements that break a rule; nothing when there is none. */
export function finding(
  judged: Judged,
  weight: Weight,
  problem: string,
  elements: readonly UiElement[],
): readonly Finding[] {
  if (elements.length === 0) return [];
  return [{ weight, problem, places: elements.map((each) => `${placeIn(judged.view.file, each.line)} <${each.tag}>`) }];
}

/** A finding as a line for a person. */
export function sentence({ problem, places }: Finding): string {
  const shown = places.slice(0, 3).join(", ");
  const more = places.length > 3 ? ` and ${places.length - 3} more` : "";
  return shown === "" ? problem : `${problem} (${shown}${more})`;
}
