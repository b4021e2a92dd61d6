import { createScanner, findNodeAtLocation, parse, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Node, ParseError } from "jsonc-parser";
import { isConfigObject, lineBreakOf, positionIn } from "./format.ts";
import type { ConfigFormat, ConfigObject, ConfigValue } from "./format.ts";

/** JSON, with comments and trailing commas: `{"mcpServers": {"name": {…}}}`. */
export const json: ConfigFormat = {
  read(text) {
    if (isBlank(text)) return { ok: true, value: {} };
    const errors: ParseError[] = [];
    const value = parse(text, errors, LENIENT) as ConfigValue | undefined;
    const [first] = errors;
    if (first !== undefined) {
      const what = printParseErrorCode(first.error).replace(/(?<=[a-z])(?=[A-Z])/g, " ");
      return { ok: false, problem: `${positionIn(text, first.offset)}: ${what.toLowerCase()}` };
    }
    if (!isConfigObject(value)) return { ok: false, problem: "it holds no JSON object" };
    return { ok: true, value };
  },
  servers(section) {
    if (section === undefined) return {};
    return isConfigObject(section) ? section : null;
  },
  create: (value) => `${JSON.stringify(value, null, 2)}\n`,
  put(text, section, name, entry) {
    const whole = isBlank(text) ? `{}${lineBreakOf(text)}` : text;
    if (nodeAt(whole, [section]) === undefined) return insert(whole, [], section, { [name]: entry });
    if (nodeAt(whole, [section, name]) === undefined) return insert(whole, [section], name, entry);
    return update(whole, [section, name], entry);
  },
  remove: (text, section, name) => removeAt(text, [section, name]),
};

type JsonPath = readonly string[];

const LENIENT = { allowTrailingComma: true, allowEmptyContent: false };

function isBlank(text: string): boolean {
  return text.trim() === "";
}

function nodeAt(text: string, path: JsonPath): Node | undefined {
  const root = parseTree(text, [], LENIENT);
  return root === undefined ? undefined : findNodeAtLocation(root, [...path]);
}

/** Makes the object at `path` hold these values: each that differs is written, each that is too much is taken out. */
function update(text: string, path: JsonPath, wanted: ConfigObject): string {
  const node = nodeAt(text, path);
  const present = (node === undefined ? undefined : parse(textOf(text, node), [], LENIENT)) as ConfigValue | undefined;
  if (node === undefined || !isConfigObject(present)) return replace(text, path, wanted);
  let result = text;
  for (const key of Object.keys(present)) if (!Object.hasOwn(wanted, key)) result = removeAt(result, [...path, key]);
  for (const [key, value] of Object.entries(wanted)) {
    const now = present[key];
    if (now === undefined) result = insert(result, path, key, value);
    else if (isConfigObject(now) && isConfigObject(value)) result = update(result, [...path, key], value);
    else if (JSON.stringify(now) !== JSON.stringify(value)) result = replace(result, [...path, key], value);
  }
  return result;
}

function replace(text: string, path: JsonPath, value: ConfigValue): string {
  const node = nodeAt(text, path);
  if (node === undefined) return text;
  const printed = print(text, value, path.length);
  return text.slice(0, node.offset) + printed + text.slice(node.offset + node.length);
}

/** Puts a property first into the object at `path`: what follows, comments and commas, stays as it is. */
function insert(text: string, path: JsonPath, key: string, value: ConfigValue): string {
  const object = path.length === 0 ? parseTree(text, [], LENIENT) : nodeAt(text, path);
  if (object === undefined) return text;
  const depth = path.length + 1;
  const [unit, eol] = [indentOf(text), lineBreakOf(text)];
  const at = object.offset + 1;
  const property = `${eol}${unit.repeat(depth)}${JSON.stringify(key)}: ${print(text, value, depth)}`;
  const isEmpty = (object.children ?? []).length === 0;
  const rest = text.slice(at);
  // What stood behind the brace on its line goes to a line of its own.
  const onSameLine = /^[ \t]*(?!\r?\n|[ \t]|\/)/.test(rest);
  const end = isEmpty ? "" : ",";
  const gap = onSameLine ? `${eol}${unit.repeat(isEmpty ? depth - 1 : depth)}` : "";
  return text.slice(0, at) + property + end + gap + (onSameLine ? rest.trimStart() : rest);
}

function removeAt(text: string, path: JsonPath): string {
  const property = nodeAt(text, path)?.parent;
  if (property === undefined) return text;
  const [start, end] = [property.offset, property.offset + property.length];
  const after = commaAfter(text, end);
  if (after !== null) return cut(text, start, after);
  const siblings = property.parent?.children ?? [];
  const before = siblings[siblings.findIndex((each) => each.offset === property.offset) - 1];
  const comma = before === undefined ? null : commaAfter(text, before.offset + before.length);
  const without = cut(text, start, end);
  // The property was the last: the comma before it goes too. It stands before what was cut.
  return comma === null ? without : without.slice(0, comma - 1) + without.slice(comma);
}

/** Where the comma behind a value ends, or `null` when there is none. */
function commaAfter(text: string, offset: number): number | null {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  return text[scanner.getTokenOffset()] === "," ? scanner.getPosition() : null;
}

/** Takes a piece out, and its lines with it where nothing else stands on them. */
function cut(text: string, start: number, end: number): string {
  const lineStart = /(?:^|\n)[ \t]*$/.exec(text.slice(0, start));
  const lineEnd = /^[ \t]*\r?\n/.exec(text.slice(end));
  if (lineStart === null || lineEnd === null) return text.slice(0, start) + text.slice(end);
  const from = lineStart.index + (lineStart[0].startsWith("\n") ? 1 : 0);
  return text.slice(0, from) + text.slice(end + lineEnd[0].length);
}

function print(text: string, value: ConfigValue, depth: number): string {
  const unit = indentOf(text);
  return JSON.stringify(value, null, unit).replaceAll("\n", lineBreakOf(text) + unit.repeat(depth));
}

/** What one step inwards is in this text: the line that is indented least tells. */
function indentOf(text: string): string {
  const indents = [...text.matchAll(/\n([ \t]+)["}\]]/g)].map((match) => match[1] ?? "");
  const [least = "  "] = indents.sort((one, other) => one.length - other.length);
  return least.startsWith("\t") ? "\t" : least;
}

function textOf(text: string, node: Node): string {
  return text.slice(node.offset, node.offset + node.length);
}
