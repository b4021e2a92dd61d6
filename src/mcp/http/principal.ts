import { tools } from "../tools/index.ts";

/** `read`: everything that changes nothing. `route`: what spends money or is remembered. */
export type Scope = "route" | "read";
export const SCOPES: readonly Scope[] = ["route", "read"];

/** Who sends a request, once that is certain. */
export interface Caller {
  /** `null`: the owner, who sees and may do everything. */
  readonly principal: string | null;
  readonly scopes: ReadonlySet<Scope>;
}

export const OWNER: Caller = { principal: null, scopes: new Set(SCOPES) };

/** Tools that spend money or are remembered, by what they say of themselves. */
const CHANGING = new Set(tools.filter(({ annotations }) => !annotations.readOnlyHint).map(({ name }) => name));
/** Of the Tasks extension: what steers a call that spends. */
const STEERING = new Set(["tasks/cancel", "tasks/update"]);

/** The scope that a message needs. Whatever neither calls a changing tool nor steers such a call only reads. */
export function scopeOf(message: unknown): Scope {
  const { method, params, result, error } = (message ?? {}) as Readonly<Record<string, unknown>>;
  if (message === undefined) return "read";
  // The answer to a question of ours, which we ask before we spend.
  if (typeof method !== "string" || result !== undefined || error !== undefined) return "route";
  if (STEERING.has(method)) return "route";
  const { name } = (params ?? {}) as { readonly name?: unknown };
  return method === "tools/call" && typeof name === "string" && CHANGING.has(name) ? "route" : "read";
}
