import type { Format, Plan } from "../read/plan.ts";

const VERB = String.raw`\b(?:return|output|respond|reply|answer|format(?:ted)?|produce|give|write|present|deliver|express|provide|render|draw|show|list|plan|result|structure[d]?)\b(?![^.!?\n]{0,60}\b(?:export|import|stor\w+|pars\w+|convert\w*|serializ\w*|logs?|api|endpoint|files?|save[sd]?|load\w*|ingest\w*|config\w*|migrat\w+|from|reads?|accepts?|database)\b)[^.!?\n]{0,60}?\b(?:as|in|with|only|valid|strict|raw|a|use|using|include)\s+(?:\w+ )?`;
/** "Return JSON", with nothing between. */
const DIRECT = String.raw`\b(?:return|output|respond with|reply with|answer with|emit)\s+(?:only |valid |raw |strict |pure |a |an |the plan as |it as ){0,3}`;
const NOT_DATA = String.raw`(?![ -]?(?:api|columns?|schemas? (?:registry|of the)|files?|endpoints?|pars\w+|logs?|serial\w+|config\w*|export|import|fields?|logging|support|feed|payloads?))\b`;
const PATTERNS: readonly (readonly [Format, RegExp])[] = [
  [
    "json",
    new RegExp(
      `${VERB}json\\b${NOT_DATA}|^\\s*(?:only )?json only\\b|\\bjson (?:array|object) (?:of|with) (?:steps|tasks|phases)|\\bonly (?:valid )?json\\b|${DIRECT}json\\b${NOT_DATA}`,
      "im",
    ),
  ],
  ["yaml", new RegExp(`${VERB}yaml\\b${NOT_DATA}|\\bonly (?:valid )?yaml\\b|${DIRECT}yaml\\b${NOT_DATA}`, "im")],
  [
    "table",
    /\b(?:as|in|with|using|use|return|produce|give|write|output|provide|create)\s+(?:me )?(?:a |one )?(?:single )?(?:markdown |md )table\b|\b(?:as|in) (?:a )?(?:table|tabular)(?: form(?:at)?)?\b(?! (?:called|named|of users|for users|in the database))/i,
  ],
  ["mermaid", /\bmermaid\b/i],
];
const NEGATED = /\b(?:no|not|n't|without|avoid|never|instead of|rather than)\b[^.,;\n]{0,30}$/i;
const ALTERNATIVE = /^[^.\n]{0,20}\bor\b|^\s*(?:renderer|plugin|editor|library|support|integration|parser)\b/i;

/** Forms that the prompt asks for and the answer does not have. */
export function missingFormats(prompt: string, plan: Plan): readonly string[] {
  const text = prompt.slice(0, 20_000);
  return PATTERNS.flatMap(([format, pattern]) => {
    const found = pattern.exec(text);
    if (found === null || NEGATED.test(text.slice(Math.max(0, found.index - 60), found.index))) return [];
    if (/\b(?:no|not|without|avoid)\b[^.]{0,20}$/i.test(found[0].replace(/\w+$/, ""))) return [];
    const after = text.slice(found.index + found[0].length, found.index + found[0].length + 40);
    if (ALTERNATIVE.test(after) || plan.formats.has(format)) return [];
    return [`the prompt asks for ${NAMES[format]}, and there is none`];
  });
}

const NAMES: Readonly<Record<Format, string>> = {
  json: "JSON (valid, whole)",
  yaml: "YAML",
  table: "a table",
  mermaid: "a Mermaid diagram",
  list: "a list",
  headings: "headings",
};
