/** What a client sent to its model, as far as the script looks at it. */
export interface ModelRequest {
  /** Names of the tools that the model may call. */
  readonly tools: readonly string[];
  /** Names of tools that the prompt tells of, but whose definitions the model has to ask for first. */
  readonly deferred: readonly string[];
  /** What tools answered so far, by the id of the call, word for word as the model is given it. */
  readonly results: ReadonlyMap<string, string>;
}

/** What the scripted model does next: it says something, or calls a tool. */
export type ModelStep =
  | { readonly kind: "say"; readonly text: string }
  | {
      readonly kind: "call";
      readonly id: string;
      readonly tool: string;
      readonly args: Readonly<Record<string, unknown>>;
    };

/** One vendor's format: how a request is read and how a step is written. */
export interface ModelWire {
  /** Whether a request to this path asks for an answer. */
  readonly answers: (path: string) => boolean;
  readonly read: (body: unknown) => ModelRequest;
  /** The events of the stream, in order; `event` where the format names them. */
  readonly write: (step: ModelStep) => readonly StreamEvent[];
}

export interface StreamEvent {
  readonly event?: string;
  readonly data: unknown;
}

/** JSON from outside, looked into without trust: anything that is not there is `undefined`. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  let found = value;
  for (const key of keys) found = (found as Record<string, unknown> | null | undefined)?.[key];
  return found;
}

export function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found : [];
}

export function textAt(value: unknown, ...keys: readonly string[]): string | null {
  const found = at(value, ...keys);
  return typeof found === "string" ? found : null;
}

/** A tool's answer as the model reads it: text as it is, parts one under another, anything else as JSON. */
export function readable(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return JSON.stringify(content);
  return content.map((part) => textAt(part, "text") ?? JSON.stringify(part)).join("\n");
}
