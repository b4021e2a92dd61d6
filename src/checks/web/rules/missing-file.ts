import { defineRule } from "../../kit/rule.ts";
import { word } from "../read/element.ts";
import { placeOf, type View } from "../read/read-ui.ts";
import { isNode } from "../read/script.ts";
import { asksForOneHtmlFile } from "../read/request.ts";
import type { PageInput } from "./page-input.ts";

/** Styles, scripts and modules that the answer relies on and does not give. */
export const missingFile = defineRule<PageInput>({
  id: "web/missing-file",
  severity: "serious",
  certainty: "fact",
  docs: {
    summary:
      "The page loads a local style sheet, script or module that is not in the answer. A fact where one HTML file was asked for, else a hint: the file may be the user's own",
    why: "Without the file the page has no styles, or does nothing.",
  },
  good: [
    {
      prompt: "A single HTML file about tea.",
      answer: '```html\n<link rel="stylesheet" href="https://cdn.example.com/tea.css"><h1>Tea</h1>\n```',
    },
    {
      prompt: "A page about tea.",
      answer: '```html\n<link rel="stylesheet" href="tea.css"><h1>Tea</h1>\n```\n\n```css\nh1 { color: green; }\n```',
    },
  ],
  bad: [
    {
      prompt: "A single HTML file about tea.",
      answer: '```html\n<link rel="stylesheet" href="tea.css"><h1>Tea</h1>\n```',
    },
    { prompt: "A page about tea.", answer: '```html\n<h1>Tea</h1><script src="./js/tea.js"></script>\n```' },
    {
      prompt: "A tea card.",
      answer: "```tsx\nimport { Leaf } from './leaf';\nexport const Card = () => <Leaf />;\n```",
    },
  ],
  run({ ui, files, prompt }) {
    const isOneFile = asksForOneHtmlFile(prompt);
    return ui.pages.flatMap((view) =>
      [...new Map(referencesOf(view).map((each) => [each.path, each])).values()]
        .filter(({ path, kind }) => {
          const name = baseName(path);
          const isGiven = [...ui.all, ...files].some((file) => file.path !== null && baseName(file.path) === name);
          const untitled = ui.all.some(
            (file) => file.path === null && file.content !== view.file.content && kind.includes(file.language ?? " "),
          );
          return !isGiven && !untitled && !prompt.includes(fileName(path));
        })
        .map(({ path, line }) => ({
          message: `${placeOf(view, line)}: ${path} is used and not given`,
          ...(isOneFile && view.isPage && files.length === 0 ? {} : { certainty: "hint" as const }),
        })),
    );
  },
});

interface FileReference {
  readonly path: string;
  readonly line: number;
  /** Languages in which a file without a name may be the missing one. */
  readonly kind: readonly string[];
}

const STYLES = ["css", "scss", "sass", "less"];
const SCRIPTS = ["javascript", "typescript", "js", "ts", "jsx", "tsx"];
const COMPONENTS = [...STYLES, ...SCRIPTS, "vue", "svelte", "json"];
/** A path on this site: no scheme, no host, no template. */
const LOCAL = /^(?!\/\/)(?![a-z][a-z0-9+.-]{0,20}:)[^{}<>#?][^{}<>]{0,300}$/i;

function referencesOf(view: View): readonly FileReference[] {
  const inMarkup =
    view.framework !== "html"
      ? []
      : view.elements.flatMap((each): readonly FileReference[] => {
          const isStyle = each.tag === "link" && word(each, "rel") === "stylesheet";
          if (!isStyle && each.tag !== "script") return [];
          const path = each.attrs.get(isStyle ? "href" : "src") ?? "";
          return LOCAL.test(path) ? [{ path, line: each.line, kind: isStyle ? STYLES : SCRIPTS }] : [];
        });
  const imported = view.scripts.flatMap(({ program }) =>
    (Array.isArray(program["body"]) ? (program["body"] as readonly unknown[]) : [])
      .filter(isNode)
      .flatMap((node): readonly FileReference[] => {
        const source =
          node.type === "ImportDeclaration" && isNode(node["source"]) ? String(node["source"]["value"]) : "";
        return /^\.{1,2}\//.test(source) && node["importKind"] !== "type"
          ? [{ path: source, line: node.loc?.start.line ?? 1, kind: COMPONENTS }]
          : [];
      }),
  );
  return [...inMarkup, ...imported];
}

function fileName(path: string): string {
  return path.split(/[?#]/)[0]?.split("/").at(-1) ?? path;
}

/** The last part of a path, without its query and ending. */
function baseName(path: string): string {
  return fileName(path).replace(/\.[a-z0-9]{1,8}$/i, "");
}
