import type { CodeFile } from "../../kit/answer/code-files.ts";
import { uiFilesOf } from "../read/files.ts";
import type { VisitOrder } from "./visit.ts";

type Files = VisitOrder["files"];

const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    html: "text/html; charset=utf-8",
    css: "text/css; charset=utf-8",
    javascript: "text/javascript; charset=utf-8",
    js: "text/javascript; charset=utf-8",
    json: "application/json",
    svg: "image/svg+xml",
  }),
);
/** A file that a page loads from its own site. */
const REFERENCE = /\b(?:href|src)\s{0,3}=\s{0,3}["']?(?:\.?\/)?([\w./-]{1,200}\.(?:css|m?js))\b/gi;

/** The page of an answer and the files beside it, as a site; `null`: it has no HTML page. Components would have to be built first. */
export function siteOf(text: string): Files | null {
  const { views, all } = uiFilesOf(text);
  const pages = views.filter(({ framework, language }) => framework === "html" && language !== "svg");
  const page = pages.find(({ path }) => path !== null && /(?:^|\/)index\.html?$/i.test(path)) ?? pages[0];
  if (page === undefined) return null;
  const site = new Map<string, { readonly type: string; readonly content: string }>();
  const put = (path: string, file: CodeFile): void => {
    const type = TYPES.get(file.language ?? "") ?? "text/plain; charset=utf-8";
    if (!site.has(path)) site.set(path, { type, content: file.content });
  };
  put("/", page);
  for (const file of all) {
    if (file.path === null) continue;
    const path = file.path.replace(/^(?:\.?\/)+/, "");
    put(`/${path}`, file);
    put(`/${path.split("/").at(-1)}`, file);
  }
  for (const [, name = ""] of page.content.matchAll(REFERENCE)) {
    const language = name.endsWith(".css") ? ["css"] : ["javascript", "js"];
    const untitled = all.filter((file) => file.path === null && language.includes(file.language ?? ""));
    const [only] = untitled;
    if (only !== undefined && untitled.length === 1) put(`/${name}`, only);
  }
  return Object.fromEntries(site);
}
