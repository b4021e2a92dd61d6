import { failToMend, fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { jsonOf } from "../../kit/answer/json.ts";
import { splitPrompt } from "../text/split-prompt.ts";

const ASKED =
  /\b(?:return|output|respond|reply|answer|give|produce|format(?:ted)?|provide|write|print|emit|put|generate|deliver)\b[^.\n]{0,60}(?<!from |this |following |the )\bjson\b|\b(?:as|into|to) (?:an? |single |one |valid |strict |raw |pure |well-formed |compact |minified |flat |nested )*json\b|\bin (?:a |valid |strict |raw |pure )*json\b|\bjson (?:only|object with|array (?:of|with)|list of|with (?:the )?(?:following )?(?:keys|fields))/i;
const NOT_ASKED =
  /\bjson ?l(?:ines)?\b|\bndjson\b|\bjson5\b|\b(?:not|no|without|instead of) (?:\w+ )?json\b|\bfrom json\b/i;
const MAX_DEPTH = 20;

/** Where the prompt asks for JSON, the answer is JSON, with the keys that the prompt names. */
export const jsonAsked = legacy({
  name: "json_asked",
  kind: "gate",
  cap: 0.2,
  maxChars: 2_000_000,
  applies: ({ prompt, context, responseSchema }) =>
    responseSchema === null && isAsked(`${splitPrompt(prompt).instruction}\n${context.system ?? ""}`),
  run({ text, prompt, context }) {
    const answer = jsonOf(text);
    if (!answer.ok) return fail(answer.problem, { repair: answer.problem });
    if (typeof answer.value !== "object" || answer.value === null) return pass("is JSON");
    const said = `${splitPrompt(prompt).instruction}\n${context.system ?? ""}`;
    const asked = keysAsked(said);
    const present = new Set<string>();
    if (!collectKeys(answer.value, present, 0)) return notChecked("the JSON is too deep to look for its keys");
    const missing = asked.filter((key) => !present.has(evened(key)));
    const unnamed = Array.isArray(answer.value) ? [] : itemsWithoutKey(said, present);
    if (unnamed.length > 0) {
      const problem = `the JSON has no key for ${unnamed.map((item) => `"${item}"`).join(", ")}, which the prompt asks for`;
      return failToMend(problem);
    }
    if (asked.length === 0 || (Array.isArray(answer.value) && answer.value.length === 0)) return pass("is JSON");
    if (missing.length > 0) {
      const problem = `the JSON lacks ${missing.map((key) => `"${key}"`).join(", ")}, which the prompt asks for`;
      return failToMend(problem);
    }
    return pass(`is JSON with ${asked.join(", ")}`);
  },
});

function isAsked(said: string): boolean {
  return ASKED.test(said) && !NOT_ASKED.test(said);
}

/** Keys that the instruction lists: "with keys name, email and phone", "fields: `name`, `email`". */
function keysAsked(said: string): readonly string[] {
  if (/\b(?:optional|omit|if (?:present|available|known|any)|where available|leave out)\b/i.test(said)) return [];
  const list =
    /\b(?:keys|fields|properties|attributes)\b[\s:(]{1,4}(?:are |named |called |of )?((?:[`"']?[a-zA-Z_]\w{0,40}[`"']?(?:\s\([^()\n]{0,60}\))?(?:,\s*(?:and\s+)?|\s+and\s+)){1,30}[`"']?[a-zA-Z_]\w{0,40}[`"']?)(?=[\s.)\n;:]|$)/.exec(
      said,
    );
  if (list === null) return [];
  const names = (list[1] ?? "").replace(/\([^()]*\)/g, "").split(/,\s*(?:and\s+)?|\s+and\s+/);
  return names.map((name) => name.replace(/[`"'\s]/g, "")).filter((name) => name !== "");
}

const ITEMS =
  /\bextract (?:only )?(?:the |all )?((?:[\p{L}_-]{2,20} ){0,2}[\p{L}_-]{2,20}(?:, (?:and )?(?:the )?(?:[\p{L}_-]{2,20} ){0,2}[\p{L}_-]{2,20}){0,12}(?: and (?:the )?(?:[\p{L}_-]{2,20} ){0,2}?[\p{L}_-]{2,20})?)(?= (?:as|in|into|to|from|of|for|and (?:return|output|give))\b|[.:\n]|$)/iu;

/** Items of "extract invoice number, date and total" that no key speaks of; a key that speaks of no item may stand for one. */
function itemsWithoutKey(said: string, keys: ReadonlySet<string>): readonly string[] {
  if (/\b(?:optional|omit|if (?:present|available|known|any)|where available|leave out|keys?|fields?)\b/i.test(said))
    return [];
  const items = (ITEMS.exec(said.replace(/ ?\([^()\n]{0,60}\)/g, ""))?.[1] ?? "")
    .split(/, (?:and )?|\sand\s/)
    .map((item) => item.replace(/^the /i, ""));
  if (items.length < 2 || keys.size === 0 || ["value", "field", "key"].some((key) => keys.has(key))) return [];
  const stems = items.map((item) =>
    item
      .toLowerCase()
      .split(/[\s_-]/)
      .map((one) => one.slice(0, 4)),
  );
  const without = items.filter((_, at) => ![...keys].some((key) => stems[at]?.some((stem) => key.includes(stem))));
  const spare = [...keys].filter((key) => !stems.flat().some((stem) => key.includes(stem)));
  return without.length > spare.length ? without : [];
}

function collectKeys(value: unknown, keys: Set<string>, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (depth > MAX_DEPTH) return false;
  return Object.entries(value).every(([key, inner]) => {
    if (!Array.isArray(value)) keys.add(evened(key));
    return collectKeys(inner, keys, depth + 1);
  });
}

function evened(key: string): string {
  return key.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
