import { createHash, timingSafeEqual } from "node:crypto";
import { bearerAuthChallengeResponse, OAuthError, OAuthErrorCode } from "@modelcontextprotocol/server";
import { OWNER, type Caller, type Scope, SCOPES } from "./principal.ts";
import type { HttpSettings } from "../../core/http-settings.ts";

/** Who a token belongs to; `null`: it is none of ours; `unavailable`: it cannot be told now. Never throws for a bad token. */
export type TokenReader = (token: string) => Promise<Caller | "unavailable" | null>;

/** Who sends a request, or why it is not known: `unavailable` is not the sender's fault. */
export type Authenticated =
  | { readonly ok: true; readonly caller: Caller }
  | { readonly ok: false; readonly why: string; readonly unavailable?: true };

/** Without a token and an authorization server every caller is the owner: that is for loopback alone. */
export function authenticatorFrom(
  settings: Pick<HttpSettings, "token" | "oauth">,
  readJwt: TokenReader | null,
): (header: string | undefined) => Promise<Authenticated> {
  if (settings.token === null && readJwt === null) return async () => ({ ok: true, caller: OWNER });
  const isOwners = settings.token === null ? () => false : sameAs(settings.token);
  return async (header) => {
    if (header === undefined) return { ok: false, why: "A bearer token is needed" };
    const token = /^bearer +(?<token>[^ ]+)$/iu.exec(header)?.groups?.["token"];
    if (token === undefined) return { ok: false, why: "The Authorization header must be: Bearer, and the token" };
    const caller = isOwners(token) ? OWNER : ((await readJwt?.(token)) ?? null);
    if (caller === "unavailable")
      return { ok: false, why: "Tokens cannot be checked now: try again", unavailable: true };
    return caller === null ? { ok: false, why: "The token is not valid here" } : { ok: true, caller };
  };
}

/** 401, with where to get a token when an authorization server is set. */
export function tokenNeeded(why: string, resourceMetadataUrl: string | null): Response {
  const error = new OAuthError(OAuthErrorCode.InvalidToken, why);
  return bearerAuthChallengeResponse(error, resourceMetadataUrl === null ? {} : { resourceMetadataUrl });
}

/** 403: the token is good, but not for this. Names what it has as well: the next token shall do what this one did. */
export function scopeNeeded(scope: Scope, { scopes }: Caller, resourceMetadataUrl: string | null): Response {
  const error = new OAuthError(OAuthErrorCode.InsufficientScope, `This needs a token with the scope "${scope}"`);
  return bearerAuthChallengeResponse(error, {
    requiredScopes: SCOPES.filter((each) => each === scope || scopes.has(each)),
    ...(resourceMetadataUrl === null ? {} : { resourceMetadataUrl }),
  });
}

/** Takes as long for a near miss as for a wild guess: digests of the same length are compared, not the texts. */
function sameAs(secret: string): (guess: string) => boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  const wanted = digest(secret);
  return (guess) => timingSafeEqual(digest(guess), wanted);
}
