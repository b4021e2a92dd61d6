import { isMap, isSeq, parseDocument, stringify, type Document, type YAMLMap, type YAMLSeq } from "yaml";
import { isConfigObject, lineBreakOf } from "./format.ts";
import type { ConfigFormat, ConfigObject, ConfigValue } from "./format.ts";

/** YAML with a list of servers, each of which holds its name: `mcpServers: [{name: …, command: …}]`. */
export const yaml: ConfigFormat = {
  read(text) {
    const document = parseDocument(text);
    const [first] = document.errors;
    if (first !== undefined) {
      const [start] = first.linePos ?? [];
      const where = start === undefined ? "" : `line ${start.line}, column ${start.col}: `;
      return { ok: false, problem: `${where}it is not YAML (${first.code.toLowerCase().replaceAll("_", " ")})` };
    }
    const value = document.toJS() as ConfigValue;
    if (value === null) return { ok: true, value: {} };
    return isConfigObject(value) ? { ok: true, value } : { ok: false, problem: "it holds no mapping" };
  },
  servers(section) {
    if (section === undefined || section === null) return {};
    if (!Array.isArray(section)) return null;
    const named = (section as readonly ConfigValue[]).filter(isConfigObject);
    return Object.fromEntries(
      named.map(({ name, ...entry }) => [typeof name === "string" ? name : JSON.stringify(name), entry]),
    );
  },
  create: (value) => stringify(value),
  put(text, section, name, entry) {
    const document = parseDocument(text);
    if (document.contents === null) document.contents = document.createNode({}) as unknown as typeof document.contents;
    const list = listIn(document, section);
    const wanted = { name, ...entry };
    const item = itemOf(list, name);
    if (item === null) list.add(document.createNode(wanted));
    else update(document, item, wanted);
    return print(document, text);
  },
  remove(text, section, name) {
    const document = parseDocument(text);
    const list = listIn(document, section);
    list.items = list.items.filter((item) => !(isMap(item) && item.get("name") === name));
    return print(document, text);
  },
};

/** As the text was written, as far as a printer can: no line is broken, and lists and braces keep their spacing. */
function print(document: Document, text: string): string {
  const printed = document.toString({
    lineWidth: 0,
    flowCollectionPadding: !/[{[][^\s}\]]/.test(text),
    indentSeq: !hasFlushList(text),
  });
  return printed.replaceAll(/\r?\n/g, lineBreakOf(text));
}

/** Whether a list stands as far to the left as the key that it belongs to. */
function hasFlushList(text: string): boolean {
  const lines = text.split(/\r?\n/).filter((line) => !line.trimStart().startsWith("#"));
  return lines.some(
    (line, index) => /^\S/.test(line) && line.trimEnd().endsWith(":") && lines[index + 1]?.startsWith("- "),
  );
}

function listIn(document: Document.Parsed | Document, section: string): YAMLSeq {
  const present: unknown = document.get(section);
  if (isSeq(present)) return present;
  const made = document.createNode([]) as YAMLSeq;
  document.set(section, made);
  return made;
}

function itemOf(list: YAMLSeq, name: string): YAMLMap | null {
  return list.items.find((item): item is YAMLMap => isMap(item) && item.get("name") === name) ?? null;
}

/** Sets what differs, one value at a time: comments stay where they are. */
function update(document: Document, map: YAMLMap, wanted: ConfigObject): void {
  const present = map.toJS(document) as ConfigObject;
  for (const key of Object.keys(present)) if (!Object.hasOwn(wanted, key)) map.delete(key);
  for (const [key, value] of Object.entries(wanted)) {
    const inner: unknown = map.get(key);
    if (isMap(inner) && isConfigObject(value)) update(document, inner, value);
    else if (JSON.stringify(present[key]) !== JSON.stringify(value)) map.set(key, document.createNode(value));
  }
}
