/** What the tools call what the command line calls by a flag. */
const FLAGS: ReadonlyMap<string, string> = new Map([
  ["budget_usd", "--budget"],
  ["deadline_ms", "--deadline"],
  ["min_quality", "--min-quality"],
  ["max_output_tokens", "--max-output-tokens"],
  ["on_unchecked", "--on-unchecked"],
  ["on_below_quality", "--on-below-quality"],
  ["response_schema", "--schema"],
  ["list_models", "signalbox models"],
]);

/** A message of the service with flags in place of the fields of tools. A field of the config (`defaults.budget_usd`) stays. */
export function withFlagNames(message: string): string {
  return message
    .split(/([^\w.])/)
    .map((word) => {
      const isLast = word.endsWith(".");
      const flag = FLAGS.get(isLast ? word.slice(0, -1) : word);
      return flag === undefined ? word : `${flag}${isLast ? "." : ""}`;
    })
    .join("");
}
