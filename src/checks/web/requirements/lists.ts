const OPENED =
  /\b(?:const|let|var) (\w{1,60})(?:\s?:\s?[^=\n;]{1,80})?\s?=\s?(?:(?:ref|reactive|\$state)(?:<[^()\n]{1,60}>)?\()?(?=\[)/g;
const MAPPED = /\b(\w{1,60})\??\.map\(|v-for=["'][^"'\n]{1,80}\s(?:in|of)\s(\w{1,60})|\{#each\s(\w{1,60})/g;
const MAX_LIST_CHARS = 20_000;

/** How many items the only literal list has that the code renders; `null` where there is not exactly one. */
export function onlyListOf(source: string): number | null {
  const mapped = new Set([...source.matchAll(MAPPED)].map((match) => match[1] ?? match[2] ?? match[3] ?? ""));
  const lists = [...source.matchAll(OPENED)].filter((match) => mapped.has(match[1] ?? ""));
  const [only] = lists;
  if (only === undefined || lists.length > 1) return null;
  if (new RegExp(`\\b${only[1]}(?:\\.value)?\\.(?:push|concat|unshift|splice)\\b|\\.\\.\\.${only[1]}\\b`).test(source))
    return null;
  return itemsIn(source.slice(only.index + only[0].length, only.index + only[0].length + MAX_LIST_CHARS));
}

/** Items of the list that the code begins with. */
function itemsIn(code: string): number | null {
  let depth = 0;
  let items = 0;
  let isFilled = false;
  let quote = "";
  for (let at = 0; at < code.length; at += 1) {
    const sign = code[at] ?? "";
    if (quote !== "") {
      if (sign === "\\") at += 1;
      else if (sign === quote) quote = "";
      continue;
    }
    if (/\s/.test(sign)) continue;
    if (depth === 1 && sign === "." && code.startsWith("...", at)) return null;
    if (depth === 1 && sign === ",") {
      items += isFilled ? 1 : 0;
      isFilled = false;
      continue;
    }
    if (/["'`]/.test(sign)) quote = sign;
    if (/[[{(]/.test(sign)) depth += 1;
    else if (/[\]})]/.test(sign)) depth -= 1;
    if (depth === 0) return items + (isFilled ? 1 : 0);
    if (depth > 1 || sign !== "[") isFilled = true;
  }
  return null;
}
