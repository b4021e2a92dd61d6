import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import type { ApiKey } from "../core/endpoint-settings.ts";
import type { ProviderError } from "../core/errors.ts";

/** What a command printed holds for so long: tokens of vaults and clouds live longer. */
const COMMAND_TTL_MS = 5 * 60_000;
const COMMAND_TIMEOUT_MS = 10_000;
const MOST_KEY_CHARS = 16 * 1024;

/** A key that is at hand, or is read when it is needed. */
export interface KeyReader {
  /** The key as it was last read, for redaction. */
  readonly current: string | null;
  /** Rejects with what `fail` makes of the reason, or when the signal aborts. */
  read(signal: AbortSignal | null | undefined): Promise<string | null>;
  /** The endpoint has refused the key: it is read anew the next time. */
  refused(): void;
}

/** `fail` makes an error of a reason that follows "its API key". The reason never holds what a command printed. */
export function keyReader(source: ApiKey | null, fail: (reason: string) => ProviderError): KeyReader {
  if (source === null || typeof source === "string") {
    const key = source === null || source.trim() === "" ? null : source.trim();
    return { current: key, read: () => Promise.resolve(key), refused: () => {} };
  }
  let current: string | null = null;
  let reading: Promise<string> | null = null;
  let freshUntilMs = 0;
  const forget = (): void => {
    reading = null;
  };
  const fetched = (): Promise<string> => {
    if (reading !== null && performance.now() < freshUntilMs) return reading;
    freshUntilMs = performance.now() + COMMAND_TTL_MS;
    const begun = (async () => {
      const text = "file" in source ? await ofFile(source.file, fail) : await ofCommand(source.command, fail);
      if (text === "" || text.length > MOST_KEY_CHARS || !/^[\x21-\x7e]+$/.test(text)) {
        throw fail(`${from(source)} holds ${text === "" ? "nothing" : "characters that no key can have"}`);
      }
      current = text;
      return text;
    })();
    reading = begun;
    // A failure is not kept.
    begun.catch(() => {
      if (reading === begun) forget();
    });
    return begun;
  };
  return {
    get current() {
      return current;
    },
    read: (signal) => withAbort(fetched(), signal),
    refused: forget,
  };
}

function from(source: Exclude<ApiKey, string>): string {
  return "file" in source ? `from the file ${source.file}` : `printed by ${source.command[0]}`;
}

async function ofFile(path: string, fail: (reason: string) => ProviderError): Promise<string> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "an error";
    throw fail(`cannot be read from the file ${path} (${code})`);
  }
}

function ofCommand(
  [program, ...args]: readonly [string, ...string[]],
  fail: (reason: string) => ProviderError,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: COMMAND_TIMEOUT_MS, maxBuffer: 64 * 1024, windowsHide: true, encoding: "utf8" } as const;
    const child = execFile(program, args, options, (error, stdout) => {
      if (error === null) return resolve(stdout.trim());
      const why =
        error.killed === true ? `did not end within ${COMMAND_TIMEOUT_MS / 1000} s` : `failed (${String(error.code)})`;
      reject(fail(`could not be had: the command ${program} ${why}`));
    });
    child.stdin?.end();
  });
}

function withAbort<T>(work: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  if (signal === null || signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
