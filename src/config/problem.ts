/** One thing that is wrong with the config, for people to act on. */
export interface ConfigProblem {
  /** Where: `models[0].prices.input_usd_per_mtok`, a variable's name, or `(file)` for the file as a whole. */
  readonly path: string;
  /** What is wrong; continues a sentence that begins with the path. Never shows a secret. */
  readonly message: string;
  /** What would be right. */
  readonly expected: string;
}

/** Steps into the file: keys and list positions. */
export type Path = readonly (string | number)[];

/** Collects problems. One place is told only once: what follows from a problem that is already known is left out. */
export class Problems {
  readonly found: ConfigProblem[] = [];
  readonly #paths: string[] = [];

  add(path: Path, message: string, expected: string): void {
    const key = keyOf(path);
    this.#paths.push(key);
    this.found.push({ path: printed(path), message: clipped(message), expected: clipped(expected) });
  }

  /** Whether this place, or something around it, has a problem already. */
  has(path: Path): boolean {
    const key = keyOf(path);
    return this.#paths.some((other) => key.startsWith(other));
  }

  /** Adds unless this place, something in it or something around it has a problem already. */
  addUnlessKnown(path: Path, message: string, expected: string): void {
    const key = keyOf(path);
    const known = this.#paths.some((other) => other.startsWith(key) || key.startsWith(other));
    if (!known) this.add(path, message, expected);
  }
}

function keyOf(path: Path): string {
  return path.map((step) => `${step}\n`).join("");
}

/** A name that is quoted may be of any length. */
const MOST_TOLD_CHARS = 1000;

function clipped(text: string): string {
  return text.length > MOST_TOLD_CHARS ? `${text.slice(0, MOST_TOLD_CHARS)}…` : text;
}

/** Steps of a path are cut after so many characters. */
const MOST_STEP_CHARS = 80;

function printed(path: Path): string {
  if (path.length === 0) return "(file)";
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : keyIn(step, index === 0))).join("");
}

/** Keys that would not be seen for what they are stand in quotes: `[""]`, `["a.b"]`. */
function keyIn(step: string, first: boolean): string {
  const key = step.length > MOST_STEP_CHARS ? `${step.slice(0, MOST_STEP_CHARS)}…` : step;
  if (!/^[^\s.[\]"]+$/.test(key)) return `[${JSON.stringify(key)}]`;
  return first ? key : `.${key}`;
}
