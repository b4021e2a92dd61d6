import type { EndpointSettings } from "../core/endpoint-settings.ts";
import type { ErrorKind, SignalboxErrorDetails } from "../core/errors.ts";
import { SignalboxError } from "../core/errors.ts";
import { legibleLine } from "../core/legible.ts";
import { redactorOf } from "../core/redact.ts";
import type { KeyReader } from "./api-key.ts";

/** Where a provider is reached, and as whom. */
export interface Endpoint extends EndpointSettings {
  /** As the SDK of its kind wants it; empty where there is none. */
  readonly baseUrl: string;
  /** `null` where it needs none, or while it has not been read yet. */
  readonly apiKey: string | null;
  readonly key: KeyReader;
  /** What must not stand in a message: the key, and the values of headers. */
  readonly secrets: readonly string[];
  /** The names of the parameters that the config gives: an endpoint that refuses one is told of as it is. */
  readonly configured: Set<string>;
}

/** The SDKs' own time-outs: a day, which is never, since the engine owns the deadline. (Node's timers end at 2^31 ms.) */
export const NEVER_MS = 24 * 60 * 60 * 1000;

const LONGEST_MESSAGE_CHARS = 300;

/** An error of this provider: "openai: …", cut to length, without keys. */
export function trouble(
  endpoint: Pick<Endpoint, "id" | "secrets">,
  kind: ErrorKind,
  message: string,
  details: Omit<SignalboxErrorDetails, "cause"> = {},
): SignalboxError<ErrorKind> {
  // The vendor's own error object is not kept as the cause: it carries headers and bodies, and with them keys and prompts.
  return new SignalboxError(kind, said(endpoint, `${endpoint.id}: ${message}`), details);
}

/** A vendor's text, fit for messages and receipts: one line, no keys, nothing invisible, 300 characters at most. */
export function said(endpoint: Pick<Endpoint, "secrets">, text: string): string {
  // Redacted before it is cut, and legible before that: half a key, or one with an invisible character in it, would be harder to
  // recognise. No key is that far behind the cut.
  const line = legibleLine(text.slice(0, 20 * LONGEST_MESSAGE_CHARS));
  const clean = redactorFor(endpoint)(line);
  return clean.length > LONGEST_MESSAGE_CHARS ? `${clean.slice(0, LONGEST_MESSAGE_CHARS - 1).toWellFormed()}…` : clean;
}

/** Made once for each endpoint, and again when its key has changed: what a key may look like takes longer to say than to look for. */
const redactors = new WeakMap<object, { readonly secrets: string; readonly redact: (text: string) => string }>();

function redactorFor(endpoint: Pick<Endpoint, "secrets">): (text: string) => string {
  const secrets = endpoint.secrets.join("\n");
  const made = redactors.get(endpoint);
  if (made?.secrets === secrets) return made.redact;
  const redact = redactorOf(endpoint.secrets);
  redactors.set(endpoint, { secrets, redact });
  return redact;
}
