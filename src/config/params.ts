import type { Path, Problems } from "./problem.ts";

const PROMPT = "is what Signalbox sends itself";
const LIMIT = "is set by Signalbox, which holds money for it";
const WIRE = "has a setting of its own";

/** Parameters that the config may not give, with the reason: the prompt, the limits, and what would multiply the bill. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ["model", PROMPT],
  ["messages", PROMPT],
  ["system", PROMPT],
  ["prompt", PROMPT],
  ["input", PROMPT],
  ["contents", PROMPT],
  ["systeminstruction", PROMPT],
  ["stream", WIRE],
  ["streamoptions", "is set by Signalbox"],
  ["maxtokens", LIMIT],
  ["maxcompletiontokens", LIMIT],
  ["maxoutputtokens", LIMIT],
  ["n", LIMIT],
  ["bestof", LIMIT],
  ["candidatecount", LIMIT],
]);

/** Gemini keeps its limits one level deeper. */
const NESTED: ReadonlySet<string> = new Set(["generationconfig"]);

/** The parameters without those that the config may not give; these are told to `problems`. */
export function readParams(
  params: Readonly<Record<string, unknown>>,
  path: Path,
  problems: Problems,
): Readonly<Record<string, unknown>> {
  for (const [name, value] of Object.entries(params)) {
    const plain = name.replaceAll(/[_-]/g, "").toLowerCase();
    const reason = RESERVED.get(plain);
    if (reason !== undefined) problems.add([...path, name], reason, "parameters beside those of Signalbox");
    else if (NESTED.has(plain) && typeof value === "object" && value !== null && !Array.isArray(value)) {
      readParams(value as Readonly<Record<string, unknown>>, [...path, name], problems);
    }
  }
  return params;
}
