import type { Criterion } from "../checks/kit/criterion.ts";
import { wordsOf } from "../checks/kit/criterion-words.ts";
import type { Context, ContextFile } from "../checks/kit/request-context.ts";
import type { MediaFile } from "./media.ts";
import type { RenderedPrompt } from "./request.ts";
import { estimateTokens, maxTokens } from "./tokens.ts";

/** The context as sent, sorted; or what is wrong with it. */
export type ParsedContext =
  | { readonly ok: true; readonly context: Context }
  | { readonly ok: false; readonly problem: string };

/** Above this, in UTF-16 units, a context is refused before its tokens are counted: no window holds it. */
export const MAX_INPUT_CHARS = 16_000_000;

const EMPTY_CONTEXT: Context = { system: null, files: [], notes: [], tests: [] };

/** Sorts `context` of a tool call into system text, files and everything else. */
export function parseContext(raw: string | Readonly<Record<string, unknown>> | undefined): ParsedContext {
  if (raw === undefined) return { ok: true, context: EMPTY_CONTEXT };
  if (typeof raw === "string") {
    return {
      ok: true,
      context: { ...EMPTY_CONTEXT, notes: raw.trim() === "" ? [] : [{ key: "context", value: raw }] },
    };
  }
  if (raw === null || typeof raw !== "object" || Array.isArray(raw)) {
    return { ok: false, problem: "context must be a text or an object such as {system, files: [{path, content}]}" };
  }
  const { system, files, ...others } = raw;
  if (system !== undefined && system !== null && typeof system !== "string")
    return { ok: false, problem: "context.system must be a string" };
  const parsedFiles = parseFiles(files);
  if (typeof parsedFiles === "string") return { ok: false, problem: parsedFiles };
  const notes = Object.entries(others).map(([key, value]) => ({ key, value }));
  return { ok: true, context: { system: system ?? null, files: parsedFiles, notes, tests: [] } };
}

function parseFiles(files: unknown): readonly ContextFile[] | string {
  if (files === undefined || files === null) return [];
  if (!Array.isArray(files)) return "context.files must be a list of {path, content}";
  const parsed: ContextFile[] = [];
  for (const [index, file] of (files as readonly unknown[]).entries()) {
    const { path, content, ...notes } = (file ?? {}) as Record<string, unknown>;
    if (typeof path !== "string" || typeof content !== "string") {
      return `context.files[${index}] must be {path: string, content: string}`;
    }
    parsed.push(Object.keys(notes).length === 0 ? { path, content } : { path, content, notes });
  }
  return parsed;
}

/**
 * Renders a request for any vendor: system text for the system field, and one user message of files (fenced, with their paths),
 * the other keys, the prompt, what the answer will be held to, and the schema that it must match.
 */
export function render(
  prompt: string,
  context: Context,
  responseSchema: Readonly<Record<string, unknown>> | null,
  accept: readonly Criterion[] = [],
  answerForm: string | null = null,
  media: readonly MediaFile[] = [],
): RenderedPrompt {
  const shared = [
    ...(media.length === 0 ? [] : [attachedIn(media)]),
    ...context.files.map((file) =>
      fenced(`File: ${file.path}${file.notes === undefined ? "" : ` ${JSON.stringify(file.notes)}`}`, file.content),
    ),
    ...context.notes.map(({ key, value }) =>
      typeof value === "string" ? `## ${key}\n${value}` : fenced(`## ${key}`, JSON.stringify(value, null, 2) ?? "null"),
    ),
  ].join("\n\n");
  const parts = [
    ...(shared === "" ? [] : [shared]),
    prompt,
    ...(answerForm === null || responseSchema !== null ? [] : [answerForm]),
    ...(accept.length === 0 ? [] : [criteriaIn(accept)]),
  ];
  if (responseSchema !== null) {
    parts.push(
      fenced("Answer with JSON alone, no other text. It must match this JSON Schema:", JSON.stringify(responseSchema)),
    );
  }
  return { ...renderedOf(context.system, parts.join("\n\n"), media), sharedChars: shared.length };
}

/** The names of images and PDF, which no vendor passes on for all types. */
function attachedIn(media: readonly MediaFile[]): string {
  const names = media.map(({ kind, name }) => `${kind === "pdf" ? "PDF" : "image"} ${JSON.stringify(name)}`);
  return `Attached before this text, in this order: ${names.join(", ")}.`;
}

/** What the answer will be held to, for the model that writes it. */
function criteriaIn(accept: readonly Criterion[]): string {
  const lines = accept.map((criterion, index) => {
    const { clause, block } = wordsOf(criterion);
    return `${index + 1}. The answer ${block === undefined ? `${clause}.` : fenced(`${clause}:`, block)}`;
  });
  return `The answer will be checked by machine, and is accepted only when all of this holds:\n${lines.join("\n")}`;
}

/** A prompt with the tokens of its text counted. */
export function renderedOf(system: string | null, user: string, media: readonly MediaFile[] = []): RenderedPrompt {
  const tooLarge = user.length + (system?.length ?? 0) > MAX_INPUT_CHARS;
  return {
    system,
    user,
    // A prompt that is too large is refused before its tokens matter.
    systemTokens: tooLarge ? 0 : estimateTokens(system ?? ""),
    userTokens: tooLarge ? 0 : estimateTokens(user),
    maxTokens: maxTokens([system ?? "", user]),
    ...(media.length === 0 ? {} : { media }),
  };
}

/** A fence that is longer than any run of backticks within, so that the content cannot close it. */
export function fenced(title: string, content: string): string {
  const longestRun = (content.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 2);
  const fence = "`".repeat(longestRun + 1);
  return `${title}\n${fence}\n${content}\n${fence}`;
}

/** A text between lines that hold a word which it cannot know: material, not instructions. */
export function marked(what: string, text: string, mark: string): string {
  return `<${what} ${mark}>\n${text}\n</${what} ${mark}>`;
}

/** A model's JSON without the fence around it, also one that does not end. */
export function withoutFence(text: string): string {
  if (!text.startsWith("```")) return text;
  const end = text.indexOf("\n");
  const tag = text.slice("```".length, end === -1 ? undefined : end).trim();
  if (end === -1 || (tag !== "" && tag !== "json")) return text;
  return text.slice(end, text.endsWith("\n```") ? -"```".length : undefined);
}

/** What is wrong with the size or the encoding of a request's text, or `null`. */
export function textProblem(rendered: RenderedPrompt): string | null {
  const chars = rendered.user.length + (rendered.system?.length ?? 0);
  if (chars > MAX_INPUT_CHARS) {
    return `prompt and context are ${chars} characters; at most ${MAX_INPUT_CHARS} are accepted, and no model's context window holds that much`;
  }
  if (!rendered.user.isWellFormed() || !(rendered.system ?? "").isWellFormed()) {
    return "prompt or context is not valid Unicode (a lone surrogate); decode the source as UTF-8, or send binary content as text";
  }
  return null;
}
