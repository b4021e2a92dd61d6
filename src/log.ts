import type { Writable } from "node:stream";
import type { Logger } from "pino";
import { SignalboxError } from "./core/errors.ts";
import { legibleText } from "./core/legible.ts";
import { redactorOf } from "./core/redact.ts";
import { LOG_LEVELS, type LogLevel } from "./config/types.ts";

export type RecordLevel = Exclude<LogLevel, "silent">;

/** Plain values only, so that no prompt, answer or settings object slips in with its parent. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Diagnostics for people who run Signalbox: never on stdout, never with prompts, answers or keys. */
export interface Log {
  /** Whether a record of that level is written. */
  says(level: RecordLevel): boolean;
  write(level: RecordLevel, message: string, fields?: LogFields): void;
  /** Resolves when everything written so far has been handed to the stream. */
  flush(): Promise<void>;
}

export interface LogOptions {
  readonly level: LogLevel;
  readonly stream: Writable;
  /** Hidden wherever they occur, encoded too: the values of the key variables. */
  readonly secrets: readonly string[];
}

/** A log that loads its library with the first record that passes the level: with nothing to say it costs nothing. */
export function createLog({ level, stream, secrets }: LogOptions): Log {
  const least = LOG_LEVELS.indexOf(level);
  const redacted = redactorOf(secrets);
  // Before pino writes it as JSON, which would escape what is looked for.
  const fit = (text: string): string => redacted(legibleText(text));
  let loading: Promise<Logger> | null = null;
  let pending: Promise<void> = Promise.resolve();

  const load = async (): Promise<Logger> => {
    const { pino } = await import("pino");
    return pino({ level, base: { name: "signalbox" } }, { write: (line: string) => void stream.write(line) });
  };

  const says = (recordLevel: RecordLevel): boolean => LOG_LEVELS.indexOf(recordLevel) >= least;

  return {
    says,
    write(recordLevel, message, fields = {}) {
      if (!says(recordLevel)) return;
      loading ??= load();
      const logger = loading;
      const clean = Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [name, typeof value === "string" ? fit(value) : value]),
      );
      pending = pending.then(async () => (await logger)[recordLevel](clean, fit(message)));
    },
    flush: () => pending,
  };
}

/**
 * What may be told of an unexpected error: its kind and where it happened. Its message may quote what it choked on,
 * a prompt or a token, so only those that we or the system wrote are told.
 */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return "thrown: no error";
  const { code } = error as NodeJS.ErrnoException;
  const isOurs = error instanceof SignalboxError || (typeof code === "string" && /^E[A-Z0-9]+$/u.test(code));
  const { stack = "", message } = error;
  const messageAt = stack.indexOf(message);
  // Behind the message: a text that quotes a stack looks like one.
  const frames =
    messageAt < 0
      ? []
      : stack
          .slice(messageAt + message.length)
          .split("\n")
          .slice(1);
  return [isOurs ? `${error.name}: ${error.message}` : error.name, ...frames].join("\n");
}

/** Reads a level's name; `null` for an unknown one (the config tells that problem), `warn` when there is none. */
export function parseLogLevel(text: string | undefined): LogLevel | null {
  const name = text?.trim().toLowerCase() ?? "";
  return name === "" ? "warn" : (LOG_LEVELS.find((level) => level === name) ?? null);
}
