import { attr, has, word, type UiElement } from "../read/element.ts";
import { finding, type Finding, type Judged, type UiRule } from "./rule.ts";

const ROLES = new Set(
  "alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid gridcell group heading img image insertion link list listbox listitem log main mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option paragraph presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider spinbutton status strong subscript suggestion superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem".split(
    " ",
  ),
);
const NAMES = new Set(
  "activedescendant atomic autocomplete braillelabel brailleroledescription busy checked colcount colindex colindextext colspan controls current describedby description details disabled dropeffect errormessage expanded flowto grabbed haspopup hidden invalid keyshortcuts label labelledby level live modal multiline multiselectable orientation owns placeholder posinset pressed readonly relevant required roledescription rowcount rowindex rowindextext rowspan selected setsize sort valuemax valuemin valuenow valuetext".split(
    " ",
  ),
);
const TRUE_FALSE = /^(?:true|false|undefined|)$/;
const VALUES: ReadonlyMap<string, RegExp> = new Map([
  ["atomic", TRUE_FALSE], ["busy", TRUE_FALSE], ["disabled", TRUE_FALSE], ["modal", TRUE_FALSE], ["multiline", TRUE_FALSE],
  ["multiselectable", TRUE_FALSE], ["readonly", TRUE_FALSE], ["required", TRUE_FALSE], ["hidden", TRUE_FALSE],
  ["expanded", TRUE_FALSE], ["selected", TRUE_FALSE],
  ["checked", /^(?:true|false|mixed|undefined|)$/], ["pressed", /^(?:true|false|mixed|undefined|)$/],
  ["live", /^(?:off|polite|assertive|)$/], ["current", /^(?:page|step|location|date|time|true|false|undefined|)$/],
  ["haspopup", /^(?:true|false|menu|listbox|tree|grid|dialog|)$/], ["invalid", /^(?:true|false|grammar|spelling|)$/],
  ["orientation", /^(?:horizontal|vertical|undefined|)$/], ["sort", /^(?:ascending|descending|none|other|)$/],
  ["autocomplete", /^(?:inline|list|both|none|)$/],
]); // prettier-ignore
/** What a role cannot do without. */
const NEEDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["checkbox", ["aria-checked"]],
  ["switch", ["aria-checked"]],
  ["radio", ["aria-checked"]],
  ["slider", ["aria-valuenow"]],
  ["heading", ["aria-level"]],
]);
const REFERENCES = [
  "aria-labelledby",
  "aria-describedby",
  "aria-controls",
  "aria-owns",
  "aria-activedescendant",
  "aria-errormessage",
];

export const ARIA_RULES: readonly UiRule[] = [vocabulary, required, references];

function vocabulary(judged: Judged): readonly Finding[] {
  const hosts = judged.elements.filter((each) => !/[A-Z.]/.test(each.tag));
  const badRole = hosts.filter((each) => {
    const roles = (attr(each, "role") ?? "")
      .toLowerCase()
      .split(/\s+/)
      .filter((role) => role !== "");
    return roles.length > 0 && !roles.some((role) => ROLES.has(role) || /^(?:doc|graphics)-/.test(role));
  });
  const aria = (each: UiElement): readonly [string, string | null][] =>
    [...each.attrs].filter(([name]) => name.startsWith("aria-")).map(([name, value]) => [name.slice(5), value]);
  const badName = hosts.filter((each) => aria(each).some(([name]) => !NAMES.has(name)));
  const badValue = hosts.filter((each) =>
    aria(each).some(([name, value]) => value !== null && VALUES.get(name)?.test(value.trim().toLowerCase()) === false),
  );
  return [
    ...finding(judged, "heavy", "a role that does not exist", badRole),
    ...finding(judged, "heavy", "an aria- attribute that does not exist", badName),
    ...finding(judged, "medium", "a value that its aria- attribute does not have", badValue),
  ];
}

function required(judged: Judged): readonly Finding[] {
  const bad = judged.elements.filter((each) => {
    const needs = NEEDS.get(word(each, "role"));
    return (
      needs !== undefined &&
      !/[A-Z.]/.test(each.tag) &&
      each.tag !== "input" &&
      !/^h[1-6]$/.test(each.tag) &&
      !each.spread &&
      !needs.every((name) => has(each, name))
    );
  });
  return finding(
    judged,
    "medium",
    "a role without the state it must have (aria-checked, aria-valuenow, aria-level)",
    bad,
  );
}

/** Ids within one page are all known; those of a component may stand in another. */
function references(judged: Judged): readonly Finding[] {
  const ids = new Set(judged.elements.map((each) => attr(each, "id")));
  if (ids.has(null) || (!judged.view.isPage && judged.view.framework !== "html")) return [];
  const missing = (each: UiElement, name: string): boolean =>
    (attr(each, name) ?? "")
      .split(/\s+/)
      .some((id) => id !== "" && !ids.has(id) && !judged.source.includes(`.id = "${id}"`));
  const names = judged.elements.filter((each) => missing(each, "aria-labelledby"));
  const others = judged.elements.filter((each) => REFERENCES.slice(1).some((name) => missing(each, name)));
  const page = judged.view.isPage;
  return [
    ...finding(judged, page ? "heavy" : "medium", "aria-labelledby names an id that is not there", names),
    ...finding(judged, "light", "an aria- attribute names an id that is not there", others),
  ];
}
