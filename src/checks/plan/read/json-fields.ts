export type JsonEntry = Readonly<Record<string, unknown>>;

export function isJsonEntry(value: unknown): value is JsonEntry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a field has one of these names, however it is spelt: depends_on, dependsOn, "Depends on". */
export function isName(names: string): (name: string) => boolean {
  const known = new Set(names.split(" "));
  return (name) => known.has(name.toLowerCase().replace(/[_ -]/g, ""));
}

export const TITLES = isName(
  "title name task action summary step description what goal label activity phase milestone objective text content stage",
);
const SURE_IDS =
  "id stepid taskid phaseid nodeid key ref code wbs stepnumber tasknumber number num no step task phase".split(" ");
/** These count, but may count the same for steps that run side by side. */
const MAYBE_IDS = "order index seq sequence position".split(" ");

/** The field by which the entries of a list are called; `null` when they have none. */
export function idFieldOf(list: readonly unknown[], arePhases: boolean): string | null {
  const entries = list.filter((item) => isJsonEntry(item));
  const [first] = entries;
  if (first === undefined) return null;
  const spelt = new Map(Object.keys(first).map((name) => [name.toLowerCase().replace(/[_ -]/g, ""), name]));
  const shared = (name: string): readonly string[] | null => {
    const field = spelt.get(name);
    const values = field === undefined ? [] : entries.map((entry) => entry[field]);
    return values.length > 0 && values.every((value) => isShort(value)) ? values.map(String) : null;
  };
  for (const name of SURE_IDS) {
    const values = shared(name);
    if (values === null) continue;
    const isUnique = new Set(values).size === values.length;
    // "phase: Build" on each of several steps groups them, "task: Deploy" is a title.
    const isPlain =
      /id$|^(?:key|ref|code|wbs|no|num|.*number)$/.test(name) ||
      values.every((value) => /^[A-Z]{0,4}-?\d[\d.]*$/i.test(value));
    if (name === "phase" && !arePhases && !isUnique) continue;
    if (isPlain || (isUnique && name === "phase" && arePhases)) return spelt.get(name) ?? null;
  }
  for (const name of MAYBE_IDS) {
    const values = shared(name);
    if (values !== null && new Set(values).size === values.length) return spelt.get(name) ?? null;
  }
  return null;
}

/** Ids are numbers or single words. */
function isShort(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && /^[\p{L}\p{N}_.-]{1,60}$/u.test(value));
}
