import { ProtocolError, ProtocolErrorCode, ResourceNotFoundError } from "@modelcontextprotocol/server";
import { legibleValue } from "../core/legible.ts";
import type { Outcome } from "../core/outcome.ts";
import type { Service } from "../core/service.ts";

interface ResourceText {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** A resource at one address. */
export interface FixedResource extends ResourceText {
  readonly kind: "fixed";
  readonly uri: string;
  /** Whether a settled request changes it. */
  readonly changes: boolean;
  read(service: Service): Promise<Outcome<object>>;
}

/** A family of resources, one per value of the last part of the address. */
export interface ResourceFamily extends ResourceText {
  readonly kind: "family";
  /** With a slash at the end: "signalbox://metrics/". */
  readonly prefix: string;
  /** What the value is: "model", "day". */
  readonly variable: string;
  /** Known values that start with `written`. */
  complete(service: Service, written: string): Promise<readonly string[]>;
  /** The values whose content a settled request may have changed. */
  changed(service: Service): Promise<readonly string[]>;
  /** A value that cannot be one is `invalid_request`, an unknown one `not_found`. */
  read(service: Service, value: string): Promise<Outcome<object>>;
}

export type SignalboxResource = FixedResource | ResourceFamily;

export const RESOURCE_MIME_TYPE = "application/json";

export function uriOf(family: ResourceFamily, value: string): string {
  return family.prefix + encodeURIComponent(value);
}

export function templateOf(family: ResourceFamily): string {
  return `${family.prefix}{${family.variable}}`;
}

/** Whether the address is one that this resource answers to. */
export function answersTo(resource: SignalboxResource, uri: string): boolean {
  if (resource.kind === "fixed") return resource.uri === uri;
  const value = uri.slice(resource.prefix.length);
  return uri.startsWith(resource.prefix) && value !== "" && !value.includes("/");
}

/** The contents of a read, or the protocol's error: a miss is its own, so that clients can tell it from trouble. */
export function contentsOf(uri: string, outcome: Outcome<object>) {
  if (outcome.ok) {
    return { contents: [{ uri, mimeType: RESOURCE_MIME_TYPE, text: JSON.stringify(legibleValue(outcome.value)) }] };
  }
  const { code, message } = outcome.error;
  if (code === "not_found") throw new ResourceNotFoundError(uri, message);
  const rpcCode = code === "invalid_request" ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
  throw new ProtocolError(rpcCode, message, { uri, code });
}

/** The value in an address; throws the protocol's error when its escapes are broken. */
export function decodeValue(uri: string, encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Broken % escape in ${uri}`, { uri });
  }
}
