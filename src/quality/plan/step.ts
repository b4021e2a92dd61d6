/** A step of a plan, or a phase that holds steps. */
export interface Step {
  /** Unique within the plan: "Phase 1 / 2". */
  readonly key: string;
  /** What the plan calls it: "3", "T1", "1.2". */
  readonly id: string;
  /** The word before the id, in lower case: "step", "phase"; "" without one. */
  readonly word: string;
  readonly title: string;
  /** Everything below the title. */
  readonly body: string;
  /** Key of the phase that holds it. */
  readonly parent: string | null;
  /** Whether the plan itself wrote the id; list numbers are the renderer's. */
  readonly idWritten: boolean;
  /** References, as written, in a field or a column of their own. */
  readonly dependsOn: readonly string[];
}

/** One way to read an answer as a plan. */
export interface Reading {
  readonly form: "json" | "headings" | "list" | "table" | "bold";
  readonly steps: readonly Step[];
  /** Phases, when the steps are grouped. */
  readonly groups: readonly Step[];
}

/** Words for parts of a plan; the first group holds the others. */
export const GROUP_WORDS = "phase|stage|milestone|sprint|week|month|day|part|epic|workstream";
export const STEP_WORDS = "step|task|action|item|activity|story";

export interface Label {
  readonly word: string;
  readonly id: string;
  readonly title: string;
}

const LABEL = new RegExp(
  String.raw`^\[?(?:(${GROUP_WORDS}|${STEP_WORDS})\s{0,2}#?)?\s{0,2}#?([A-Z]{1,2}\d{1,3}(?:\.\d{1,3}){0,3}|[A-Z]{1,8}-\d{1,3}|\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?|[A-H](?=[:.)]))\]?(\s{0,2}[:.)|]+|\s{1,2}[–—-]+|[–—-]+\s|\s|$)\s{0,4}`,
  "i",
);
/** Standards that look like ids. */
const NO_ID = /^(?:ERC|EIP|BIP|ISO|RFC|HTTP|SHA|UTF|AES|TLS|CVE|SWC)-?\d/i;

/**
 * Reads "Step 3: Deploy", "T1 – Deploy", "1.2 Deploy", "[A] Deploy". `null` where the text only happens to begin with a number or
 * a name: without a word before it, an id needs a mark behind it.
 */
export function labelOf(text: string): Label | null {
  const bare = withDigits(
    text
      .slice(0, 400)
      .replace(/[*_`]/g, "")
      .replace(/^[^\p{L}\p{N}[#]{1,8}/u, "")
      .trim(),
  );
  const found = LABEL.exec(bare);
  if (found === null) return null;
  const [whole, word = "", id = "", mark = ""] = found;
  const marked = mark.trim() !== "" || bare.startsWith("[");
  const isDotted = /^\d+\.\d/.test(id);
  if (word === "" && ((!marked && !isDotted) || NO_ID.test(id) || /^[a-z]/.test(id))) return null;
  return { word: word.toLowerCase(), id: id.toUpperCase(), title: bare.slice(whole.length).trim() };
}

const WORDS_FROM_ONE = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const ROMANS_FROM_ONE = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
const WORDED = new RegExp(
  String.raw`^(${GROUP_WORDS}|${STEP_WORDS}) (${[...WORDS_FROM_ONE, ...ROMANS_FROM_ONE].join("|")})\b`,
  "i",
);

/** "Step Two" and "Phase II" as "Step 2" and "Phase 2". */
function withDigits(text: string): string {
  return text.replace(WORDED, (_, word: string, number: string) => {
    const written = number.toLowerCase();
    return `${word} ${1 + Math.max(WORDS_FROM_ONE.indexOf(written), ROMANS_FROM_ONE.indexOf(written))}`;
  });
}
