const MOST_PATH_CHARS = 1024;

/** What is wrong with a path or a glob as the caller wrote it, before any file is looked at; or `null`. */
export function pathProblem(path: string): string | null {
  if (path === "") return "is empty";
  if (path.length > MOST_PATH_CHARS) return `is longer than ${MOST_PATH_CHARS} characters`;
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(path)) return "holds a control or invisible character";
  if (path.includes("\\")) return "holds a backslash: write / between folders";
  if (path.includes(":")) return "holds a colon";
  if (path !== path.normalize("NFKC")) return "holds characters that read as others: write them in their plain form";
  const parts = path.split("/");
  if (parts.includes("..")) return "holds ..: name the file from its root";
  if (parts.some((part) => part !== "." && /[. ]$/.test(part))) return "has a part that ends in a dot or a blank";
  return null;
}

/** Whether a path from the root is matched by a glob of `*`, `?` and `**`. What begins with a dot must be named. */
export function matchesGlob(path: string, glob: string): boolean {
  let open = new Set([0]);
  const wanted = glob.split("/").filter((part) => part !== "." && part !== "");
  const skip = (at: Set<number>): Set<number> => {
    for (const index of at) if (wanted[index] === "**") at.add(index + 1);
    return at;
  };
  open = skip(open);
  for (const part of path.split("/")) {
    const next = new Set<number>();
    for (const index of open) {
      const pattern = wanted[index];
      if (pattern === undefined) continue;
      if (pattern === "**") {
        if (!part.startsWith(".")) next.add(index);
      } else if ((!part.startsWith(".") || pattern.startsWith(".")) && matchesPart(part, pattern)) next.add(index + 1);
    }
    open = skip(next);
  }
  return open.has(wanted.length);
}

/** Greedy: goes back to the last `*` only, so that the time is the product of both lengths. */
function matchesPart(text: string, pattern: string): boolean {
  let at = 0;
  let of = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (pattern[of] === "*") {
      star = of++;
      resume = at;
    } else if (pattern[of] === "?" || (of < pattern.length && pattern[of] === text[at])) {
      of++;
      at++;
    } else if (star !== -1) {
      of = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[of] === "*") of++;
  return of === pattern.length;
}
