/** Keeps the entries that were used last, and at most so many. */
export class BoundedCache<Value> {
  readonly #most: number;
  readonly #entries = new Map<string, { readonly value: Value }>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The entry, in a box: its value may be `undefined` or `null`. */
  get(key: string): { readonly value: Value } | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#most && oldest !== undefined) this.#entries.delete(oldest);
  }
}
