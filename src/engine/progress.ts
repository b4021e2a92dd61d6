import type { CallOptions, Progress } from "../core/service.ts";

/** Tells a caller that listens what its request is doing. */
export function tellProgress(
  { onProgress }: CallOptions,
  stage: Progress["stage"],
  model: string | null,
  tokens: number,
): void {
  const soFar = tokens > 0 ? `, ${tokens} tokens` : "";
  const message = `${stage.replace("_", " ")}${model === null ? "" : ` ${model}`}${soFar}`;
  try {
    onProgress?.({ stage, model, tokens, message });
  } catch {
    // A listener that fails must cost the caller neither the answer nor the money that is held.
  }
}
