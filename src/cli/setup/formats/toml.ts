import { parse, stringify, TomlError } from "smol-toml";
import { isConfigObject, lineBreakOf } from "./format.ts";
import type { ConfigFormat, ConfigObject } from "./format.ts";

/** TOML: `[mcp_servers.name]`, with tables below it. Tables are written as blocks; all other lines stay as they are. */
export const toml: ConfigFormat = {
  read(text) {
    try {
      return { ok: true, value: parse(text, { integersAsBigInt: "asNeeded" }) as ConfigObject };
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      return { ok: false, problem: `line ${error.line}, column ${error.column}: it is not TOML` };
    }
  },
  servers(section) {
    if (section === undefined) return {};
    return isConfigObject(section) ? section : null;
  },
  create: (value) => stringify(value),
  put(text, section, name, entry) {
    const eol = lineBreakOf(text);
    const block = stringify({ [section]: { [name]: entry } })
      // The empty table around it is implied.
      .replace(`[${section}]\n`, "")
      .trim()
      .replaceAll("\n", eol);
    const { kept, at } = withoutBlocks(text, section, name);
    const [before, after] = [kept.slice(0, at).trimEnd(), kept.slice(at)];
    const start = before === "" ? "" : `${before}${eol}${eol}`;
    return `${start}${block}${eol}${after.trim() === "" ? "" : `${eol}${after.trimStart()}`}`;
  },
  remove(text, section, name) {
    const { kept, at } = withoutBlocks(text, section, name);
    const [before, after] = [kept.slice(0, at), kept.slice(at)];
    const eol = lineBreakOf(text);
    if (after.trim() === "") return before.trim() === "" ? "" : `${before.trimEnd()}${eol}`;
    return before.trim() === "" ? after.trimStart() : `${before.trimEnd()}${eol}${eol}${after.trimStart()}`;
  },
};

const HEADER = /^[ \t]*\[\[?([^\n\]]+)\]\]?[ \t]*(?:#[^\n]*)?$/;

/**
 * The text without the lines of the server's tables, and where the first of them stood (the end, when there is none). A table ends
 * before the comment that belongs to the next one. A header in a text of several lines would deceive this: the caller compares
 * what the result holds with what it should.
 */
function withoutBlocks(text: string, section: string, name: string): { readonly kept: string; readonly at: number } {
  const lines = text.split(/(?<=\n)/);
  const kept: string[] = [];
  let at: number | null = null;
  let length = 0;
  /** Blank lines and comments of a table that is taken out: they stay when another table follows them. */
  let pending: string[] | null = null;
  for (const line of lines) {
    const header = headerOf(line);
    if (header !== null && header[0] === section && header[1] === name) {
      at ??= length;
      pending = [];
      continue;
    }
    if (pending !== null && header === null) {
      pending = /^\s*(?:#.*)?$/.test(line.trimEnd()) ? [...pending, line] : [];
      continue;
    }
    for (const each of [...(pending ?? []), line]) {
      kept.push(each);
      length += each.length;
    }
    pending = null;
  }
  const result = kept.join("");
  return { kept: result, at: at ?? result.length };
}

/** The words of a table's header, or `null` for any other line. */
function headerOf(line: string): readonly string[] | null {
  const inner = HEADER.exec(line.trimEnd())?.[1];
  if (inner === undefined) return null;
  const words = [...inner.matchAll(/"([^"\\]*)"|'([^']*)'|([A-Za-z0-9_-]+)/g)];
  return words.map(([, quoted, literal, bare]) => quoted ?? literal ?? bare ?? "");
}
