import type { ScriptProgram } from "./script-program.ts";

/** Modules whose place the sandbox takes. */
const PROVIDED = /^(?:node:)?assert(?:\/strict)?$/;
/** What only a browser or a server has, or a test runner. */
const BEYOND =
  /^(?:structuredClone|Intl|URL|URLSearchParams|TextEncoder|TextDecoder|Buffer|crypto|performance|AbortController|Blob|FormData|Headers|Request|Response|EventTarget|Event|Worker|MessageChannel|WebAssembly|btoa|atob|sessionStorage|requestAnimationFrame|customElements|HTMLElement|jest|vi|sinon|chai|document|window|fetch|XMLHttpRequest|process|Deno|Bun|localStorage|WebSocket|navigator)$/;

/** A module that a script loads and the sandbox does not have; `null`: none. `severalFiles`: a relative import is of another one. */
export function missingModule(program: ScriptProgram, severalFiles: boolean): string | null {
  for (const statement of program.body) {
    const source = "source" in statement ? statement.source : null;
    if (source == null || PROVIDED.test(source.value)) continue;
    if (!source.value.startsWith(".") || !severalFiles) return `it imports ${source.value}`;
  }
  for (const { required } of namesUsed(program))
    if (required !== null && !PROVIDED.test(required)) return `it loads ${required}`;
  return null;
}

/** What some of a script uses and only a browser or a server has; `null`: nothing. */
export function missingGlobal(program: ScriptProgram, declared: readonly string[] = []): string | null {
  for (const { name, required } of namesUsed(program))
    if (required === null && BEYOND.test(name) && !declared.includes(name)) return `it uses ${name}`;
  return null;
}

/** Names whose members are used or that are called (`document.body`, `fetch(…)`), and what `require` is asked for. */
function* namesUsed(program: ScriptProgram): Generator<{ readonly name: string; readonly required: string | null }> {
  const open: unknown[] = [program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (Array.isArray(node)) open.push(...(node as readonly unknown[]));
    if (typeof node !== "object" || node === null || !("type" in node)) continue;
    const each = node as Readonly<Record<string, unknown>> & { readonly type: string };
    for (const [key, value] of Object.entries(each)) if (key !== "loc" && typeof value === "object") open.push(value);
    const target =
      each.type === "CallExpression" || each.type === "NewExpression"
        ? each["callee"]
        : each.type === "MemberExpression"
          ? each["object"]
          : null;
    const { type, name } = (target ?? {}) as { readonly type?: string; readonly name?: string };
    if (type !== "Identifier" || name === undefined) continue;
    const [argument] = (each["arguments"] ?? []) as readonly { readonly value?: unknown }[];
    const required = name === "require" && typeof argument?.value === "string" ? argument.value : null;
    if (name !== "require" || required !== null) yield { name, required };
  }
}
