import { createHash } from "node:crypto";
import { BoundedCache } from "../checks/kit/bounded-cache.ts";
import type { AnswerSchema } from "../core/answer-schema.ts";
import type { ModelCall } from "../core/ports.ts";
import type { Endpoint } from "./endpoint.ts";

/** Schemas of one endpoint. */
const MOST_KEPT = 200;
const kept = new WeakMap<Endpoint, BoundedCache<string>>();
/** A schema is written out once, however often it is asked for. */
const texts = new WeakMap<AnswerSchema, string>();

/** What the endpoint has said of this schema for this model, in this process; `null`: nothing. */
export function refusalKnown(endpoint: Endpoint, call: ModelCall): string | null {
  return kept.get(endpoint)?.get(keyOf(call))?.value ?? null;
}

export function rememberRefusal(endpoint: Endpoint, call: ModelCall, message: string): void {
  const ofEndpoint = kept.get(endpoint) ?? new BoundedCache<string>(MOST_KEPT);
  kept.set(endpoint, ofEndpoint);
  ofEndpoint.set(keyOf(call), message);
}

function keyOf({ model, answerSchema }: ModelCall): string {
  if (answerSchema === undefined) return model.wireId;
  const text = texts.get(answerSchema) ?? JSON.stringify(answerSchema.schema);
  texts.set(answerSchema, text);
  return `${model.wireId} ${createHash("sha256").update(text).digest("base64")}`;
}
