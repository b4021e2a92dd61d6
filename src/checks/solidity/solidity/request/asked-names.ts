import { codeOnly } from "../declarations.ts";

/** What a request spells out as code: "`withdrawAll()`", "`event Saved(address,uint256)`", "`error TooLate()`". */
export interface AskedName {
  readonly kind: "function" | "event" | "error" | "any";
  readonly name: string;
  /** `null`: the request says nothing of its parameters. */
  readonly parameters: number | null;
}

const SPELLED = /`([^`\n]{1,120})`/g;
const CALL = /(?:^|\s)([A-Za-z_]\w{1,60})\(([^()]{0,100})\)/;
const BARE_CALL = /(?<![\w`.])([a-z]\w{2,60})\((\s*|[a-zA-Z_][\w ,[\]]{0,90})\)/g;
const MAX_NAMES = 40;

/** Functions, events and errors that a request names as code. Words in prose are none. */
export function askedNames(prose: string): readonly AskedName[] {
  const found = new Map<string, AskedName>();
  const add = (kind: AskedName["kind"], name: string, list: string | null): void => {
    const parameters = list === null ? null : list.trim() === "" ? 0 : list.split(",").length;
    if (found.size < MAX_NAMES && !found.has(name))
      found.set(name, { kind, name, parameters: parameters === 0 ? null : parameters });
  };
  for (const [, text = ""] of prose.matchAll(SPELLED)) {
    const call = CALL.exec(text);
    const kind = /^(event|error|function)\b/.exec(text.trim())?.[1] as AskedName["kind"] | undefined;
    if (
      call !== null &&
      !/^(?:require|assert|revert|keccak256|constructor|mapping|receive|fallback)$/.test(call[1] ?? "")
    )
      add(kind ?? "any", call[1] ?? "", call[2] ?? "");
  }
  for (const [, name = "", list = ""] of prose.replace(SPELLED, " ").matchAll(BARE_CALL)) {
    if (!/^(?:require|assert|revert|keccak256|constructor|mapping|receive|fallback|uint\d*|address)$/.test(name))
      add("any", name, list);
  }
  return [...found.values()];
}

/** Whether a name is declared in the code as that kind. */
export function isDeclared({ kind, name }: AskedName, sources: readonly string[]): boolean {
  const kinds = kind === "any" ? "function|event|error" : kind;
  const code = sources.map(codeOnly).join("\n");
  return (
    new RegExp(`\\b(?:${kinds})\\s+${name}\\s*\\(`).test(code) ||
    new RegExp(`\\bpublic\\b[^;(){}]{0,80}\\b${name}\\s*[;=]`).test(code)
  );
}
