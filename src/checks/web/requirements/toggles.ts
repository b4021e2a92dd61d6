import { ancestors, attr, isOpaque, textOf, word, type UiElement } from "../read/element.ts";
import { isField } from "../rules/accessible-name.ts";
import { isDenied, type Ask, type Found } from "./requirement.ts";
import { isLaidOut } from "./laid-out.ts";

const ASKED =
  /\b(?:toggles?|toggle switch(?:es)?|switch(?:es)?|check-?box(?:es)?|sliders?|selects?|text ?areas?)\s+(?:for|to (?:enable|turn on|switch)|controlling)\s+(?:the )?([^.;:()\n]{3,120}?)(?=[.;:()\n]|, (?:and )?an? |, (?:then|plus)\b|\bthat\b|\bwith\b|$)/gi;
const GENERAL =
  /^(?:and|the|for|notifications?|alerts?|settings?|updates?|mode|options?|preferences?|receive|receiving|enable|enabling|on|off|new|each|every)$/;

/** "toggles for email and push notifications", "a slider for volume": a control for each. */
export function togglesAsked(prompt: string): readonly Ask[] {
  const head = prompt.slice(0, 20_000);
  return [...head.matchAll(ASKED)].flatMap((match) => {
    if (isDenied(head, match.index)) return [];
    const items = (match[1] ?? "").toLowerCase().split(/,\s*(?:and )?|\s(?:and|&|or)\s|\s?\/\s?/);
    const keys = items
      .map((item) => item.split(/[^a-z]+/).filter((each) => each.length >= 2 && !GENERAL.test(each)))
      .filter((words) => words.length > 0 && words.length <= 3);
    return keys.map((words): Ask => {
      const stems = words.map((each) => each.replace(/(?:ing|es|s|ed)$/, "").slice(0, 5));
      return {
        what: `a control for ${words.join(" ")}`,
        certain: true,
        isMet: (found) => hasToggle(found, stems, keys.length),
      };
    });
  });
}

function isToggle(each: UiElement): boolean {
  return (
    isField(each) ||
    /^(?:switch|checkbox|radio|slider)$/.test(word(each, "role")) ||
    each.attrs.has("aria-pressed") ||
    each.attrs.has("aria-checked") ||
    (isOpaque(each) && /toggle|switch|check|slider|select|field|input/i.test(each.tag))
  );
}

const SAYING = ["name", "id", "aria-label", "v-model", "label", "title", "class"];

/** The label of each is looked for among all elements. */
const MAX_TOGGLES = 200;

function hasToggle(found: Found, stems: readonly string[], wanted: number): boolean | null {
  const inCode = stems.some((stem) => found.text.includes(stem));
  if (!isLaidOut(found) || !inCode) return inCode;
  const toggles = found.judged.flatMap(({ elements }) => elements.filter(isToggle).map((each) => ({ each, elements })));
  if (toggles.length === 0) return false;
  if (toggles.length > MAX_TOGGLES) return true;
  const isRepeated = ({ each }: (typeof toggles)[number]): boolean =>
    each.spread ||
    ["id", "name", "checked", "aria-label", "aria-checked"].some(
      (name) => attr(each, name) === null && name !== "checked",
    );
  // Fewer than are asked for, and not one of them out of a list.
  const isListed = toggles.some(
    (one) =>
      isRepeated(one) ||
      aroundOf(one.each, one.elements).some((about) => textOf(about).dynamic && textOf(about).text === ""),
  );
  if (isListed) return true;
  return (
    toggles.length >= Math.min(wanted, 2) &&
    toggles.some(({ each, elements }) => {
      const texts = [
        ...SAYING.map((name) => word(each, name)),
        ...aroundOf(each, elements).map((one) => textOf(one).text),
      ];
      const said = texts.join(" ").toLowerCase();
      return stems.some((stem) => said.includes(stem));
    })
  );
}

/** The elements that may hold the name of a toggle: its label, and what stands right around it. */
function aroundOf(each: UiElement, elements: readonly UiElement[]): readonly UiElement[] {
  const id = attr(each, "id");
  const labels = elements.filter((one) => one.tag === "label" && id !== null && id !== "" && attr(one, "for") === id);
  return [...labels, each, ...[...ancestors(each)].slice(0, 2)];
}
