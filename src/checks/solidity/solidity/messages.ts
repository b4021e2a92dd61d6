import type { StandardMessage } from "./output.ts";

/** An error or warning of the compiler. */
export interface CompilerMessage {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly path: string | null;
  /** From 1; `null` where the compiler names no place. */
  readonly line: number | null;
  /** As the compiler prints it, with the line of source. */
  readonly formatted: string;
}

/** Turns the compiler's messages into ours, with lines of the given sources. */
export function messageReader(sources: ReadonlyMap<string, string>): (message: StandardMessage) => CompilerMessage {
  return ({ severity, errorCode, message, formattedMessage, sourceLocation, type }) => {
    const path = sourceLocation?.file ?? null;
    const source = path === null ? undefined : sources.get(path);
    const start = sourceLocation?.start ?? -1;
    const line = source === undefined || start < 0 ? null : lineAt(source, start);
    const code = errorCode ?? type;
    const formatted = (formattedMessage ?? message).trim();
    return { severity: severity === "error" ? "error" : "warning", code, message, path, line, formatted };
  };
}

/** The line of a place that the compiler counts in bytes. */
export function lineAt(source: string, byte: number): number {
  return Buffer.from(source).subarray(0, byte).toString().split("\n").length;
}
