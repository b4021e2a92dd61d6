import { defineRule, type Violation } from "../../kit/rule.ts";
import { placeOf, type View } from "../read/read-ui.ts";
import { loadScriptParser, type ScriptNode } from "../read/script.ts";
import { GLOBAL_FUNCTIONS, METHODS_IN_HANDLERS } from "./browser-globals.ts";
import { namesIn } from "./names-used.ts";
import { scriptsOf, type PageInput } from "./page-input.ts";

/** A component that is used and neither imported nor defined. */
export const undefinedComponent = defineRule<PageInput>({
  id: "web/undefined-component",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "A JSX, Svelte or Vue component that the file neither imports nor defines",
    why: "Rendering it throws a ReferenceError, or shows nothing in Vue; with types it does not compile.",
    references: ["https://react.dev/reference/react/createElement"],
  },
  good: [
    { answer: "```tsx\nimport { Button } from './button';\nexport const Tea = () => <Button>Brew</Button>;\n```" },
    { answer: "```tsx\n<Button>Brew</Button>\n```" },
    {
      answer:
        "```tsx\nexport const Tea = ({ as: Tag }: Props) => <Tag><Ui.Text>Brew</Ui.Text></Tag>;\nconst Ui = { Text: 'p' };\n```",
    },
  ],
  bad: [
    {
      answer:
        "```tsx\nimport { Card } from './card';\nexport const Tea = () => <Card><Button>Brew</Button></Card>;\n```",
    },
    {
      answer:
        "```svelte\n<script>\n  import Card from './Card.svelte';\n</script>\n<Card><Button>Brew</Button></Card>\n```",
    },
  ],
  run: ({ ui }) =>
    ui.pages.flatMap((view) => {
      const missing = new Map(
        componentsOf(view)
          .filter(({ name }) => !isDeclared(view, name, ui.pages))
          .map((each) => [each.name, each]),
      );
      return [...missing.values()].map(({ name, line }) => ({
        message: `${placeOf(view, line)}: <${name}> is neither imported nor defined`,
      }));
    }),
});

/** Components of Vue itself, of its router, of Nuxt and of libraries that are registered as a whole. */
const GLOBAL_IN_VUE =
  /^(?:Transition|TransitionGroup|KeepAlive|Teleport|Suspense|Component|Slot|Template|RouterLink|RouterView|ClientOnly|Head|Title|Meta|Nuxt\w*|[A-Z][A-Z]?[A-Z][a-z]\w*|El[A-Z]\w*|Icon)$/;

/** Whether a Vue component imports others one by one: then those that it does not import are not registered for all. */
function importsComponents(view: View): boolean {
  const used = new Set(view.elements.map(({ tag }) => tag));
  return view.scripts.some(({ program }) =>
    (program["body"] as readonly ScriptNode[]).some(
      (node) =>
        node.type === "ImportDeclaration" &&
        /^(?:\.|[@~]\/)/.test(String((node["source"] as ScriptNode)["value"])) &&
        (node["specifiers"] as readonly ScriptNode[]).some(({ local }) =>
          used.has(String((local as ScriptNode)["name"])),
        ),
    ),
  );
}

interface NameUse {
  readonly name: string;
  readonly line: number;
}

/** Components that a view uses, by the first part of their names. */
function componentsOf(view: View): readonly NameUse[] {
  // A piece without an import is to be put into a file that has them.
  if (view.framework === "jsx" && !/^\s{0,20}import\b/m.test(view.file.content)) return [];
  if (view.framework === "svelte" && !/<script\b/.test(view.file.content)) return [];
  if (view.framework === "html" || (view.framework === "vue" && !importsComponents(view))) return [];
  return view.elements
    .filter(({ tag }) => /^[A-Z]/.test(tag) && !(view.framework === "vue" && GLOBAL_IN_VUE.test(tag)))
    .map(({ tag, line }) => ({ name: tag.split(".")[0] ?? tag, line }));
}

/** Whether a file names it other than as a tag; pieces without a path may share one file. */
function isDeclared(view: View, name: string, pages: readonly View[]): boolean {
  const inMarkup = new RegExp(`(?:#snippet|@const|\\bas|let:)\\s{0,5}${name.replaceAll("$", "\\$")}(?![\\w$])`);
  const files = view.file.path === null ? pages : [view];
  return files.some(
    ({ scripts, file, framework }) =>
      scripts.some(({ program }) => namesIn(program).known.has(name)) ||
      (framework === "svelte" && inMarkup.test(file.content)),
  );
}

/** A function that a page's own scripts or handlers call and that is nowhere. */
export const undefinedFunction = defineRule<PageInput>({
  id: "web/undefined-function",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "A call of a function that neither the answer nor the browser has",
    why: "The call throws a ReferenceError, and what it should do does not happen.",
    references: ["https://developer.mozilla.org/docs/Web/JavaScript/Reference/Errors/Not_defined"],
  },
  good: [
    {
      answer:
        "```html\n<button onclick=\"brew()\">Brew</button><script>function brew() { alert('Tea'); }</script>\n```",
    },
    { answer: '```html\n<script src="https://cdn.example.com/tea.js"></script><script>brewTea(1);</script>\n```' },
    { answer: '```html\n<form><button type="button" onclick="reset()">Clear</button></form>\n```' },
  ],
  bad: [
    { answer: "```html\n<button id=\"go\">Go</button><script>go.addEventListener('click', startGame);</script>\n```" },
    { answer: '```html\n<button onclick="brew()">Brew</button>\n```' },
    {
      answer:
        '```html\n<p id="n">0</p><script>setInterval(() => { n.textContent = nextNumber(1); }, 1000);</script>\n```',
    },
    {
      answer:
        "```tsx\nimport { Card } from './card';\nexport const Tea = () => { const [n] = useState(0); return <Card>{n}</Card>; };\n```",
    },
  ],
  async run(input) {
    const parse = await loadScriptParser();
    const pages = input.ui.pages.filter(({ framework }) => framework === "html" || framework === "jsx");
    const all = scriptsOf(input).map(({ program }) => namesIn(program));
    const isKnown = (name: string): boolean => all.some(({ known }) => known.has(name)) || isElsewhere(name, input);
    const whole = pages.filter((view) => isSelfContained(view, input));
    return whole.flatMap((view) => {
      const inScripts = view.scripts.flatMap(({ program }) =>
        namesIn(program).calls.map((call) => ({ ...call, isHandler: false })),
      );
      const inHandlers = handlersOf(view).flatMap(({ code, line }) => {
        const parsed = parse(code, { jsx: false, typescript: false });
        return parsed.ok ? namesIn(parsed.program).calls.map(({ name }) => ({ name, line, isHandler: true })) : [];
      });
      return missingCalls(view, [...inScripts, ...inHandlers], isKnown);
    });
  },
});

function missingCalls(
  view: View,
  calls: readonly (NameUse & { readonly isHandler: boolean })[],
  isKnown: (name: string) => boolean,
): readonly Violation[] {
  const missing = new Map<string, number>();
  for (const { name, line, isHandler } of calls) {
    const isGlobal = GLOBAL_FUNCTIONS.has(name) || (isHandler && METHODS_IN_HANDLERS.has(name));
    if (!isGlobal && !missing.has(name) && !isKnown(name)) missing.set(name, line);
  }
  return [...missing].map(([name, line]) => ({
    message: `${placeOf(view, line)}: ${name}() is called, and nothing defines it`,
  }));
}

/** Whether the request, or other code of the answer, mentions a function: it may already exist. */
function isElsewhere(name: string, { ui, prompt }: PageInput): boolean {
  const views = new Set(ui.views.map(({ content }) => content));
  return prompt.includes(name) || ui.all.some(({ content }) => !views.has(content) && content.includes(name));
}

/** Whether a view holds every script that runs in it, and all of them were read; another file may define anything. */
function isSelfContained(view: View, { ui, files }: PageInput): boolean {
  if (files.length > 0 || view.problems.some(({ problem }) => problem.startsWith("script: "))) return false;
  if (view.framework === "jsx") return /^\s{0,20}import\b/m.test(view.file.content);
  const parsed = view.elements.filter((each) => each.tag === "script" && !each.attrs.has("src")).length;
  const isOpen = view.elements.some((each) => each.tag === "script" && each.attrs.has("src")) || ui.unread.length > 0;
  // A piece is put into a page that may have scripts of its own; its own script then stands in it as well.
  return !isOpen && (view.isPage || parsed > 0 || !/\bon[a-z]+=/.test(view.file.content) || ui.scripts.length === 0);
}

function handlersOf(view: View): readonly { readonly code: string; readonly line: number }[] {
  if (view.framework !== "html") return [];
  return view.elements.flatMap(({ attrs, line }) =>
    [...attrs].flatMap(([name, code]) => (/^on[a-z]+$/.test(name) && code !== null ? [{ code, line }] : [])),
  );
}
