import { examplesIn } from "../examples/read-examples.ts";
import { isCallOfLiterals } from "../examples/calls.ts";
import type { PromptExample } from "../examples/example.ts";
import { signaturesIn } from "../examples/wanted.ts";
import { codeOf, isScript, type CodeBlock } from "../read/blocks.ts";
import { familyOf, namedLanguage } from "../read/language.ts";
import { definitionsOf } from "../read/definitions.ts";
import { classWith, definedIn } from "../read/python-names.ts";
import { versionsOf } from "../read/versions.ts";
import type { RunLanguage } from "../values/value.ts";
import { runPythonExamples, type Ran } from "./run-python-examples.ts";

/** A version of the code, with what the examples came to on it. */
export interface VersionRun {
  readonly code: string;
  readonly ran: Ran;
}

/** The examples of a prompt on the code of an answer. */
export type ExamplesRun =
  | {
      readonly kind: "run";
      readonly language: RunLanguage;
      readonly examples: readonly PromptExample[];
      /** A name that other examples call and the code does not define; `null`: there is none. */
      readonly lacking: string | null;
      /** The last one counts. */
      readonly versions: readonly VersionRun[];
    }
  /** The examples call one function, which the code does not define. */
  | { readonly kind: "undefined"; readonly name: string }
  /** No example, or no code that can be run here. */
  | { readonly kind: "nothing"; readonly reason: string };

/** Runs the examples of a prompt on every version of the code that an answer gives. */
export async function runExamples(prompt: string, text: string, signal: AbortSignal): Promise<ExamplesRun> {
  const blocks = codeOf(text);
  const language = languageToRun(prompt, blocks);
  if (language === null) return { kind: "nothing", reason: "only JavaScript, TypeScript and Python are run" };
  const examples = await examplesIn(prompt, language);
  if (examples.length === 0) return { kind: "nothing", reason: "the prompt gives no example that can be run" };
  return language === "python" ? runPython(prompt, blocks, examples, signal) : runScripts(prompt, blocks, examples);
}

function languageToRun(prompt: string, blocks: readonly CodeBlock[]): RunLanguage | null {
  const named = namedLanguage(prompt);
  const family = named === null ? null : familyOf(named);
  const runnable = new Set(
    blocks.flatMap((block) => (isScript(block) ? ["javascript"] : block.language === "python" ? ["python"] : [])),
  );
  const [only, ...others] = [...runnable];
  if (family !== null) return (family === "javascript" || family === "python") && runnable.has(family) ? family : null;
  return others.length === 0 && only !== undefined ? (only as RunLanguage) : null;
}

async function runScripts(
  prompt: string,
  blocks: readonly CodeBlock[],
  examples: readonly PromptExample[],
): Promise<ExamplesRun> {
  const { readScript, joined } = await import("./script.ts");
  const { runScriptExamples } = await import("./run-script-examples.ts");
  const scripts = blocks.filter(isScript);
  if (scripts.some(({ language }) => language === "jsx" || language === "tsx"))
    return { kind: "nothing", reason: "components are not run" };
  const read = (await Promise.all(scripts.map((block) => readScript(block, scripts.length > 1)))).filter(
    (each) => each !== null,
  );
  if (read.length === 0) return { kind: "nothing", reason: "the code cannot be made ready to run" };
  const wanted = new Set(examples.map(({ name }) => name));
  const defined = new Set(read.flatMap(({ names }) => names));
  const usable = examples.filter(({ name }) => defined.has(name));
  const missing = read.find(
    (each) => each.missingModule !== null && (read.length === 1 || each.names.some((name) => wanted.has(name))),
  );
  if (missing !== undefined) return { kind: "nothing", reason: missing.missingModule ?? "" };
  if (usable.length === 0) return noneDefined(prompt, examples, defined);
  const versions: VersionRun[] = [];
  for (const version of versionsOf(read, wanted)) {
    const code = joined(version, wanted);
    const lacks = version.find((each) => each.lacks !== null)?.lacks ?? null;
    versions.push({ code, ran: await runScriptExamples(code, lacks, usable) });
  }
  return { kind: "run", language: "javascript", examples: usable, lacking: lackingOf(examples, usable), versions };
}

async function runPython(
  prompt: string,
  blocks: readonly CodeBlock[],
  examples: readonly PromptExample[],
  signal: AbortSignal,
): Promise<ExamplesRun> {
  const python = blocks
    .filter(({ language, content }) => language === "python" && !/^\s*>>>/.test(content))
    .map((block) => ({ block, names: definedIn(block.content) }));
  const wanted = new Set(examples.map(({ name }) => name));
  const isMethod = (name: string): boolean => python.some(({ block }) => classWith(block.content, name) !== null);
  const defined = new Set(python.flatMap(({ names }) => names));
  const usable = examples.filter(({ name }) => defined.has(name) || isMethod(name));
  if (usable.length === 0) return noneDefined(prompt, examples, defined);
  const versions: VersionRun[] = [];
  for (const version of versionsOf(python, wanted)) {
    const parts = version.filter(({ names }) => names.length > 0 || version.length === 1);
    const code = await definitionsOf(withImports(prompt, parts.map(({ block }) => block.content).join("\n\n")));
    const calls = usable.map((example) => onInstance(example, code));
    versions.push({ code, ran: await runPythonExamples(code, calls, signal) });
  }
  return { kind: "run", language: "python", examples: usable, lacking: lackingOf(examples, usable), versions };
}

const IMPORT = /^(?:from [\w.]+ import [\w, *]+|import [\w., ]+)$/gm;

/** The imports that the code of the prompt begins with hold for an answer that only completes it. */
function withImports(prompt: string, code: string): string {
  const missing = [...new Set(prompt.match(IMPORT) ?? [])].filter((line) => !code.includes(line));
  if (missing.length === 0 || code.includes("from __future__")) return code;
  return `${missing.map((line) => `try:\n    ${line}\nexcept ImportError:\n    pass\n`).join("")}${code}`;
}

/** A method that an exercise's class has is called on a new instance. */
function onInstance(example: PromptExample, code: string): PromptExample {
  if (definedIn(code).includes(example.name)) return example;
  const owner = classWith(code, example.name);
  return owner === null ? example : { ...example, call: `${owner}().${example.call}`, name: owner };
}

function lackingOf(examples: readonly PromptExample[], usable: readonly PromptExample[]): string | null {
  return examples.find((example) => !usable.includes(example))?.name ?? null;
}

/** The answer defines nothing of what the examples call: certain where they call one name with literals, and the prompt shows no other. */
function noneDefined(prompt: string, examples: readonly PromptExample[], defined: ReadonlySet<string>): ExamplesRun {
  const [first, ...others] = [...new Set(examples.map(({ name }) => name))];
  const isOther = signaturesIn(prompt).some(({ name }) => name !== first && defined.has(name));
  const isPlain = examples.every(({ setup, call, name }) => setup.length === 0 && isCallOfLiterals(call, name));
  if (first !== undefined && others.length === 0 && !isOther && isPlain && defined.size > 0)
    return { kind: "undefined", name: first };
  return { kind: "nothing", reason: "the answer does not define what the examples call" };
}
