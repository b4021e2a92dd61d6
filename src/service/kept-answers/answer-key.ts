import { createHash } from "node:crypto";
import type { Request } from "../../core/request.ts";
import { promptHash } from "../prompt-hash.ts";

/** Changes when answers are to be found by something else than before. */
const VERSION = 2;

/**
 * Tells a request from every other one that could have another answer: who asks, the prompt as it is sent (context, files and schema
 * stand in it), the task as it is configured, what the answer is held to and by which evidence, and which models may give it. Hex of
 * a SHA-256.
 */
export function answerKey(request: Request): string {
  const { principal, rendered, task, accept, responseSchema, onUnchecked, context } = request;
  const { minQuality, models, maxOutputTokens } = request;
  const asked = [VERSION, principal, promptHash(rendered), task, accept, responseSchema, context.tests];
  return createHash("sha256")
    .update(JSON.stringify([...asked, minQuality, models, maxOutputTokens, onUnchecked]))
    .digest("hex");
}
