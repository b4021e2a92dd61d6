import { extractFiles, type CodeFile } from "../../kit/answer/code-files.ts";
import { isHtmlDocument } from "./html-tree.ts";

export type Framework = "html" | "jsx" | "vue" | "svelte";

/** A file of an answer with visible content. */
export interface ViewFile extends CodeFile {
  readonly framework: Framework;
}

/** The files of an answer by purpose. */
export interface UiFiles {
  /** The files to check: whole pages and components, or the pieces if there are none. */
  readonly views: readonly ViewFile[];
  readonly styles: readonly CodeFile[];
  readonly scripts: readonly CodeFile[];
  /** Languages of components for which there is no parser here. */
  readonly unknown: readonly string[];
  readonly all: readonly CodeFile[];
}

const STYLES = new Set(["css", "scss", "sass", "less", "postcss"]);
const SCRIPTS = new Set([
  "javascript",
  "typescript",
  "react",
  "js",
  "ts",
  "jsx",
  "tsx",
  "typescriptreact",
  "javascriptreact",
]);
const UNKNOWN = new Set(["astro", "angular", "pug", "haml", "dart", "swift", "kotlin", "php", "erb", "razor", "blade"]);
const JSX = /(?:\breturn\b|=>|[(?:&|=])[\s(]{0,40}<(?:[A-Za-z][\w.]{0,80}[\s/>]|>)/;

export function uiFilesOf(text: string): UiFiles {
  const all = extractFiles(text).filter((file) => file.content.trim() !== "");
  const views = all.flatMap((file): readonly ViewFile[] => {
    const framework = frameworkOf(file);
    return framework === null ? [] : [{ ...file, framework }];
  });
  return {
    views: wholes(views),
    styles: all.filter((file) => STYLES.has(file.language ?? "")),
    scripts: all.filter((file) => SCRIPTS.has(file.language ?? "") && frameworkOf(file) === null),
    unknown: [...new Set(all.map((file) => file.language ?? "").filter((language) => UNKNOWN.has(language)))],
    all,
  };
}

function frameworkOf({ language, content }: CodeFile): Framework | null {
  // A script that is to go into a component's file.
  if (/^(?:vue|svelte)/.test(language ?? "") && !/<[A-Za-z]/.test(content)) return null;
  if (language === "vue" || language === "vue-html") return "vue";
  if (language === "svelte") return "svelte";
  if (language === "html" || language === "xml" || language === "svg" || language === "markup") {
    if (language === "xml" && !/<(?:svg|html|body|div)\b/i.test(content)) return null;
    return isHtmlDocument(content) ? "html" : componentIn(content);
  }
  if (SCRIPTS.has(language ?? "")) return JSX.test(content) || /^\s{0,99}<[A-Za-z>]/.test(content) ? "jsx" : null;
  return null;
}

/** Single-file components often come under the tag of HTML, or under none. */
function componentIn(content: string): Framework {
  if (
    /\{[#@](?:if|each|await|key|render|html|snippet)\b|\$(?:state|props|derived)\(|\bon:[a-z]+=|\bbind:\w+=?|=\{/.test(
      content,
    )
  ) {
    return "svelte";
  }
  const isSfc = /^\s{0,99}<(?:template|script setup)\b/m.test(content);
  return isSfc && /<template\b/.test(content) && /<script\b|\{\{|v-|@click/.test(content) ? "vue" : "html";
}

/** Beside a whole page or component, small pieces only show how to use or fix it. */
function wholes(views: readonly ViewFile[]): readonly ViewFile[] {
  const whole = views.filter(isWhole);
  return whole.length > 0 ? whole : views;
}

function isWhole({ framework, content, path }: ViewFile): boolean {
  if (framework === "html") return isHtmlDocument(content);
  if (framework === "jsx")
    return /\bexport\b|\b(?:function|const|class)\s{1,5}[A-Z]\w{0,80}|\bcreateRoot\(/.test(content);
  return path !== null || /<script\b|<style\b/.test(content);
}

/** A place in a file, for a person who looks for it. */
export function placeIn(file: Pick<CodeFile, "path" | "firstLine">, line: number): string {
  return file.path === null ? `answer:${file.firstLine + line - 1}` : `${file.path}:${line}`;
}
