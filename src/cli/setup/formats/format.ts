/** A value of JSON, as all three formats can hold it. */
export type ConfigValue = string | number | boolean | null | readonly ConfigValue[] | ConfigObject;
export interface ConfigObject {
  readonly [key: string]: ConfigValue;
}

/** What stands in a config file, or what is wrong with its text. */
export type ReadConfig =
  | { readonly ok: true; readonly value: ConfigObject }
  | { readonly ok: false; readonly problem: string };

/**
 * How one format of config files is read and changed. `section` is the key at the top of the file under which servers stand, `name`
 * the server's name in it. Changes keep comments, order and everything else that is there. No text begins with a byte order mark.
 */
export interface ConfigFormat {
  /** Reads the text. The text itself is not repeated in a problem: it may hold a secret. */
  read(text: string): ReadConfig;
  /** The servers in a section that was read, by name; `null` when the section is not of the kind that holds servers. */
  servers(section: ConfigValue | undefined): ConfigObject | null;
  /** The text of a file that holds nothing but this. */
  create(value: ConfigObject): string;
  /** The text with `entry` as the server's entry. Only called with a text that can be read. */
  put(text: string, section: string, name: string, entry: ConfigObject): string;
  /** The text without the server. Only called with a text that has it. */
  remove(text: string, section: string, name: string): string;
}

/** Whether a value is an object, which lists are not. */
export function isConfigObject(value: ConfigValue | undefined): value is ConfigObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** "line 3, column 7", counted from 1. */
export function positionIn(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** The line break that a text uses. */
export function lineBreakOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? "\n";
}
