import { createHash } from "node:crypto";
import type { RenderedPrompt } from "../core/request.ts";

/** SHA-256 of a prompt as it is sent, images and PDF by their bytes; hex. */
export function promptHash({ system, user, media = [] }: Pick<RenderedPrompt, "system" | "user" | "media">): string {
  return createHash("sha256")
    .update(JSON.stringify([system, user, ...media.map(({ sha256 }) => sha256)]))
    .digest("hex");
}
