/** A function that a prompt shows with the names of its parameters. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly string[];
}

const PARAMETER = String.raw`(?:\*{0,2}|\.\.\.)[A-Za-z_$][\w$]*\??(?:\s*:[^,()=\n]{1,80})?(?:\s*=\s*[^,()\s][^,()\n]{0,39})?`;
const SIGNED = new RegExp(
  String.raw`(?<![\w$.])([A-Za-z_$][\w$]*)(?:\s*=\s*(?:async\s*)?)?\s?(?:<[^<>()\n]{1,80}>)?\(\s*(?:(${PARAMETER}(?:\s*,\s*${PARAMETER}){0,7})\s*(?:,\s*)?)?\)`,
  "g",
);
const NO_NAME =
  /^(?:if|for|while|switch|function|return|async|await|assert|expect|that|which|to|in|and|or|the|a|an|it|with|console|error|math|array|object|string|number|map|set|promise|o|log|print|len|range|list|dict|int|str|float|main|catch|def|not|is|returns?)$/i;
const LITERALS = /^(?:true|false|null|none|undefined|nan|infinity)$/i;
const SCANNED_CHARS = 20_000;

/** The functions that a prompt shows by `name(parameter, …)`, in order, the first form of each. */
export function signaturesIn(prompt: string): readonly Signature[] {
  const found = new Map<string, Signature>();
  for (const [, name = "", list = ""] of prompt.slice(0, SCANNED_CHARS).matchAll(SIGNED)) {
    if (NO_NAME.test(name) || found.has(name)) continue;
    const parameters = list
      .split(",")
      .map((each) =>
        each
          .replace(/[?:=].*/s, "")
          .replace(/^[\s.*]+/, "")
          .trim(),
      )
      .filter((each) => each !== "" && each !== "self" && each !== "cls");
    if (parameters.some((each) => LITERALS.test(each))) continue;
    found.set(name, { name, parameters });
  }
  return [...found.values()];
}

const CALLED = /\b(?:called|named) `?([A-Za-z_$][\w$]*)`?/;
const NAMED = /\b(?:function|method|helper|utility) `([A-Za-z_$][\w$]*)`/;

/** The one function that a prompt speaks of; its parameters are `null` where it does not show them. */
export function onlyFunctionIn(
  prompt: string,
): { readonly name: string; readonly parameters: readonly string[] | null } | null {
  const signatures = signaturesIn(prompt);
  const [first] = signatures;
  if (first !== undefined) return signatures.length === 1 ? first : null;
  const name = CALLED.exec(prompt)?.[1] ?? NAMED.exec(prompt)?.[1];
  return name === undefined || NO_NAME.test(name) ? null : { name, parameters: null };
}
