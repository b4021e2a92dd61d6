import { attr, filled, has, isHidden, isOpaque, textOf, within, word, type UiElement } from "../read/element.ts";
import { isNamed } from "./accessible-name.ts";
import { levelOf } from "./text-alternatives-and-headings.ts";
import { isHeading } from "./contrast.ts";
import { finding, type Finding, type Judged, type UiRule } from "./rule.ts";

/** How a page is put together: what it says about itself, its landmarks, headings, lists and tables. */
export const STRUCTURE_RULES: readonly UiRule[] = [head, landmarks, headings, ids, nesting];

function page(judged: Judged, weight: Finding["weight"], problem: string, holds: boolean): readonly Finding[] {
  return judged.view.isPage && !holds ? [{ weight, problem, places: [] }] : [];
}

function head(judged: Judged): readonly Finding[] {
  const { elements, view } = judged;
  const titles = elements.filter((each) => each.tag === "title" && each.parent?.tag === "head");
  return [
    ...page(judged, "medium", "no doctype", view.hasDoctype),
    ...page(
      judged,
      "heavy",
      "no <title>, or an empty one",
      titles.some((each) => textOf(each).text !== "" || textOf(each).dynamic),
    ),
  ];
}

function landmarks(judged: Judged): readonly Finding[] {
  const { elements } = judged;
  const mains = elements.filter((each) => (each.tag === "main" || word(each, "role") === "main") && !isHidden(each));
  // What a script builds has its landmarks there.
  const built = elements.some((each) => isOpaque(each) || /^(?:app|root)$/.test(word(each, "id")));
  return [
    ...page(judged, "medium", "no <main>", mains.length > 0 || built),
    ...(mains.length > 1 && judged.view.framework === "html"
      ? finding(judged, "medium", "more than one <main>", mains)
      : []),
  ];
}

function headings(judged: Judged): readonly Finding[] {
  const all = judged.elements.filter((each) => isHeading(each) && !isHidden(each) && !inDialog(each));
  // Components of one file stand in one another in an order of their own.
  const inOrder = judged.view.framework === "html";
  const jumps = all.filter((each, index) => index > 0 && levelOf(each) > levelOf(all[index - 1] ?? each) + 1);
  const empty = all.filter((each) => {
    const { text, dynamic } = textOf(each);
    return (
      text === "" &&
      !dynamic &&
      !isNamed(each) &&
      !each.spread &&
      !has(each, "id") &&
      !within(each).some(
        (one) => one !== each && (isOpaque(one) || isNamed(one) || (one.tag === "img" && filled(one, "alt"))),
      )
    );
  });
  const first = all.filter((each) => levelOf(each) === 1);
  const built = judged.elements.some((each) => isOpaque(each) || /^(?:app|root)$/.test(word(each, "id")));
  return [
    ...finding(judged, inOrder ? "medium" : "light", "headings skip a level", jumps),
    ...finding(judged, "medium", "empty heading", empty),
    ...page(judged, "medium", "no <h1>", first.length > 0 || built),
    ...(judged.view.isPage && first.length > 1 ? finding(judged, "light", "more than one <h1>", first.slice(1)) : []),
  ];
}

function inDialog(each: UiElement): boolean {
  for (let parent = each.parent; parent !== null; parent = parent.parent) {
    if (parent.tag === "dialog" || word(parent, "role").endsWith("dialog")) return true;
  }
  return false;
}

function ids(judged: Judged): readonly Finding[] {
  const seen = new Set<string>();
  const twice = judged.elements.filter((each) => {
    const id = attr(each, "id");
    if (id === null || id === "" || isOpaque(each)) return false;
    return seen.size === seen.add(id).size;
  });
  // Branches of a component may share an id: only one of them is there at a time.
  return finding(
    judged,
    judged.view.framework === "html" ? "heavy" : "light",
    `id used twice: ${attr(twice[0] ?? NONE, "id")}`,
    twice,
  );
}

const NONE: UiElement = {
  kind: "element",
  tag: "",
  attrs: new Map(),
  spread: false,
  children: [],
  parent: null,
  line: 1,
};

/** Elements where HTML does not have them, in any of the languages. */
function nesting(judged: Judged): readonly Finding[] {
  const inside = (each: UiElement, tags: RegExp): boolean => {
    for (let parent = each.parent; parent !== null && !isOpaque(parent); parent = parent.parent)
      if (tags.test(parent.tag)) return true;
    return false;
  };
  const controls = judged.elements.filter(
    (each) =>
      /^(?:a|button|input|select|textarea)$/.test(each.tag) &&
      word(each, "type") !== "hidden" &&
      inside(each, /^(?:button|a)$/) &&
      !(each.tag === "a" && !has(each, "href")),
  );
  const items = judged.elements.filter(
    (each) =>
      each.tag === "li" &&
      each.parent !== null &&
      !isOpaque(each.parent) &&
      !/^(?:ul|ol|menu)$/.test(each.parent.tag) &&
      word(each.parent, "role") !== "list",
  );
  const strangers = judged.elements.filter(
    (each) =>
      each.parent !== null &&
      /^(?:ul|ol)$/.test(each.parent.tag) &&
      !isOpaque(each) &&
      !/^(?:li|script|template|svelte|transition)/.test(each.tag) &&
      word(each.parent, "role") === "",
  );
  const forms = judged.elements.filter((each) => each.tag === "form" && inside(each, /^form$/));
  return [
    ...finding(judged, "heavy", "a control within a link or button", controls),
    ...finding(judged, "medium", "<li> outside of a list", items),
    ...finding(judged, "medium", "a list with children that are no items", strangers),
    ...finding(judged, "heavy", "a form within a form", forms),
  ];
}
