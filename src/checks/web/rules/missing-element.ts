import { defineRule } from "../../kit/rule.ts";
import { placeOf, type Script, type View } from "../read/read-ui.ts";
import { isNode, nodesWithin, type ScriptNode } from "../read/script.ts";
import { scriptsOf, type PageInput } from "./page-input.ts";

/** A script that looks an element up by an id that is nowhere, and uses what it found without asking whether it is there. */
export const missingElement = defineRule<PageInput>({
  id: "web/missing-element",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "A script uses the element of an id that neither the page nor a script makes",
    why: "The lookup gives null, and using it throws a TypeError that ends the script.",
    references: ["https://developer.mozilla.org/docs/Web/API/Document/getElementById#return_value"],
  },
  good: [
    { answer: "```html\n<p id=\"tea\"></p><script>document.getElementById('tea').textContent = 'Tea';</script>\n```" },
    {
      answer: "```html\n<script>const t = document.getElementById('tea'); if (t) t.textContent = 'Tea';</script>\n```",
    },
    {
      answer:
        "```html\n<div id=\"box\"></div><script>box.innerHTML = '<p id=\"tea\"></p>'; document.getElementById('tea').textContent = 'Tea';</script>\n```",
    },
  ],
  bad: [
    {
      answer: "```html\n<p id=\"coffee\"></p><script>document.getElementById('tea').textContent = 'Tea';</script>\n```",
    },
    {
      answer:
        "```html\n<button id=\"go\">Go</button><script>const stop = document.getElementById('stop');\nstop.addEventListener('click', () => alert('Stopped'));</script>\n```",
    },
  ],
  run(input) {
    if (input.files.length > 0) return [];
    const { ui } = input;
    const ids = new Set(ui.pages.flatMap(({ elements }) => elements.flatMap(({ attrs }) => attrs.get("id") ?? [])));
    const scripts = scriptsOf(input);
    const texts = scripts.flatMap(({ program }) => textsIn(program));
    return ui.pages.filter(isWhole).flatMap((view) => {
      const missing = view.scripts
        .flatMap(lookupsIn)
        .filter(({ id }) => !ids.has(id) && !texts.some((text) => mayMake(text, id)));
      return [...new Map(missing.map((each) => [each.id, each])).values()].map(({ id, line }) => ({
        message: `${placeOf(view, line)}: the script uses the element with the id "${id}", and there is none`,
      }));
    });
  },
});

/** What another file or a template engine brings into the page is not seen here. */
function isWhole(view: View): boolean {
  return (
    view.framework === "html" &&
    !view.elements.some((each) => each.tag === "script" && each.attrs.has("src")) &&
    !/\{\{|\{%|<%/.test(view.file.content)
  );
}

interface Lookup {
  readonly id: string;
  readonly line: number;
}

/** Lookups by a literal id whose result is used as if it were there. */
function lookupsIn({ program }: Script): readonly Lookup[] {
  const uses = new Map<string, { plain: number; safe: number }>();
  const members = new Set<unknown>();
  const found: (Lookup & { readonly variable: string | null })[] = [];
  for (const node of nodesWithin(program)) {
    if (node.type === "MemberExpression" && isNode(node["object"])) {
      const id = idLookedUp(node["object"]);
      if (id !== null) found.push({ id, line: node.loc?.start.line ?? 1, variable: null });
      if (node["object"].type === "Identifier") members.add(node["object"]);
    }
    if (
      node.type === "VariableDeclarator" &&
      isNode(node["init"]) &&
      isNode(node["id"]) &&
      node["id"].type === "Identifier"
    ) {
      const id = idLookedUp(node["init"]);
      if (id !== null) {
        members.add(node["id"]);
        found.push({ id, line: node.loc?.start.line ?? 1, variable: String(node["id"]["name"]) });
      }
    }
    // Keys and members of the same name are no uses of the variable, and count as careful ones all the same.
    if (node.type === "Identifier") {
      const name = String(node["name"]);
      const use = uses.get(name) ?? { plain: 0, safe: 0 };
      uses.set(name, use);
      if (members.has(node)) use.plain += 1;
      else use.safe += 1;
    }
  }
  return found.filter(({ variable }) => {
    if (variable === null) return true;
    const use = uses.get(variable);
    return use !== undefined && use.safe === 0 && use.plain > 1;
  });
}

/** The id of `document.getElementById("…")` or `document.querySelector("#…")`. */
function idLookedUp(node: ScriptNode): string | null {
  const callee = node["callee"];
  const [argument] = (node["arguments"] ?? []) as readonly ScriptNode[];
  if (node.type !== "CallExpression" || !isNode(callee) || callee.type !== "MemberExpression") return null;
  const { object, property } = callee as unknown as { readonly object: ScriptNode; readonly property: ScriptNode };
  if (object["name"] !== "document" || argument?.type !== "StringLiteral") return null;
  const value = String(argument["value"]);
  if (property["name"] === "getElementById") return value;
  return property["name"] === "querySelector" ? (/^#([\w-]+)$/.exec(value)?.[1] ?? null) : null;
}

/** Texts of a script other than ids that are only looked up; `null` in one stands for what a run fills in. */
function textsIn(program: ScriptNode): readonly string[] {
  const lookedUp = new Set<unknown>();
  const texts: string[] = [];
  for (const node of nodesWithin(program)) {
    if (idLookedUp(node) !== null) lookedUp.add((node["arguments"] as readonly unknown[])[0]);
    if (node.type === "StringLiteral" && !lookedUp.has(node)) texts.push(String(node["value"]));
    if (node.type === "TemplateElement") texts.push((node["value"] as { readonly raw: string }).raw);
    // An id that is put together of parts may be any.
    if (node.type === "AssignmentExpression" && isNode(node["left"]) && isNode(node["right"])) {
      const property = node["left"]["property"] as ScriptNode | undefined;
      if (property?.["name"] === "id" && node["right"].type !== "StringLiteral") texts.push(ANY_ID);
    }
  }
  return texts;
}

const ANY_ID = "\uE000";
/** The end of a template part after which an id is filled in. */
const OPEN_ID = /\bid\s{0,3}=\s{0,3}\\?["']?([\w-]*)$/;

/** Whether a text of a script may be what gives an element that id. */
function mayMake(text: string, id: string): boolean {
  if (text === ANY_ID || text.includes(id)) return true;
  const begun = OPEN_ID.exec(text.slice(-200))?.[1];
  return begun !== undefined && id.startsWith(begun);
}
