import { tools } from "../tools/index.ts";
import type { Scope } from "./caller.ts";

/** Tools that spend money or are remembered, by what they say of themselves. */
const CHANGING = new Set(tools.filter(({ annotations }) => !annotations.readOnlyHint).map(({ name }) => name));
/** Of the Tasks extension: what steers a call that spends. */
const STEERING = new Set(["tasks/cancel", "tasks/update"]);

/** The scope that a message needs. Whatever is no call of a changing tool only reads. */
export function scopeOf(message: unknown): Scope {
  const { method, params } = (message ?? {}) as { method?: unknown; params?: { name?: unknown } | null };
  if (typeof method !== "string") return "read";
  if (STEERING.has(method)) return "route";
  return method === "tools/call" && CHANGING.has(String(params?.name)) ? "route" : "read";
}
