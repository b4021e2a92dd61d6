import type { ErrorOutput } from "./contract.ts";

/** A result of the service: data either way. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorOutput };
