import { ancestors, childrenOf, textOf, within, type UiElement } from "../read/element.ts";
import { askedAt, type Ask, type Found } from "./requirement.ts";
import { letters } from "./controls.ts";
import { isLaidOut } from "./laid-out.ts";

const CAPTION = /\btable\b[^.\n]{0,80}\bcaption\b|\bcaption\b[^.\n]{0,30}\btable\b/i;
const WITH_CAPTION = /\b(?:add|include|with|give it|needs?|and) an? (?:\w+ )?caption\b/i;
const COLUMNS =
  /\btable\b[^.\n]{0,80}?\bcolumns?\b(?: (?:for|named|called|are))?\s?[:(]?\s?((?:[A-Z][\w-]{1,20}(?: [\w-]{2,20})?,\s(?:and )?){1,10}(?:and )?[A-Z][\w-]{1,20}(?: (?!and\b)[A-Z][\w-]{1,20})?(?: and [A-Z][\w-]{1,20})?)/;
/** "Columns: Invoice, Client, Amount." */
const LISTED =
  /\b[Cc]olumns?:\s((?:[A-Z][\w-]{1,20}(?: [\w-]{2,20})?,\s(?:and )?){1,10}(?:and )?[A-Z][\w-]{1,20}(?: (?!and\b)[\w-]{2,20})?(?: and [A-Z][\w-]{1,20})?)/;
/** The headers may be in the language asked for. */
const OTHER_LANGUAGE =
  /\bin (?:german|french|spanish|italian|dutch|portuguese|polish|japanese|chinese|korean|russian|turkish)\b/i;

/** What the prompt says of a table: its caption and the names of its columns. */
export function tablesAsked(prompt: string): readonly Ask[] {
  const head = prompt.slice(0, 20_000);
  const made: Ask[] = [];
  const isCaptioned =
    askedAt(head, CAPTION) !== null || (/\btable\b/i.test(head) && askedAt(head, WITH_CAPTION) !== null);
  if (isCaptioned && !/\b(?:image|figure|photo)\b/i.test(head))
    made.push({ what: "a caption of the table", certain: true, isMet: hasCaption });
  const apart = /\btable\b/i.test(head) ? LISTED.exec(head)?.[1] : undefined;
  const list = OTHER_LANGUAGE.test(head) ? "" : (COLUMNS.exec(head)?.[1] ?? apart ?? "");
  for (const name of list.split(/,\s(?:and )?|\sand\s/)) {
    const words = name
      .toLowerCase()
      .split(/[\s-]/)
      .filter((each) => each.length >= 2);
    if (words.length > 0)
      made.push({ what: `a column "${name}"`, certain: true, isMet: (found) => hasColumn(found, words) });
  }
  return made;
}

const MAX_TABLES = 50;

export function tablesOf(found: Found): readonly UiElement[] {
  const { judged } = found;
  return isLaidOut(found)
    ? judged.flatMap(({ elements }) => elements.filter((each) => each.tag === "table")).slice(0, MAX_TABLES)
    : [];
}

function hasCaption(found: Found): boolean | null {
  const tables = tablesOf(found);
  if (tables.length === 0) return null;
  return found.judged.some(({ elements }) =>
    elements.some((each) => /^(?:fig)?caption$/.test(each.tag) && textOf(each).text !== ""),
  );
}

/** Any word of the name, in its beginning, in any header. */
function hasColumn(found: Found, words: readonly string[]): boolean | null {
  const tables = tablesOf(found);
  if (tables.length === 0) return null;
  return tables.some((table) => {
    const first = within(table).find((each) => each.tag === "tr");
    const heads = within(table).filter((each) => each.tag === "th");
    const cells = heads.length > 0 ? heads : first === undefined ? [] : childrenOf(first);
    // Heads that only a run tells may be any of those in the code.
    if (cells.some((cell) => textOf(cell).dynamic)) return words.some((one) => found.text.includes(one.slice(0, 5)));
    const text = letters(cells.map((cell) => textOf(cell).text.toLowerCase()).join(" "));
    return words.some((one) => text.includes(one.slice(0, 5)));
  });
}

/** Rows of a table's body. */
export function hasRows(found: Found, wanted: number): boolean | null {
  const tables = tablesOf(found);
  // Rows are what components repeat.
  if (tables.length === 0 || !found.isStatic) return null;
  return tables.some((table) => {
    const rows = within(table).filter(
      (each) => each.tag === "tr" && ![...ancestors(each)].some(({ tag }) => tag === "thead" || tag === "tfoot"),
    );
    return rows.filter((row) => childrenOf(row).some(({ tag }) => tag === "td")).length >= wanted;
  });
}
