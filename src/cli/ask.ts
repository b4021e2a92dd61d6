import { readFile } from "node:fs/promises";
import type { EstimateInput } from "../core/contract.ts";
import { UNCHECKED_STEPS, type Optimize, type UncheckedStep } from "../core/task.ts";
import type { Flag, InputStream, World } from "./command.ts";
import { namesOf, parseDurationMs, parseUsd } from "./quantities.ts";
import { parseNumber, usageError } from "./usage.ts";

/** The flags that `route` and `estimate` share, parsed. */
export interface AskFlags {
  readonly task?: string;
  readonly prompt?: string;
  readonly file?: string;
  readonly budget?: number;
  readonly deadline?: number;
  readonly model?: readonly string[];
  readonly optimize?: Optimize;
  readonly patience?: "flex";
  readonly onUnchecked?: readonly UncheckedStep[];
  readonly minQuality?: number;
  readonly maxOutputTokens?: number;
  readonly context?: readonly string[];
  readonly schema?: string;
  readonly accept?: readonly string[];
  readonly json?: boolean;
}

/** The prompt may stand behind the command, quoted or in words. */
export const PROMPT_ARGUMENT = { name: "[prompt...]", about: "the prompt; also --prompt, --file or stdin" } as const;

export const JSON_FLAG: Flag = { flags: "--json", about: "print the contract's JSON" };

export const ASK_FLAGS: readonly Flag[] = [
  { flags: "-t, --task <id>", about: "task id (default auto: by the prompt)" },
  { flags: "-p, --prompt <text>", about: "the prompt; without it and --file it is read from stdin" },
  { flags: "-f, --file <path>", about: 'read the prompt from a file; "-" is stdin' },
  {
    flags: "--budget <usd>",
    about: "hard ceiling over all attempts, as 0.05 or 5c; 0: free models only",
    parse: parseUsd,
  },
  {
    flags: "--deadline <time>",
    about: "time for everything, as 30s (the default) or milliseconds",
    parse: parseDurationMs,
  },
  { flags: "--model <ids>", about: "allow-list, in order, as a,b", repeats: true },
  {
    flags: "--patience <tier>",
    about: "half price where the vendor has it, slower: give --deadline",
    choices: ["flex"],
  },
  { flags: "--optimize <what>", about: "what to prefer", choices: ["quality", "cost", "latency"] },
  {
    flags: "--on-unchecked <step...>",
    about: "what becomes of an answer that could not be checked, in order",
    choices: UNCHECKED_STEPS,
  },
  { flags: "--min-quality <score>", about: "0 to 1", parse: parseNumber },
  { flags: "--max-output-tokens <count>", about: "length of the answer", parse: parseNumber },
  { flags: "--context <file...>", about: "files that the model gets to see" },
  { flags: "--schema <file>", about: "JSON Schema that the answer must satisfy" },
  {
    flags: "--accept <file|json...>",
    about: 'criteria that the answer is held to, as JSON or files of it: {"contains": "x"}, or a list',
  },
  JSON_FLAG,
];

/** Builds the input of `route_task` or `estimate_cost` from flags, files and stdin. Throws a usage error for what cannot be read. */
export async function askOf(flags: AskFlags, world: World, words: readonly string[]): Promise<EstimateInput> {
  const prompt = await promptOf(flags, world.in, words);
  return {
    task: flags.task ?? "auto",
    prompt,
    ...given("context", flags.context === undefined ? undefined : { files: await readAll(flags.context) }),
    ...given("budget_usd", flags.budget),
    ...given("deadline_ms", flags.deadline),
    ...given("min_quality", flags.minQuality),
    ...given("models", flags.model === undefined ? undefined : [...namesOf(flags.model)]),
    ...given("optimize", flags.optimize),
    ...given("patience", flags.patience),
    ...given("on_unchecked", flags.onUnchecked === undefined ? undefined : [...flags.onUnchecked]),
    ...given("max_output_tokens", flags.maxOutputTokens),
    ...given("response_schema", flags.schema === undefined ? undefined : await readSchema(flags.schema)),
    ...given("accept", flags.accept === undefined ? undefined : await readCriteria(flags.accept)),
  };
}

/** `{key: value}`, or nothing when there is no value. */
export function given<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value });
}

async function promptOf(flags: AskFlags, input: InputStream, words: readonly string[]): Promise<string> {
  const prompts = [flags.prompt, flags.file, words[0]].filter((each) => each !== undefined);
  if (prompts.length > 1) {
    throw usageError("--prompt, --file and a prompt without a flag exclude each other: give the prompt once");
  }
  if (words.length > 0) return words.join(" ");
  if (flags.prompt !== undefined) return flags.prompt;
  if (flags.file !== undefined && flags.file !== "-") return readText(flags.file);
  return readStdin(input, "there is no prompt: write it behind the command, give --file, or pipe it in");
}

/** The text of a file, or of stdin for "-" and for none. */
export async function readInput(file: string | undefined, world: World): Promise<string> {
  return file === undefined || file === "-"
    ? readStdin(world.in, "there is no file: name one, or pipe it in")
    : readText(file);
}

async function readStdin(input: InputStream, problem: string): Promise<string> {
  if (input.isTTY === true) throw usageError(problem);
  const parts: Buffer[] = [];
  for await (const part of input) parts.push(Buffer.from(part as Uint8Array | string));
  return decode(Buffer.concat(parts), "stdin");
}

async function readAll(paths: readonly string[]): Promise<{ path: string; content: string }[]> {
  return Promise.all(paths.map(async (path) => ({ path, content: await readText(path) })));
}

async function readSchema(path: string): Promise<Record<string, unknown>> {
  const schema = parsed(await readText(path), `--schema ${path}`);
  if (isObject(schema)) return schema;
  throw usageError(`--schema ${path} must hold a JSON object`);
}

/** Each value is JSON, or a file that holds it: a criterion, or a list of them. What they mean is for the service to judge. */
async function readCriteria(values: readonly string[]): Promise<Record<string, unknown>[]> {
  const lists = values.map(async (value) => {
    const isJson = /^\s*[[{]/.test(value);
    const criteria = parsed(isJson ? value : await readText(value), `--accept ${isJson ? "" : value}`.trim());
    const list: readonly unknown[] = Array.isArray(criteria) ? criteria : [criteria];
    if (list.every(isObject)) return list;
    throw usageError(`--accept takes criteria such as {"contains": "x"}, or a list of them; got ${value}`);
  });
  return (await Promise.all(lists)).flat();
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(`${what} is not JSON: ${(error as Error).message}`);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return decode(await readFile(path), path);
  } catch (error) {
    if (error instanceof Error && "code" in error && "syscall" in error) {
      throw usageError(`cannot read ${path}: ${error.message}`);
    }
    throw error;
  }
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw usageError(`${name} is not UTF-8 text`);
  }
}
