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
  /** Whether the id is in the plan's text; the renderer numbers lists by itself. */
  readonly idWritten: boolean;
  /** References, as written, in a field or a column of their own. */
  readonly dependsOn: readonly string[];
}

/** How a plan can be written. `titles`: a table, headings or bold lines that name their steps and number none. */
export type Form = "json" | "headings" | "table" | "list" | "bold" | "bullets" | "titles";

/** One way to read an answer as a plan. */
export interface PlanReading {
  readonly form: Form;
  readonly steps: readonly Step[];
  /** Phases, when the steps are grouped. */
  readonly groups: readonly Step[];
}

/** Words for parts of a plan; the first group holds the others. */
export const GROUP_WORDS = "phase|stage|milestone|sprint|week|month|quarter|day|part|epic|workstream|track|iteration";
export const STEP_WORDS = "step|task|action|item|activity|story|subtask|ticket";
/** The same in other languages; a label says what it is in any of them. */
export const FOREIGN_WORDS =
  "schritt|aufgabe|paso|tarea|etapa|fase|passo|tarefa|étape|etape|tâche|stap|taak|krok|etap|шаг|этап|задача|adım|steg|vaihe|bước|langkah";
/** Ids as plans write them: T1, S-2, AUTH-01, P1-T2, 3, 2.1, 4a, B. */
export const ID = String.raw`[A-Z]{1,3}\d{1,3}[-.][A-Z]{1,3}\d{1,3}|[A-Z]{1,2}\d{1,5}(?:\.\d{1,3}){0,3}|[A-Z]{1,8}-\d{1,5}|\d{1,5}(?:\.\d{1,3}){0,4}[a-z]?`;

export interface Label {
  readonly word: string;
  readonly id: string;
  readonly title: string;
}

const LABEL = new RegExp(
  String.raw`^\[?(?:(${GROUP_WORDS}|${STEP_WORDS}|${FOREIGN_WORDS})[\s-]{0,2}#?)?\s{0,2}#?(${ID}|[A-Z](?=[:.)\]])|(?<=\p{L}\s?)[A-Z](?=\s{1,2}[–—-]))\]?(?=\s{0,2}[:：.)|–—-]|\s|、|$)(\s{0,2}[:：.)|、]+|\s{1,2}[–—-]+|[–—-]+\s|\s|$)\s{0,4}`,
  "iu",
);
/** "第1步：" and "步骤 1：". */
const CHINESE_LABEL =
  /^(?:第\s?(\d{1,3}|[一二三四五六七八九十])\s?[步阶階段]{1,2}|(?:步骤|步驟|阶段|ステップ|フェーズ|단계)\s?(\d{1,3}|[一二三四五六七八九十]))\s?[:：.、]?\s{0,4}/u;
/** Standards that look like ids. */
const NO_ID = /^(?:ERC|EIP|BIP|ISO|RFC|HTTP|SHA|UTF|AES|TLS|CVE|SWC|PCI|GPT|COVID|IPV)-?\d/i;

/**
 * Reads "Step 3: Deploy", "T1 – Deploy", "1.2 Deploy", "[A] Deploy". `null` where the text only happens to begin with a number or
 * a name: without a word before it, an id needs a mark behind it.
 */
export function labelOf(text: string): Label | null {
  const bare = withDigits(
    text
      .slice(0, 400)
      .replace(/[*_`]/g, "")
      .replace(/(\d)\ufe0f?\u20e3/gu, "$1. ")
      .replace(/^[^\p{L}\p{N}[#]{1,8}/u, "")
      .trim(),
  );
  const chinese = CHINESE_LABEL.exec(bare);
  if (chinese !== null) {
    const digit = chinese[1] ?? chinese[2] ?? "";
    const id = /\d/.test(digit) ? digit : String("一二三四五六七八九十".indexOf(digit) + 1);
    return { word: "step", id, title: bare.slice(chinese[0].length).trim() };
  }
  const found = LABEL.exec(bare);
  if (found === null) return null;
  const [whole, word = "", id = "", mark = ""] = found;
  const marked = mark.trim() !== "" || bare.startsWith("[");
  const isDotted = /^\d+\.\d/.test(id);
  if (word === "" && ((!marked && !isDotted) || NO_ID.test(id) || /^[a-z]/.test(id))) return null;
  return { word: word.toLowerCase(), id: idOf(id), title: bare.slice(whole.length).trim() };
}

/** "T01" and "T1" are one id. */
export function idOf(written: string): string {
  return written.toUpperCase().replace(/(^|[A-Z-])0+(?=\d)/g, "$1");
}

const WORDS_FROM_ONE = "one two three four five six seven eight nine ten eleven twelve".split(" ");
const ROMANS_FROM_ONE = "i ii iii iv v vi vii viii ix x xi xii".split(" ");
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
