import type { JSONRPCMessage, Transport } from "@modelcontextprotocol/server";
import { legibleValue } from "../core/legible.ts";

/**
 * A message without the parameters that are `null`: many clients write so what they leave out (`cursor`, `arguments`, `_meta`), and
 * the protocol has no `null` there. What is inside a parameter is for its reader.
 */
export function withoutNullParams<T>(message: T): T {
  const { params } = message as { readonly params?: unknown };
  if (params === undefined) return message;
  if (params === null) {
    const { params: _none, ...others } = message as T & object & { readonly params: null };
    return others as T;
  }
  if (typeof params !== "object" || !Object.values(params).includes(null)) return message;
  const given = Object.entries(params).filter(([, value]) => value !== null);
  return { ...message, params: Object.fromEntries(given) };
}

/** What clients find their own calls by comes back as they sent it. */
const OF_THE_CLIENT = new Set(["progressToken", "requestId"]);

/** A message with all of its texts legible: answers, errors, names, addresses. */
export function legibleMessage(message: JSONRPCMessage): JSONRPCMessage {
  const { id: _id, ...parts } = message as JSONRPCMessage & { readonly id?: unknown };
  const shown = legibleValue(parts);
  if (shown === parts) return message;
  const { params } = message as { readonly params?: Readonly<Record<string, unknown>> };
  const kept = Object.entries(params ?? {}).filter(([name]) => OF_THE_CLIENT.has(name));
  const others = { ...message, ...shown };
  if (params === undefined) return others;
  const clean = "params" in shown ? shown.params : {};
  return { ...others, params: { ...clean, ...Object.fromEntries(kept) } };
}

/** Has a transport hand on what comes in without `null` parameters, and send only what is legible. */
export function guardMessages(transport: Transport): void {
  const send = transport.send.bind(transport);
  transport.send = (message, options) => send(legibleMessage(message), options);
  let onmessage = transport.onmessage;
  Object.defineProperty(transport, "onmessage", {
    configurable: true,
    get: (): Transport["onmessage"] => {
      const handler = onmessage;
      return handler === undefined ? undefined : (message, extra) => handler(withoutNullParams(message), extra);
    },
    set: (handler: Transport["onmessage"]) => {
      onmessage = handler;
    },
  });
}
