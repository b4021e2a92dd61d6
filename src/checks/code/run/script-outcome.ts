import type { CodeCriterion } from "../../kit/criterion.ts";
import type { CodeBlock } from "../read/blocks.ts";
import { versionsOf } from "../read/versions.ts";
import { isSame } from "../values/compare.ts";
import { valueOfJson } from "../values/json.ts";
import { printed, type PromptValue } from "../values/value.ts";
import type { CriterionOutcome } from "./criterion-outcome.ts";
import { openSandbox, type Evaluated } from "./quickjs.ts";
import { beyondScript, hasNamelessExport, joined, readScript } from "./script.ts";
import { judgeScript } from "./script-criterion.ts";

interface Prepared {
  readonly code: string;
  readonly defined: ReadonlySet<string>;
  /** What some of it needs and the sandbox does not have; `null`: nothing. */
  readonly lacks: string | null;
}

/** The version of the code that counts, made ready to run; or why it cannot be. */
async function prepared(blocks: readonly CodeBlock[], criterion: string): Promise<Prepared | CriterionOutcome> {
  const read = await Promise.all(blocks.map((block) => readScript(block, blocks.length > 1)));
  const scripts = read.filter((each) => each !== null);
  const components = blocks.filter(({ language }, at) => read[at] === null || language === "jsx" || language === "tsx");
  const beyond = (await Promise.all(components.map(beyondScript))).find((each) => each !== null) ?? null;
  if (scripts.length === 0 && beyond !== null)
    return { kind: "unmade", reason: `the code cannot be run here: ${beyond}` };
  if (scripts.length === 0)
    return { kind: "not_met", found: "the code does not parse, or its types cannot be taken out" };
  const defined = new Set(scripts.flatMap(({ names }) => names));
  const wanted = new Set([...defined].filter((name) => criterion.includes(name)));
  const version = versionsOf(scripts, wanted).at(-1) ?? scripts;
  const missing = version.find(
    ({ missingModule, isDemonstration }) => missingModule !== null && !isDemonstration,
  )?.missingModule;
  if (missing != null) return { kind: "unmade", reason: `the code cannot be run here: ${missing}` };
  const lacks = beyond ?? version.find((each) => each.lacks !== null)?.lacks ?? null;
  return { code: joined(version, wanted), defined, lacks };
}

/** Why that it failed says nothing of the code; `null`: it does. */
function unmadeBy({ code, lacks }: Prepared, failed: Extract<Evaluated, { ok: false }>): CriterionOutcome | null {
  if (failed.isUnmade) return { kind: "unmade", reason: `it cannot be judged: ${failed.error}` };
  if (lacks !== null) return { kind: "unmade", reason: `the code cannot be run here: ${lacks}` };
  if (hasNamelessExport(code) && /ReferenceError: \S+ is not defined/.test(failed.error))
    return { kind: "unmade", reason: "what the code exports has no name" };
  return null;
}

export async function callInScript(
  blocks: readonly CodeBlock[],
  { call, equals }: Extract<CodeCriterion, { kind: "call" }>,
): Promise<CriterionOutcome> {
  const ready = await prepared(blocks, call);
  if ("kind" in ready) return ready;
  const sandbox = await openSandbox();
  const loaded = sandbox.run(ready.code);
  const evaluated = sandbox.evaluate(call);
  const expected = valueOfJson(equals);
  if (!evaluated.ok) {
    const unmade = unmadeBy(ready, evaluated);
    if (unmade !== null) return unmade;
    const load = loaded.ok ? "" : ` (when it is loaded, the code ${loaded.error})`;
    return { kind: "not_met", found: `${call} ${evaluated.error}; expected ${printed(expected)}${load}` };
  }
  const value = JSON.parse(evaluated.encoded) as PromptValue;
  return compared(call, value, expected, isSame(value, expected, { language: "javascript", anyOrder: false }));
}

function compared(call: string, value: PromptValue, expected: PromptValue, isEqual: boolean): CriterionOutcome {
  if (isEqual) return { kind: "met", detail: `${call} gives ${printed(value)}` };
  return { kind: "not_met", found: `${call} gives ${printed(value)}; expected ${printed(expected)}` };
}

export async function assertInScript(blocks: readonly CodeBlock[], assertion: string): Promise<CriterionOutcome> {
  const ready = await prepared(blocks, assertion);
  if ("kind" in ready) return ready;
  const outcome = await judgeScript(ready.code, ready.defined, assertion);
  if (outcome.ok) return { kind: "met", detail: "it holds" };
  const unmade = unmadeBy(ready, outcome);
  if (unmade !== null) return unmade;
  return { kind: "not_met", found: `${assertion.trim().slice(0, 200)} ${outcome.error}` };
}
