import type { Service } from "../core/service.ts";

/** Whose view of the service this is; `null`: the owner's, as over stdio. */
export function principalOf(service: Service & { readonly principal?: string | null }): string | null {
  return service.principal ?? null;
}
