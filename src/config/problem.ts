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
    this.found.push({ path: printed(path), message, expected });
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

function printed(path: Path): string {
  if (path.length === 0) return "(file)";
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}
