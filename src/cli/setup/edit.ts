import { isDeepStrictEqual } from "node:util";
import { isConfigObject, lineBreakOf } from "./formats/format.ts";
import type { ConfigFormat, ConfigObject, ConfigValue } from "./formats/format.ts";
import type { SetupClient } from "./client.ts";

/** The name under which clients know the server. */
export const SERVER_NAME = "signalbox";

/** What becomes of a config file's text. */
export type ConfigEdit =
  | { readonly kind: "unchanged" }
  | { readonly kind: "changed"; readonly text: string }
  | { readonly kind: "refused"; readonly problem: string };

type Place = Pick<SetupClient, "section" | "newFile">;

/** What an entry says about a server that is reached over HTTP. */
const ADDRESS_KEYS = ["url", "httpUrl", "serverUrl"];
/** What starts the server: always as it is now. Everything else that an entry holds already is the user's choice. */
const START_KEYS = ["type", "command", "args"];
const ENV_KEYS = ["env", "environment"];

/**
 * Writes the entry into a config's text; `null` is a file that is not there. What the entry holds already stays, but for how the
 * server is started; values of variables stay unless `replaceValues`.
 */
export function putEntry(
  format: ConfigFormat,
  text: string | null,
  { section, newFile }: Place,
  entry: ConfigObject,
  replaceValues: boolean,
): ConfigEdit {
  const { mark, body } = withoutMark(text);
  const before = body ?? (newFile === undefined ? "" : format.create(newFile));
  const found = look(format, before, section);
  if (found.kind === "refused") return found;
  const present = found.servers[SERVER_NAME];
  if (present !== undefined && !isConfigObject(present)) {
    return refused(`"${SERVER_NAME}" under "${section}" is no entry of a server`);
  }
  if (present !== undefined && ADDRESS_KEYS.some((key) => Object.hasOwn(present, key))) {
    return refused(`"${SERVER_NAME}" is there already, over HTTP; remove it first: signalbox setup --remove`);
  }
  const wanted = present === undefined ? entry : mergeEntries(present, entry, replaceValues);
  if (present !== undefined && isDeepStrictEqual(plain(present), plain(wanted))) return { kind: "unchanged" };
  const after = format.put(before, section, SERVER_NAME, wanted);
  return proven(format, after, section, { ...found, servers: { ...found.servers, [SERVER_NAME]: wanted } }, mark);
}

/** Takes the entry out of a config's text, and nothing else. */
export function removeEntry(format: ConfigFormat, text: string | null, { section }: Place): ConfigEdit {
  const { mark, body } = withoutMark(text);
  if (body === null) return { kind: "unchanged" };
  const found = look(format, body, section);
  if (found.kind === "refused") return found;
  if (!Object.hasOwn(found.servers, SERVER_NAME)) return { kind: "unchanged" };
  const { [SERVER_NAME]: _gone, ...servers } = found.servers;
  return proven(format, format.remove(body, section, SERVER_NAME), section, { ...found, servers }, mark);
}

interface FoundServers {
  readonly kind: "found";
  readonly servers: ConfigObject;
  /** Everything but the servers. */
  readonly rest: ConfigObject;
}

function look(
  format: ConfigFormat,
  text: string,
  section: string,
): FoundServers | Extract<ConfigEdit, { kind: "refused" }> {
  const read = format.read(text);
  if (!read.ok) return refused(`it cannot be read: ${read.problem}`);
  const { [section]: here, ...rest } = read.value;
  const servers = format.servers(here);
  return servers === null ? refused(`"${section}" is not what holds servers there`) : { kind: "found", servers, rest };
}

/** The new text, if it holds exactly what it should: no way of editing a text is trusted blindly. */
function proven(format: ConfigFormat, text: string, section: string, wanted: FoundServers, mark: string): ConfigEdit {
  const now = look(format, text, section);
  const isRight =
    now.kind === "found" &&
    isDeepStrictEqual(plain(now.servers), plain(wanted.servers)) &&
    isDeepStrictEqual(plain(now.rest), plain(wanted.rest));
  const end = text.endsWith("\n") || text === "" ? "" : lineBreakOf(text);
  if (isRight) return { kind: "changed", text: mark + text + end };
  return refused("its form is one that cannot be changed safely; change it by hand: signalbox setup --print");
}

/** Without the prototypes that parsers give their objects. */
function plain(value: ConfigValue): ConfigValue {
  if (Array.isArray(value)) return (value as readonly ConfigValue[]).map(plain);
  if (!isConfigObject(value) || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

function mergeEntries(present: ConfigObject, entry: ConfigObject, replaceValues: boolean): ConfigObject {
  const merged = new Map<string, ConfigValue>(Object.entries({ ...entry, ...present }));
  for (const key of START_KEYS) if (Object.hasOwn(entry, key)) merged.set(key, entry[key] as ConfigValue);
  for (const key of ENV_KEYS) {
    const [now, ours] = [present[key], entry[key]];
    if (!isConfigObject(now) || !isConfigObject(ours)) continue;
    const filled = Object.fromEntries(Object.entries(now).filter(([, value]) => value !== ""));
    merged.set(key, replaceValues ? { ...now, ...ours } : { ...now, ...ours, ...filled });
  }
  const [listed, ours] = [present["env_vars"], entry["env_vars"]];
  if (Array.isArray(listed) && Array.isArray(ours)) merged.set("env_vars", [...new Set([...listed, ...ours])]);
  return Object.fromEntries(merged);
}

/** A byte order mark is kept and shown to no parser. */
function withoutMark(text: string | null): { readonly mark: string; readonly body: string | null } {
  const mark = text?.startsWith("\uFEFF") ? "\uFEFF" : "";
  return { mark, body: text === null ? null : text.slice(mark.length) };
}

function refused(problem: string): Extract<ConfigEdit, { kind: "refused" }> {
  return { kind: "refused", problem };
}
