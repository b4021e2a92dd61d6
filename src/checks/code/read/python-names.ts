const DEFINED = /^(?:async\s+def|def|class)\s+([A-Za-z_]\w*)/gm;

/** Functions and classes that Python code defines at its top. */
export function definedIn(code: string): readonly string[] {
  return [...code.matchAll(DEFINED)].map(([, name = ""]) => name);
}

/** The class of the code that has a method of that name and can be made without arguments, as the judges of exercises do. */
export function classWith(code: string, method: string): string | null {
  const [only, ...others] = [...code.matchAll(/^class[ \t]+([A-Za-z_]\w*)(?!\w).*:[ \t]*$/gm)];
  if (only === undefined || others.length > 0 || /^[ \t]+def[ \t]+__init__\(self\s*,/m.test(code)) return null;
  return new RegExp(String.raw`^[ \t]+def ${method}\(self\b`, "m").test(code) ? (only[1] ?? null) : null;
}
