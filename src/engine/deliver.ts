import type { Delivery } from "../core/file-output.ts";
import type { RequestContext } from "./request-context.ts";
import type { BestAnswer } from "./request-end.ts";

/**
 * Writes an accepted answer to where its request wants it; `null`: it wants it back as text. Never for an answer that is below quality. What
 * cannot be written is told, and the text is returned: it was paid for.
 */
export async function deliver(context: RequestContext, best: BestAnswer | null): Promise<Delivery | null> {
  const { output } = context.request;
  if (output === undefined || best === null || best.verdict.status === "failed") return null;
  const delivery = await context.deps.writeOutput(output, best.text);
  if (delivery.ok) context.notes.push(...delivery.notes);
  return delivery;
}
