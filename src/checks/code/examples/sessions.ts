import { literalOf } from "../values/literal.ts";
import type { RunLanguage } from "../values/value.ts";
import { canonicalCall } from "./calls.ts";
import { PLAIN, THROWS, type PromptExample } from "./example.ts";

const PROMPT_MARK = /^\s*>>>\s?(.*)$/;
const GOES_ON = /^\s*\.\.\.\s?(.*)$/;
const ENDS = /^\s*(?:$|>>>|"""|'''|\*\/|```|~~~|\*\s*$)/;
/** More lines of output belong to no example that is read. */
const MOST_OUTPUT_LINES = 12;

/** The calls of interpreter sessions (`>>> f(1)` above what it prints). What a session does before a call is its setup. */
export function sessionsIn(lines: readonly string[], language: RunLanguage): readonly PromptExample[] {
  const found: PromptExample[] = [];
  let setup: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const statement = PROMPT_MARK.exec(lines[at] ?? "")?.[1];
    if (statement === undefined) {
      if (/^\s*(?:```|~~~)/.test(lines[at] ?? "")) setup = [];
      continue;
    }
    const parts = [statement];
    for (let more = GOES_ON.exec(lines[at + 1] ?? ""); more !== null; more = GOES_ON.exec(lines[at + 1] ?? "")) {
      parts.push(more[1] ?? "");
      at += 1;
    }
    const source = parts.join("\n").trimEnd();
    const output = outputAt(lines, at + 1);
    const name = /^(?:await\s+|print\()?([A-Za-z_$][\w$]*)/.exec(source)?.[1];
    const expected = output.length === 0 ? undefined : expectedOf(output);
    if (name !== undefined && expected !== undefined && isExpression(source)) {
      const call = canonicalCall(source.replace(/;$/, "").replace(/^await\s+/, ""), language);
      found.push({ ...PLAIN, call, name, expected, setup, isSession: true });
      setup = [];
    } else if (source.trim() !== "") {
      setup.push(source);
    }
  }
  return found;
}

function outputAt(lines: readonly string[], from: number): readonly string[] {
  const output: string[] = [];
  for (let at = from; at < lines.length && output.length < MOST_OUTPUT_LINES; at += 1) {
    const line = lines[at] ?? "";
    if (ENDS.test(line)) break;
    output.push(line.replace(/^\s*\*\s(?=\S)/, "").trim());
  }
  return output;
}

function expectedOf(output: readonly string[]): PromptExample["expected"] | undefined {
  const [first = ""] = output;
  if (first.startsWith("Traceback (most recent call last)")) return THROWS;
  return literalOf(output.join(" ")) ?? literalOf(first.replace(/(?<!\s)\s+(?:#|\/\/)[^]*/, ""));
}

/** A call, as far as can be told without a parser: no assignment, no statement, no comparison with what it comes to. */
function isExpression(source: string): boolean {
  return (
    /^(?:await\s+)?[A-Za-z_$][\w$.]*\(/.test(source) &&
    /\)\s*;?$/.test(source) &&
    !/^(?:print|assert|for|if|while|with)\b/.test(source) &&
    !source.includes("\n")
  );
}
