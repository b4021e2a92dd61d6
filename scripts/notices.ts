import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;
const RULE = "-".repeat(80);

/** Writes the licences of all packages that the bundle contains a part of, as their terms ask. */
export function writeNotices(moduleIds: readonly string[], file: string): void {
  const folders = new Set(moduleIds.flatMap((id) => packageFolderOf(id) ?? []));
  const notices = [...folders].map(noticeOf).sort((a, b) => a.title.localeCompare(b.title));
  const unique = new Map(notices.map(({ title, text }) => [title, text]));
  const parts = [...unique].map(([title, text]) => `${RULE}\n${title}\n\n${text}\n`);
  writeFileSync(file, `This package contains parts of these packages.\n\n${parts.join("\n")}`);
}

/** The folder of the package that a module belongs to; `null`: it is ours, or the bundler's own. */
function packageFolderOf(id: string): string | null {
  const path = id.replace(/^\0/, "").replace(/\?.*$/, "");
  const at = path.lastIndexOf(`${sep}node_modules${sep}`);
  if (at < 0) return null;
  const root = path.slice(0, at + sep.length + "node_modules".length + sep.length);
  const [first = "", second = ""] = path.slice(root.length).split(sep);
  return join(root, first.startsWith("@") ? join(first, second) : first);
}

function noticeOf(folder: string): { readonly title: string; readonly text: string } {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  return {
    title: `${name} ${version}, ${license ?? "licence in its text"}`,
    text: texts.join("\n\n") || `Its package names the licence and holds no text of it.`,
  };
}
