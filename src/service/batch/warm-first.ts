import type { PromptPrefix } from "../../core/prompt-prefix.ts";

/**
 * Of the tasks of a batch that begin with the same long text, the first one runs alone: by its end the vendor has kept the text, and
 * the others read it from there. Side by side each of them would pay for it in full.
 */
export class WarmFirst {
  readonly #shared: ReadonlySet<string>;
  readonly #firsts = new Map<string, Promise<unknown>>();

  constructor(prefixes: readonly (PromptPrefix | undefined)[]) {
    const keys = prefixes.flatMap((prefix) => prefix?.key ?? []);
    this.#shared = new Set(keys.filter((key, index) => keys.indexOf(key) !== index));
  }

  isShared(prefix: PromptPrefix | undefined): boolean {
    return prefix !== undefined && this.#shared.has(prefix.key);
  }

  /** Runs the work of a task: at once, or when the first task with its prefix has ended, well or badly. */
  async run<Result>(prefix: PromptPrefix | undefined, work: () => Promise<Result>): Promise<Result> {
    if (prefix === undefined || !this.isShared(prefix)) return work();
    const first = this.#firsts.get(prefix.key);
    if (first !== undefined) {
      await first;
      return work();
    }
    const done = work();
    this.#firsts.set(
      prefix.key,
      done.catch(() => undefined),
    );
    return done;
  }
}
