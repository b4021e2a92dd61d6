/** How the keys of vendors begin. */
const PREFIX = /^(?:sk|pk|rk|gsk|tgp|xai|hf|r8|pplx|nvapi|AIza|AKIA|ASIA|ABSK|Bearer |eyJ)[-_A-Za-z0-9 ]*\S{8}/;

/** Whether a text is a key rather than a name: it begins as keys do, or it is long, with digits and letters of both cases mixed. */
export function looksLikeKey(text: string): boolean {
  if (PREFIX.test(text) && text.length >= 16) return true;
  if (text.length < 24 || /\s/.test(text) || !/\d/.test(text)) return false;
  return (/[a-z]/.test(text) && /[A-Z]/.test(text)) || /^[0-9a-f-]+$/i.test(text);
}

/** A key as people set it, or why it is none. Continues a sentence that begins with the variable's name; never shows the key. */
export type ReadKey = { readonly key: string } | { readonly problem: string };

/** Reads a key that was set by hand: quotes around it go, and what only stands for a key is told apart. */
export function readKey(text: string): ReadKey {
  const key = unquoted(text.trim()).trim();
  if (key === "") return { problem: "is blank" };
  const reference = /^(?:\$\{[^}]*\}|\$[A-Za-z_]\w*|%\w+%|\{\{[^}]*\}\}|\$\([^)]*\))$/.test(key);
  // What stands there is the name of a variable, not a secret.
  if (reference) return { problem: `holds ${key.slice(0, 60)} as it is written: nothing has put the key in its place` };
  if (isPlaceholder(key)) return { problem: "holds a placeholder, not a key" };
  if (!/^[\x21-\x7e]+$/.test(key)) return { problem: "has characters that no key can have" };
  return { key };
}

function unquoted(text: string): string {
  const quote = text[0] ?? "";
  return text.length > 1 && `"'\``.includes(quote) && text.endsWith(quote) ? text.slice(1, -1) : text;
}

/** "your key", "paste the token". */
const ASKS_FOR_KEY = new Set(["your", "insert", "put", "paste", "enter", "replace"]);
const NAMES_OF_KEYS = new Set(["key", "token", "secret"]);

function isPlaceholder(key: string): boolean {
  if (/\.\.\.|…|\*{3}|^<.*>$|^\[.*\]$/.test(key)) return true;
  const words = key
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, " ")
    .trim();
  if (
    /^(?:x+|sk x+|todo|none|null|undefined|changeme|change me|replace me|replaceme|api key|key here|placeholder)$/.test(
      words,
    )
  )
    return !/\d/.test(key);
  if (/\bkey (?:goes )?here\b/.test(words)) return true;
  const all = words.split(" ");
  const asked = all.findIndex((word) => ASKS_FOR_KEY.has(word));
  return asked !== -1 && all.slice(asked + 1).some((word) => NAMES_OF_KEYS.has(word));
}
