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
