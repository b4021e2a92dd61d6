import { extractFiles, type CodeFile } from "../extract.ts";
import { isHtmlDocument } from "./tree.ts";

/** The user interface of an answer. */
export interface UiAnswer {
  /** What is judged: the whole pages, or the pieces of HTML where there is no page. */
  readonly html: readonly CodeFile[];
  /** Languages of components that need a compiler of their own: `jsx`, `vue`, … */
  readonly components: readonly string[];
}

const COMPONENT_LANGUAGES = new Set(["jsx", "tsx", "vue", "svelte", "astro", "angular"]);
const SCRIPTS = new Set(["javascript", "typescript", "react"]);

export function uiOf(text: string): UiAnswer {
  const files = extractFiles(text);
  const html = files.filter((file) => file.language === "html" && file.content.trim() !== "");
  const pages = html.filter((file) => isHtmlDocument(file.content));
  const components = files.map(componentLanguage).filter((language) => language !== null);
  return { html: pages.length > 0 ? pages : html, components: [...new Set(components)] };
}

function componentLanguage(file: CodeFile): string | null {
  const { language, content } = file;
  if (language === null) return null;
  if (COMPONENT_LANGUAGES.has(language)) return language;
  return SCRIPTS.has(language) && /\breturn\b[\s(]{0,40}<[A-Za-z>]/.test(content) ? "jsx" : null;
}

export function whyNotHtml(ui: UiAnswer): string {
  return `the answer is ${ui.components.join(" and ")}, for which there is no parser here yet`;
}
