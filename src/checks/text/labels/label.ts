/** A label that an answer may choose. */
export interface Label {
  readonly name: string;
  /** The letter or number that stands before it in the prompt's list, if any. */
  readonly key: string | null;
}

/** What a request allows. */
export interface AllowedLabels {
  readonly labels: readonly Label[];
  /** Where they were found, for people. */
  readonly from: string;
}

const MAX_LABEL_CHARS = 60;
const MAX_LABEL_WORDS = 6;
const MAX_LABELS = 300;

/** For comparison: case, spacing, hyphens, underscores, quotes and emphasis do not matter. */
export function evenedLabel(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/["'`“”‘’«»„*]/g, "")
    .replace(/[\s_‐‑–-]+/g, " ")
    .replace(/^[\s.,;:!?()[\]{}<>]+|[\s.,;:!?()[\]{}<>]+$/g, "");
}

/** A list of labels, if every item can be one and there are at least two. */
export function labelsOf(items: readonly Label[], from: string): AllowedLabels | null {
  const seen = new Set<string>();
  const labels = items.filter(({ name }) => {
    const plain = evenedLabel(name);
    if (plain === "" || seen.has(plain)) return false;
    seen.add(plain);
    return true;
  });
  const fit = labels.every(
    ({ name }) =>
      name.length <= MAX_LABEL_CHARS && name.split(/\s+/).length <= MAX_LABEL_WORDS && /[\p{L}\p{N}]/u.test(name),
  );
  return labels.length >= 2 && labels.length <= MAX_LABELS && fit ? { labels, from } : null;
}
