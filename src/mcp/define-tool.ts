import type { CallToolResult, ContentBlock, StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type { z } from "zod";
import { SignalboxError } from "../core/errors.ts";
import { legibleValue } from "../core/legible.ts";
import type { CallOptions, Outcome, Service } from "../core/service.ts";
import { parseArguments } from "./parse-arguments.ts";
import { inputJson, type JsonObject, listedAs, outputJson } from "./schema.ts";
import type { ErrorOutput } from "../core/contract.ts";

/** What clients may assume of a tool; all four are always said. */
export interface Annotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  /** Whether it reaches beyond this machine. */
  readonly openWorldHint: boolean;
}

/** A tool as its file writes it. */
export interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** For agents: when to use it, what comes back, what it costs. Every client pays for it in tokens. */
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  readonly annotations: Annotations;
  /** The fields whose descriptions are listed; by default all. For a tool whose fields another one describes. */
  readonly described?: readonly (keyof Input["shape"] & string)[];
  /** How long a call may take, milliseconds, for tools that may take long. */
  deadlineMs?(service: Service, input: z.infer<Input>): number;
  handle(service: Service, input: z.infer<Input>, options: CallOptions): Promise<Outcome<z.infer<Output>>>;
  /** What is shown of a success; without it the whole output, as structured content and as the same JSON. */
  show?(
    output: z.infer<Output>,
    house: ToolContext,
  ): { readonly structured: z.infer<Output>; readonly content: ContentBlock[] };
}

/** What a tool may use of the server that it is called on. */
export interface ToolContext {
  /** Hears of our own defects. */
  readonly onError: (error: unknown) => void;
  /** Whether the client's protocol has links to resources. */
  readonly canLink: boolean;
  /** Keeps an answer that is too long for its result, so that its resource can be read. */
  keepAnswer(routeId: string, text: string): void;
}

/** A tool as the server registers and calls it. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: StandardSchemaWithJSON<JsonObject>;
  readonly outputSchema: StandardSchemaWithJSON<JsonObject>;
  readonly annotations: Annotations;
  /** How long this call may take, milliseconds; 0 for one that is done at once, or cannot be made. */
  deadlineMs(service: Service, args: unknown): number;
  /** Always a result: bad arguments, failures and our own defects are data. */
  call(service: Service, args: unknown, options: CallOptions, house: ToolContext): Promise<CallToolResult>;
}

/** Makes a tool of its definition: strict arguments, results in the contract's shape. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): Tool {
  const { name, title, description, annotations } = definition;
  return {
    name,
    title,
    description,
    annotations,
    inputSchema: listedAs(() => inputJson(definition.input, definition.described)),
    outputSchema: listedAs(() => outputJson(definition.output)),
    deadlineMs: (service, args) => {
      const input = definition.deadlineMs === undefined ? null : parseArguments(definition.input, args);
      return input?.ok === true ? (definition.deadlineMs?.(service, input.value) ?? 0) : 0;
    },
    call: async (service, args, options, house) => {
      const input = parseArguments(definition.input, args);
      if (!input.ok) return failureResult(freeError("invalid_request", input.message));
      try {
        const outcome = await definition.handle(service, input.value, options);
        if (!outcome.ok) return failureResult(outcome.error);
        const shown = definition.show?.(outcome.value, house);
        return successResult(shown?.structured ?? outcome.value, shown?.content);
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

/** A failure that the caller can act on: the message as text, everything as `structuredContent.error`. */
export function failureResult(error: ErrorOutput): CallToolResult {
  return { content: [{ type: "text", text: error.message }], structuredContent: { error }, isError: true };
}

/** The error of a call that never reached a model. */
export function freeError(code: string, message: string): ErrorOutput {
  return { code, message, attempts: [], cost_usd: 0 };
}
