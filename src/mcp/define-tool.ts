import type { CallToolResult, ContentBlock, StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type { z } from "zod";
import { SignalboxError } from "../core/errors.ts";
import { legibleValue } from "../core/legible.ts";
import type { Awaitable } from "../core/shared-state.ts";
import type { Outcome } from "../core/outcome.ts";
import type { CallOptions, Service } from "../core/service.ts";
import { parseArguments } from "./parse-arguments.ts";
import { inputJson, type JsonObject, listedAs, outputJson, withTaskIds } from "./schema.ts";
import listedSchemas from "./tools/schemas.json" with { type: "json" };
import type { AttemptOut, ErrorOutput } from "../core/contract.ts";
import { formatUsd } from "../core/money.ts";

/** What clients may assume of a tool; all four are always said. */
export interface Annotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  /** Whether it reaches beyond this machine. */
  readonly openWorldHint: boolean;
}

/** Where the pages are that clients with MCP Apps show: `views.ts`. */
export type ViewUri = "ui://signalbox/spend" | "ui://signalbox/route";

/** A tool as its file writes it. */
export interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject, Value> {
  readonly name: string;
  readonly title: string;
  /** For agents: when to use it, what comes back, what it costs. Every client pays for it in tokens. */
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  readonly annotations: Annotations;
  /** The page that a client with MCP Apps shows beside the result. */
  readonly view?: ViewUri;
  /** The fields whose descriptions are listed; by default all. For a tool whose fields another one describes. */
  readonly described?: readonly (keyof Input["shape"] & string)[];
  /** How long a call may take, milliseconds, for tools that may take long. */
  deadlineMs?(service: Service, input: z.infer<Input>): number;
  handle(service: Service, input: z.infer<Input>, options: CallOptions, house: ToolContext): Promise<Outcome<Value>>;
  /** What is shown of a success: the structured content, and blocks; without blocks the same JSON as text. */
  show(value: Value, house: ToolContext): Shown<z.infer<Output>>;
}

/** A success as a client gets it. */
export interface Shown<Structured> {
  readonly structured: Structured;
  readonly content?: ContentBlock[];
}

/** Shows all of a value. */
export function showAll<Value>(value: Value): Shown<Value> {
  return { structured: value };
}

/** What a tool may use of the server that it is called on. */
export interface ToolContext {
  /** Hears of our own defects. */
  readonly onError: (error: unknown) => void;
  /** Whether the client's protocol has links to resources. */
  readonly canLink: boolean;
  /** UTF-16 units of answers that a result shows at most. */
  readonly answerChars: number;
  /** Keeps an answer that is too long for its result, so that its pages can be read once the result is there. */
  keepAnswer(routeId: string, text: string): void;
  /** A kept answer of the principal; `null`: it is not kept, or not any more. */
  keptAnswer(routeId: string): Awaitable<string | null>;
}

/** A tool as the server registers and calls it. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Names the tasks that there are, own ones too. Made when it is first listed. */
  inputSchema(service: Service): StandardSchemaWithJSON<JsonObject>;
  readonly outputSchema: StandardSchemaWithJSON<JsonObject>;
  readonly annotations: Annotations;
  readonly view?: ViewUri;
  /** The schemas as they are listed, made anew: `npm run docs` writes them down, since making them takes time at each start. */
  makeSchemas(): ListedSchemas;
  /** How long this call may take, milliseconds; 0 for one that is done at once, or cannot be made. */
  deadlineMs(service: Service, args: unknown): number;
  /** Always a result: bad arguments, failures and our own defects are data. */
  call(service: Service, args: unknown, options: CallOptions, house: ToolContext): Promise<CallToolResult>;
}

/** JSON Schemas of a tool, as they are listed. */
export interface ListedSchemas {
  readonly input: JsonObject;
  readonly output: JsonObject;
}

const SCHEMAS = new Map<string, ListedSchemas>(Object.entries(listedSchemas));

function schemasOf(tool: string): ListedSchemas {
  const schemas = SCHEMAS.get(tool);
  if (schemas === undefined) throw new Error(`src/mcp/tools/schemas.json lacks ${tool}: npm run docs`);
  return schemas;
}

/** Makes a tool of its definition: strict arguments, results in the contract's shape. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject, Value>(
  definition: ToolDefinition<Input, Output, Value>,
): Tool {
  const { name, title, description, annotations } = definition;
  return {
    name,
    title,
    description,
    annotations,
    ...(definition.view === undefined ? {} : { view: definition.view }),
    inputSchema: (service) => listedAs(() => withTaskIds(schemasOf(name).input, service)),
    outputSchema: listedAs(() => schemasOf(name).output),
    makeSchemas: () => ({
      input: inputJson(definition.input, definition.described),
      output: outputJson(definition.output),
    }),
    deadlineMs: (service, args) => {
      const input = definition.deadlineMs === undefined ? null : parseArguments(definition.input, args);
      return input?.ok === true ? (definition.deadlineMs?.(service, input.value) ?? 0) : 0;
    },
    call: async (service, args, options, house) => {
      const input = parseArguments(definition.input, args);
      if (!input.ok) return failureResult(freeError("invalid_request", input.message));
      try {
        const outcome = await definition.handle(service, input.value, options, house);
        if (!outcome.ok) return failureResult(outcome.error);
        const { structured, content } = definition.show(outcome.value, house);
        return successResult(structured, content);
      } catch (error) {
        return thrownResult(error, house.onError);
      }
    },
  };
}

/** Our own errors explain themselves; anything else is a defect, whose text may hold private data. */
function thrownResult(error: unknown, onError: (error: unknown) => void): CallToolResult {
  if (error instanceof SignalboxError) return failureResult(freeError(error.kind, error.message));
  onError(error);
  return failureResult(
    freeError("internal", "Signalbox broke on this call; its log on stderr says where. Please report it."),
  );
}

/** A result whose text is the same JSON as its structured content, unless `content` says it better. */
export function successResult(output: object, content?: ContentBlock[]): CallToolResult {
  return {
    content: content ?? [{ type: "text", text: JSON.stringify(legibleValue(output)) }],
    structuredContent: { ...output },
  };
}

/**
 * A failure that the caller can act on: what to change, and a line for each attempt, as text and as `structuredContent.error`.
 * Some clients show their model the one, some the other.
 */
export function failureResult(error: ErrorOutput): CallToolResult {
  const attempts = error.attempts.map(attemptLine);
  const text = [error.message, ...attempts].join("\n");
  return { content: [{ type: "text", text }], structuredContent: { error: { ...error, attempts } }, isError: true };
}

function attemptLine({
  role,
  model,
  outcome,
  error_kind: kind,
  error_message: why,
  cost_usd: costUsd,
}: AttemptOut): string {
  const who = role === "answer" ? model : `${model} (${role})`;
  const what = kind === undefined ? outcome : `${kind}${why === undefined ? "" : `: ${why}`}`;
  return `${who}: ${what}; ${formatUsd(Math.round(costUsd * 1e9))}`;
}

/** The error of a call that never reached a model. */
export function freeError(code: string, message: string): ErrorOutput {
  return { code, message, attempts: [], cost_usd: 0 };
}
