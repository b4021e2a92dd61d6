import { segmentsOf } from "./scan.ts";

/** A declaration that stands on the top level of a source, or directly within a contract. */
export interface Declaration {
  /** Its first word: `contract`, `function`, `import`, …; `variable` for state variables and constants. */
  readonly kind: string;
  readonly name: string | null;
  /** How many parameters a function takes: overloads differ in it. */
  readonly parameters: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Where the text between its braces begins and ends; `null` without any. */
  readonly body: { readonly start: number; readonly end: number } | null;
}

const KEYWORD =
  /^(?:abstract\s+contract|contract|interface|library|struct|enum|error|event|function|modifier|constructor|receive|fallback|using|type|import|pragma)\b/;
/** Braces in these do not end them. */
const TO_SEMICOLON = /^(?:import|using|pragma|type|error|event)$/;

/** Comments and strings as spaces, so that what is left keeps its place. */
export function codeOnly(source: string): string {
  return segmentsOf(source)
    .map(({ kind, text }) => (kind === "code" ? text : text.replace(/[^\n]/g, " ")))
    .join("");
}

/** The declarations of a stretch of source, by their brackets alone: it need not parse. What is left open ends with the source. */
export function declarationsOf(source: string): readonly Declaration[] {
  const code = codeOnly(source);
  const found: Declaration[] = [];
  let start = -1;
  let depth = 0;
  let open = -1;
  const close = (end: number): void => {
    const text = code.slice(start, end);
    const kind = kindOf(text);
    const body = open === -1 ? null : { start: open + 1, end: Math.max(open + 1, end - 1) };
    found.push({
      kind,
      name: nameOf(kind, text),
      parameters: parametersOf(text),
      start,
      end,
      text: source.slice(start, end),
      body,
    });
    start = -1;
    open = -1;
  };
  for (let at = 0; at < code.length; at += 1) {
    const char = code.charAt(at);
    if (start === -1) {
      if (/\s/.test(char) || char === "}" || char === ";") continue;
      start = at;
      depth = 0;
    }
    if (char === "{" && depth === 0 && open === -1) open = at;
    if (char === "(" || char === "[" || char === "{") depth += 1;
    else if (char === ")" || char === "]" || char === "}") depth = Math.max(0, depth - 1);
    const ends = char === ";" || (char === "}" && !TO_SEMICOLON.test(kindOf(code.slice(start, start + 40))));
    if (depth === 0 && ends) close(at + 1);
  }
  if (start !== -1) close(code.length);
  return found;
}

function kindOf(text: string): string {
  const word = KEYWORD.exec(text)?.[0] ?? "variable";
  return word.startsWith("abstract") ? "contract" : word;
}

function nameOf(kind: string, text: string): string | null {
  if (kind === "constructor" || kind === "receive" || kind === "fallback") return kind;
  if (kind === "variable") {
    const head = text.slice(0, 400).split(/[=;]/, 1)[0] ?? "";
    // `mapping(address => uint256) public balances`: the arrow of a mapping is no assignment.
    const whole = text.startsWith("mapping") ? (text.slice(text.lastIndexOf(")")).split(/[=;]/, 1)[0] ?? "") : head;
    return /(?<![\w$])([A-Za-z_$][\w$]*)$/.exec(whole.trimEnd())?.[1] ?? null;
  }
  return /^(?:abstract\s+)?\w+\s+([A-Za-z_$][\w$]*)/.exec(text)?.[1] ?? null;
}

function parametersOf(text: string): number {
  const open = text.indexOf("(");
  const close = text.indexOf(")", open);
  const list = open === -1 || close === -1 ? "" : text.slice(open + 1, close).trim();
  return list === "" ? 0 : list.split(",").length;
}

/** Whether two declarations cannot stand side by side. */
export function isSame(one: Declaration, other: Declaration): boolean {
  if (one.name === null || one.name !== other.name) return false;
  return one.kind !== "function" || other.kind !== "function" || one.parameters === other.parameters;
}

/** Contracts, interfaces and libraries. */
export function isContract({ kind }: Declaration): boolean {
  return kind === "contract" || kind === "interface" || kind === "library";
}

/** What stands between the braces of a contract, as declarations with places within the source. */
export function membersOf(source: string, { body }: Declaration): readonly Declaration[] {
  if (body === null) return [];
  const members = declarationsOf(source.slice(body.start, body.end));
  return members.map((each) => ({
    ...each,
    start: each.start + body.start,
    end: each.end + body.start,
    body: each.body === null ? null : { start: each.body.start + body.start, end: each.body.end + body.start },
  }));
}
