import { attr, filled, has, isHidden, isOpaque, textOf, word, type UiElement } from "../read/element.ts";
import { hasName, iconsOf, isField, isLabelled, isNamed, labelsOf } from "./accessible-name.ts";
import { finding, type Judged, type UiRule } from "./rule.ts";

/** Alternatives that say nothing about the picture. */
const EMPTY_ALT =
  /^(?:an? )?(?:image|img|picture|photo|photograph|graphic|placeholder|untitled|alt(?: text)?|image \d+|img[_-]?\d+|picture of|undefined|null)$|^[\w-]{1,60}\.(?:png|jpe?g|gif|webp|svg|avif)$/i;

export const NAME_RULES: readonly UiRule[] = [fields, images, controls, frames, lostLabels];

function shown(judged: Judged): readonly UiElement[] {
  return judged.elements.filter((each) => !isHidden(each));
}

function fields(judged: Judged) {
  const all = judged.elements.filter((each) => each.tag === "label" || each.tag === "Label");
  // A component named Label, or a label the script makes, may belong to any field.
  const maybe =
    all.some((label) => isOpaque(label)) ||
    (/createElement\(\s?["']label/.test(judged.source) && /htmlFor|setAttribute\(\s?["']for\b/.test(judged.source));
  const labels = labelsOf(judged.elements);
  const bare = shown(judged).filter(
    (each) =>
      isField(each) &&
      !isLabelled(each, isSecond(each, judged) ? NO_LABELS : labels) &&
      word(each, "tabindex") !== "-1",
  );
  const offScreen = (each: UiElement): boolean =>
    /\b(?:d-none|hidden|honeypot)\b/.test(word(each, "class")) || /display:\s?none/.test(word(each, "style"));
  const certain = bare.filter((each) => !offScreen(each));
  return finding(judged, maybe ? "medium" : "serious", "form field without a label", certain);
}

const NO_LABELS = { targets: new Set<string>(), anywhere: false };
const firsts = new WeakMap<Judged, ReadonlyMap<string, UiElement>>();

/** A label for an id belongs to the first element of that id; a template may write the same id in either branch. */
function isSecond(field: UiElement, judged: Judged): boolean {
  const id = attr(field, "id");
  if (judged.view.framework !== "html" || id === null || id === "") return false;
  const first =
    firsts.get(judged) ??
    new Map(
      judged.elements.toReversed().flatMap((each): [string, UiElement][] => {
        const own = attr(each, "id");
        return own === null ? [] : [[own, each]];
      }),
    );
  firsts.set(judged, first);
  return first.get(id) !== field;
}

function lostLabels(judged: Judged) {
  if (judged.view.framework !== "html") return [];
  const ids = new Set(judged.elements.map((each) => attr(each, "id")));
  const lost = judged.elements.filter(
    (each) => each.tag === "label" && has(each, "for") && attr(each, "for") !== null && !ids.has(attr(each, "for")),
  );
  return finding(
    judged,
    "medium",
    "label for an id that is not there",
    judged.view.isPage && !ids.has(null) ? lost : [],
  );
}

function images(judged: Judged) {
  const all = shown(judged).filter(
    (each) => each.tag === "img" && !/^(?:presentation|none)$/.test(word(each, "role")) && !each.spread,
  );
  const areas = shown(judged).filter(
    (each) => each.tag === "area" && has(each, "href") && !filled(each, "alt") && !isNamed(each),
  );
  const hollow = all.filter((each) => EMPTY_ALT.test(attr(each, "alt") ?? ""));
  return [
    ...finding(
      judged,
      "serious",
      "image without alt",
      all.filter((each) => !has(each, "alt") && !has(each, "v-bind") && !isNamed(each)),
    ),
    ...finding(judged, "serious", "alternative text that says nothing", hollow),
    ...finding(judged, "medium", "image map area without alt", areas),
    ...finding(
      judged,
      "medium",
      "role=img without a name",
      shown(judged).filter(
        (each) =>
          word(each, "role") === "img" &&
          each.tag !== "img" &&
          !isNamed(each) &&
          !each.spread &&
          textOf(each).text === "" &&
          !each.children.some((child) => child.kind !== "text"),
      ),
    ),
  ];
}

function controls(judged: Judged) {
  const icons = iconsOf(judged.source);
  const isControl = (each: UiElement): boolean =>
    each.tag === "button" ||
    word(each, "role") === "button" ||
    word(each, "role") === "link" ||
    (each.tag === "a" && has(each, "href")) ||
    each.tag === "summary";
  const all = shown(judged).filter(isControl);
  const nameless = all.filter((each) => each.tag !== "summary" && !hasName(each, icons));
  const unnamed = nameless.slice(0, MAX_NAMELESS).filter((each) => !isFilledByScript(each, judged));
  const symbols = all.filter((each) => !isNamed(each) && !each.spread && isSymbol(each) && !isKeypad(each, all));
  const inputs = shown(judged).filter((each) => each.tag === "input" && /^(?:button|image)$/.test(word(each, "type")));
  const bare = inputs.filter(
    (each) =>
      !isNamed(each) &&
      !each.spread &&
      !(word(each, "type") === "image" ? filled(each, "alt") && has(each, "alt") : has(each, "value")),
  );
  return [
    ...finding(judged, "serious", "button or link without a name", [...unnamed, ...bare]),
    ...finding(judged, "serious", "button or link named by a picture of a sign alone", symbols.filter(isPicture)),
    ...finding(
      judged,
      "heavy",
      "button or link named by a symbol alone",
      symbols.filter((each) => !isPicture(each)),
    ),
  ];
}

/** Each is searched for in all the code. */
const MAX_NAMELESS = 100;

/** An empty element with an id that a script mentions gets its content there. */
function isFilledByScript(each: UiElement, { source }: Judged): boolean {
  const id = attr(each, "id");
  return (
    each.children.length === 0 &&
    id !== null &&
    id !== "" &&
    new RegExp(`["'\`#]${id.replace(/[^\w-]/g, ".")}["'\`]\\)`).test(source)
  );
}

/** Among many buttons, as on a calculator, a sign is the name of its key. */
function isKeypad(each: UiElement, all: readonly UiElement[]): boolean {
  return all.length < 2_000 && all.filter(({ parent }) => parent === each.parent).length >= 4;
}

function isSymbol(each: UiElement): boolean {
  const { text, dynamic } = textOf(each);
  if (
    dynamic ||
    text === "" ||
    each.children.some(
      (child) => child.kind === "element" && (isOpaque(child) || child.tag === "img" || isNamed(child)),
    )
  )
    return false;
  return !/[\p{L}\p{N}]/u.test(text) || /^[x×]$/i.test(text);
}

/** A pictogram, which is read out as what it shows; signs such as × and + are at least read as they are. */
function isPicture(each: UiElement): boolean {
  return /[\p{Extended_Pictographic}☰≡⋮⋯⏮⏭]/u.test(textOf(each).text);
}

function frames(judged: Judged) {
  const frames = shown(judged).filter((each) => each.tag === "iframe" && !isNamed(each) && !each.spread);
  return finding(judged, "heavy", "iframe without a title", frames);
}
